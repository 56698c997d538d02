/** What the update items of the bench share: numbers from a hash, a step of Adam, programs whose losses are checked. */
import { BregmanError } from "../error.ts";
import type { Device, Program, Tensor } from "../tensor.ts";

export type TensorLibrary = typeof import("../tensor.ts");

/** Values by input; a number fills it. */
export type Data = Readonly<Record<string, Float32Array | number>>;

/** An update as one program. */
export interface TracedUpdate {
  /** Has the output `loss`. */
  readonly program: Program;
  /** What the program replaces, as it begins: parameters. States of optimizers (`adam...`) begin at 0. */
  readonly states: Data;
  readonly batch: Data;
}

/** The losses that every library shows on an item: before the first update, and after so many. */
export interface KnownLosses {
  readonly first: number;
  readonly updates: number;
  readonly later: number;
}

export interface Update {
  readonly kernels: number;
  readonly megaflop: number;
  readonly losses: readonly number[];
  /** Milliseconds from the first symbol to a loaded program, and of the first update. */
  readonly preparation: number;
  readonly firstUpdate: number;
  /** Parameters and optimizers as they were before the first update. */
  restart(): void;
  /** Takes `times` updates, on a GPU to the end only with `loss`. */
  run(times: number): void;
  loss(): Promise<number>;
}

/** Makes an update ready. Throws `numerical-failure` unless its losses are the known ones, where they are known. */
export async function checkedUpdate(
  name: string, trace: () => TracedUpdate, known: KnownLosses | undefined, device: Device,
): Promise<Update> {
  const began = performance.now();
  const { program, states, batch } = trace();
  const loaded = await device.load(program);
  const preparation = performance.now() - began;
  const optimizerStates = [...program.inputs.keys()].filter((input) => input.startsWith("adam"));
  const write = (name: string, values: Float32Array | number): void => {
    const buffer = loaded.buffer(name);
    device.write(buffer, typeof values === "number" ? new Float32Array(buffer.size).fill(values) : values);
  };
  const fill = (data: Data): void => {
    for (const [name, values] of Object.entries(data)) write(name, values);
  };
  const loss = async (): Promise<number> => (await device.read(loaded.buffer("loss")))[0]!;
  const restart = (): void => {
    fill(states);
    for (const state of optimizerStates) write(state, 0);
  };
  fill(batch);
  restart();
  const beforeFirst = performance.now();
  loaded.run();
  const losses = [await loss()];
  const firstUpdate = performance.now() - beforeFirst;
  if (known) {
    loaded.run(known.updates);   // the last of these starts from as many updates
    losses.push(await loss());
    checkLosses(name, [known.first, known.later], losses);
  }
  return {
    kernels: program.kernels.length, megaflop: (2 * program.work.multiplyAdds) / 1e6, losses, preparation, firstUpdate,
    restart, run: (times) => loaded.run(times), loss,
  };
}

/** What an Adam step makes of parameters and of its state, inputs called `PREFIX.NAME`. */
export function adamStep(
  t: TensorLibrary, flat: Tensor, loss: Tensor, learningRate: number, epsilon: number, prefix = "adam",
): [Tensor, Tensor][] {
  const optimizer = t.adam({ epsilon });
  const state = Object.fromEntries(Object.entries(optimizer.stateSizes(flat.size))
    .map(([name, { size }]) => [name, t.input(`${prefix}.${name}`, [size])]));
  const [gradient] = t.grad(loss, [flat]) as [Tensor];
  const next = optimizer.step({ parameters: flat, gradient, learningRate: t.full([1], learningRate), state });
  return [[flat, next.parameters], ...Object.keys(state).map((name): [Tensor, Tensor] =>
    [state[name]!, next.state[name]!])];
}

/** The k-th number in [0, 1) of the hash that every library makes the data with. */
export function hashed(k: number): number {
  let x = k | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 8) / 16777216;
}

/** Six digits of the known losses count. */
function checkLosses(name: string, known: readonly number[], losses: readonly number[]): void {
  if (known.every((loss, i) => Math.abs(loss - losses[i]!) < 1e-5 * Math.max(1, Math.abs(loss)))) return;
  const found = losses.map((loss) => loss.toFixed(5)).join(", ");
  throw new BregmanError("numerical-failure", `${name}: the losses are ${found}, expected ${known.join(", ")}`);
}
