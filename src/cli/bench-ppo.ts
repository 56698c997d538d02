/** The PPO update of the bench: one program, traced as a user of bregman/tensor would, on data that a hash makes. */
import { BregmanError } from "../error.ts";
import type { Device, Tensor } from "../tensor.ts";

export type TensorLibrary = typeof import("../tensor.ts");

const inputs = 17;
const hidden = [64, 64];
const actions = 6;
const logSqrtTwoPi = 0.9189385332;

/** The loss before the first and after the 50th update, per batch: of every library that runs this item. */
const knownLosses: Readonly<Record<number, readonly [number, number]>> = {
  64: [0.10303, -0.06961],
  2048: [0.08667, -0.00568],
};

export interface PpoUpdate {
  readonly kernels: number;
  readonly losses: readonly number[];
  /** Milliseconds from the first symbol to a loaded program, and of the first update. */
  readonly preparation: number;
  readonly firstUpdate: number;
  /** Parameters and optimizer as they were before the first update. */
  restart(): void;
  /** Takes `times` updates, on a GPU to the end only with `loss`. */
  run(times: number): void;
  loss(): Promise<number>;
}

/**
 * Two tanh networks 17-64-64-6 and 17-64-64-1, a Gaussian with a free log-std; the clipped surrogate (0.2), half the
 * squared error of the values and 0.01 entropy; backward; Adam (3e-4). Throws `numerical-failure` unless the losses are
 * the known ones, where they are known.
 */
export async function ppoUpdate(library: TensorLibrary, batch: number, device: Device): Promise<PpoUpdate> {
  const began = performance.now();
  const { program, parameterCount, logStd } = tracedProgram(library, batch);
  const loaded = await device.load(program);
  const preparation = performance.now() - began;
  const write = (name: string, values: Float32Array | number): void => {
    const buffer = loaded.buffer(name);
    device.write(buffer, typeof values === "number" ? new Float32Array(buffer.size).fill(values) : values);
  };
  const loss = async (): Promise<number> => (await device.read(loaded.buffer("loss")))[0]!;
  fillBatch(write, batch);
  const first = Float32Array.from({ length: parameterCount }, (_, i) => 0.3 * (hashed(1 + i) - 0.5));
  first.fill(0, logStd, logStd + actions);
  const restart = (): void => {
    write("parameters", first);
    for (const name of stateNames(program.inputs.keys())) write(name, 0);
  };
  restart();
  const beforeFirst = performance.now();
  loaded.run();
  const losses = [await loss()];
  const firstUpdate = performance.now() - beforeFirst;
  loaded.run(50);   // the 50th of these starts from 50 updates
  losses.push(await loss());
  checkLosses(batch, losses);
  return {
    kernels: program.kernels.length, losses, preparation, firstUpdate, restart,
    run: (times) => loaded.run(times), loss,
  };
}

function tracedProgram(t: TensorLibrary, batch: number) {
  const network = (name: string, outputs: number) => t.mlp({ inputs, hidden, outputs, activation: "tanh", name });
  const [actor, critic] = [network("actor", actions), network("critic", 1)];
  const logStdSpec = { name: "logStd", shape: [actions], initializer: { kind: "zeros" } } as const;
  const specs = [...actor.parameters, logStdSpec, ...critic.parameters];
  const parameterCount = t.parameterCount(specs);
  const flat = t.input("parameters", [parameterCount]);
  const parameters = t.bindParameters(flat, specs);

  const observation = t.input("observation", [batch, inputs]);
  const column = (name: string): Tensor => t.input(name, [batch]);
  const [advantage, oldLogProb, returns] = [column("advantage"), column("oldLogProb"), column("return")];
  const mean = actor.apply(parameters, observation).output;
  const value = t.reshape(critic.apply(parameters, observation).output, [batch]);
  const logStd = parameters.logStd!;
  const deviations = t.mul(t.sub(t.input("action", [batch, actions]), mean), t.exp(t.neg(logStd)));
  const logProb = t.sub(t.mul(-0.5, t.sum(t.square(deviations), 1)), t.sum(t.add(logStd, logSqrtTwoPi)));
  const ratio = t.exp(t.sub(logProb, oldLogProb));
  const surrogate = t.minimum(t.mul(ratio, advantage), t.mul(t.clamp(ratio, 0.8, 1.2), advantage));
  const valueLoss = t.mul(0.5, t.mean(t.square(t.sub(value, returns))));
  const entropy = t.sum(t.add(logStd, logSqrtTwoPi + 0.5));
  const loss = t.sub(t.sub(valueLoss, t.mean(surrogate)), t.mul(0.01, entropy));

  const program = t.compile({ outputs: { loss }, updates: adamStep(t, flat, loss, 3e-4, 1e-5) });
  return { program, parameterCount, logStd: t.parameterCount(actor.parameters) };
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

function stateNames(names: Iterable<string>): string[] {
  return [...names].filter((name) => name.startsWith("adam."));
}

function fillBatch(write: (name: string, values: Float32Array | number) => void, batch: number): void {
  const filled = (length: number, first: number) => Float32Array.from({ length }, (_, i) => hashed(first + i));
  write("observation", filled(batch * inputs, 100_001).map((x) => 2 * x - 1));
  write("action", filled(batch * actions, 900_001).map((x) => 2 * x - 1));
  write("advantage", filled(batch, 7_000_001).map((x) => 2 * x - 1));
  write("return", filled(batch, 8_000_001));
  write("oldLogProb", -6);
}

function checkLosses(batch: number, losses: readonly number[]): void {
  const known = knownLosses[batch];
  if (!known || known.every((loss, i) => Math.abs(loss - losses[i]!) < 1e-5)) return;
  const found = losses.map((loss) => loss.toFixed(5)).join(", ");
  throw new BregmanError("numerical-failure",
    `ppo-update-${batch}: the losses are ${found}, expected ${known.join(", ")}`);
}

/** The k-th number in [0, 1) of the hash that every library makes the data with. */
function hashed(k: number): number {
  let x = k | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 8) / 16777216;
}
