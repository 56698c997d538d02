/**
 * What the bench measures, in a terminal and in a page. Everything goes through the public entries; one repeat of an
 * item is one figure.
 */
import { BregmanError } from "../error.ts";
import type { Device } from "../tensor.ts";
import { ppoUpdate } from "./bench-ppo.ts";
import { sacUpdate } from "./bench-sac.ts";
import { trainingItems } from "./bench-training.ts";
import { ruledTokens, transformerLoss, type TransformerSize } from "./bench-transformer.ts";
import { adamStep, type TensorLibrary, type Update } from "./bench-update.ts";

export { entrySizeItems } from "./bench-sizes.ts";

export type Facade = typeof import("../index.ts");

export interface Libraries {
  readonly facade: Facade;
  readonly tensor: TensorLibrary;
  /** How many share an update. */
  readonly threads: "auto" | number;
  /** Where updates run; items that know but one device leave it aside. */
  readonly device?: "wasm" | "webgpu";
}

/** An item made ready: programs loaded, results checked, code warm. */
export interface Prepared {
  /** One repeat: the figure, in the item's unit. */
  measure(): Promise<number>;
  /** What else is worth knowing about it. */
  facts(): Record<string, unknown>;
  dispose(): void;
}

export interface BenchItem {
  readonly name: string;
  readonly unit: string;
  /** Which figures are good ones: rates are high, times are low. */
  readonly better: "higher" | "lower";
  readonly meaning: string;
  /** The same item of the peers' suite: the field of its report, and the place of the figure within it. */
  readonly peer?: string;
  prepare(libraries: Libraries): Promise<Prepared>;
}

export const ITEMS: readonly BenchItem[] = [
  ppoItem(64),
  ppoItem(2048),
  sacItem(),
  ...trainingItems,
  actItem("act", 1, "infer_b1.us"),
  actItem("act-batch-64", 64, "infer_b64.us"),
  ...[64, 256, 1024].map(matmulItem),
  environmentItem("CartPole-v1", "cartpole"),
  environmentItem("Pendulum-v1", "pendulum"),
  environmentItem("Acrobot-v1", "acrobot"),
  trustRegionItem(2048),
  transformerItem({ sequences: 64, tokens: 32, width: 128, layers: 2, heads: 4, vocabulary: 64 }),
  replayItem("mdpo-off-policy"),
  replayItem("sac"),
  ...["Hopper", "Walker2d", "HalfCheetah", "Ant", "Humanoid", "HumanoidStandup", "InvertedPendulum",
    "InvertedDoublePendulum", "Swimmer", "Reacher"].map((task) => environmentItem(`${task}-v5`, task.toLowerCase(), 1)),
  {
    name: "gae", unit: "elements/s", better: "higher",
    meaning: "advantages of 2048 steps in 64 copies, as a tensor program (linearScan)",
    prepare: ({ tensor }) => advantages(tensor, 2048, 64),
  },
];

/** What a GPU is for. On one that is a CPU in disguise the large ones take minutes. */
export const gpuItems: readonly BenchItem[] = [
  ...[64, 2048, 65536].map(ppoItem),
  ...[64, 256, 1024, 4096].map(matmulItem),
  sacItem(),
  ...["mdpo-off-policy", "sac"].map((algorithm) => replayItem(algorithm)),
  replayItem("sac", 4096),
  trustRegionItem(2048),
];

/** The device that an item's programs run on. */
async function deviceFor({ tensor, threads, device }: Libraries): Promise<Device> {
  return device === "webgpu" ? await tensor.createWebGpuDevice() : await tensor.createWasmDevice({ threads });
}

function ppoItem(batch: number): BenchItem {
  return {
    name: `ppo-update-${batch}`, unit: "updates/s", better: "higher", peer: `ppo_b${batch}_updates_s`,
    meaning: `forward, backward and Adam of PPO with two 64-64 networks, batch ${batch}; losses checked first`,
    prepare: (libraries) => updates(libraries, (device) => ppoUpdate(libraries.tensor, batch, device)),
  };
}

function sacItem(): BenchItem {
  return {
    name: "sac-update-256", unit: "updates/s", better: "higher", peer: "sac_b256_updates_s",
    meaning: "critics, actor, temperature and averages of SAC with 256-256 networks, batch 256; losses checked first",
    prepare: (libraries) => updates(libraries, (device) => sacUpdate(libraries.tensor, device)),
  };
}

async function updates(libraries: Libraries, make: (device: Device) => Promise<Update>): Promise<Prepared> {
  const device = await deviceFor(libraries);
  const update = await make(device);
  const round = (milliseconds: number) => Number(milliseconds.toFixed(1));
  return {
    ...repeated((times) => {
      update.restart();
      update.run(times);
    }, (seconds) => 1 / seconds, device.kind === "webgpu" ? update.loss : undefined),
    facts: () => ({
      losses: update.losses.map((loss) => Number(loss.toFixed(5))), kernels: update.kernels,
      megaflop: update.megaflop, preparationMs: round(update.preparation), firstUpdateMs: round(update.firstUpdate),
    }),
    dispose: () => device.dispose(),
  };
}

/** A policy of the size that the PPO item trains, asked from JavaScript: checks, copies and clipping included. */
function actItem(name: string, rows: number, peer: string): BenchItem {
  return {
    name, unit: "us", better: "lower", peer,
    meaning: `policy.${rows === 1 ? "act" : "actBatch"}, networks of 17-64-64-6, ${rows} row${rows === 1 ? "" : "s"}`,
    async prepare({ facade }) {
      const trainer = await facade.createTrainer(noise(), {
        algorithm: "ppo", device: "wasm", hyperparameters: { normalizeObservations: false },
      });
      const { policy } = trainer;
      const observations = Float32Array.from({ length: 17 * rows }, (_, i) => ((i * 7) % 13) / 13 - 0.5);
      const act = rows === 1 ? () => policy.act(observations) : () => policy.actBatch(observations, rows);
      const timed = repeated((times) => {
        for (let i = 0; i < times; i++) act();
      }, (seconds) => seconds * 1e6);
      return { ...timed, dispose: () => { trainer.dispose(); policy.dispose(); } };
    },
  };
}

function matmulItem(n: number): BenchItem {
  return {
    name: `matmul-${n}`, unit: "GFLOP/s", better: "higher", peer: `matmul${n}_gflops`,
    meaning: `x = (x b) b with square float32 matrices of ${n}`,
    async prepare(libraries) {
      const { tensor } = libraries;
      const [x, b] = [tensor.input("x", [n, n]), tensor.input("b", [n, n])];
      const device = await deviceFor(libraries);
      const loaded = await device.load(tensor.compile({ updates: [[x, tensor.matmul(tensor.matmul(x, b), b)]] }));
      const matrix = (scale: number) => Float32Array.from({ length: n * n }, (_, i) => (i % 7) * scale);
      device.write(loaded.buffer("x"), matrix(0.01));
      device.write(loaded.buffer("b"), matrix(1 / (3 * n)));
      const done = device.kind === "webgpu" ? () => device.read(loaded.buffer("x"), 1) : undefined;
      const timed = repeated((times) => loaded.run(times), (seconds) => (4 * n ** 3) / seconds / 1e9, done);
      return { ...timed, dispose: () => device.dispose() };
    },
  };
}

function environmentItem(environment: string, short: string, count = 64): BenchItem {
  return {
    name: `environment-${short}`, unit: "steps/s", better: "higher",
    meaning: `makeVectorEnv("${environment}") with ${count === 1 ? "one copy" : `${count} copies`}, random actions, ` +
      "resets included",
    async prepare({ facade }) {
      const copies = await facade.makeVectorEnv(environment, { count });
      const draws = Array.from({ length: 64 }, (_, row) => copies.actions.map((_, i) =>
        actionFrom(copies.actionSpace, Math.imul(row * copies.actions.length + i + 1, 0x9e3779b1) >>> 16)));
      const timed = repeated((times) => {
        for (let i = 0; i < times; i++) copies.step(draws[i & 63]!);
      }, (seconds) => count / seconds);
      return { ...timed, dispose: () => copies.dispose() };
    },
  };
}

/** An action from 16 random bits: one of 0 to n-1, or a number of the box. */
function actionFrom(space: object, bits: number): number {
  if ("n" in space) return bits % Number(space.n);
  const { low, high } = space as { low: number; high: number };
  return low + ((high - low) * bits) / 65535;
}

/**
 * Gradient steps of an off-policy method in training, with the sizes of the SAC item; drawing the batch and stepping a
 * trivial environment are part of it.
 */
function replayItem(algorithm: string, batch = 256): BenchItem {
  const steps = 20;
  return {
    name: `${algorithm}-training-${batch}`, unit: "updates/s", better: "higher",
    meaning: `gradient steps of ${algorithm} in training, networks of 256-256, batch ${batch}, replay included`,
    async prepare({ facade, threads, device = "wasm" }) {
      const trainer = await facade.createTrainer(noise(), {
        algorithm, device, threads, envs: 1, steps: 1_000_000,
        hyperparameters: { horizon: steps, warmupSteps: 300, bufferSize: 10_000, batchSize: batch },
      });
      // The warm-up, and as many gradient steps as every engine takes to compile well.
      for (let i = 0; i < 20; i++) await trainer.update();
      const { multiplyAdds } = trainer.programs[0]!.program.work;
      return {
        async measure() {
          const began = performance.now();
          await trainer.update();
          return (1000 * steps) / (performance.now() - began);
        },
        facts: () => ({ kernels: trainer.programs[0]!.program.kernels.length, megaflop: (2 * multiplyAdds) / 1e6 }),
        dispose: () => trainer.dispose(),
      };
    },
  };
}

/**
 * An iteration of TRPO: the gradient, conjugate gradients over Fisher-vector products, the line search and the epochs
 * of the critic, on 2048 steps of a trivial environment, whose collection counts too.
 */
function trustRegionItem(batch: number): BenchItem {
  return {
    name: `trpo-step-${batch}`, unit: "steps/s", better: "higher",
    meaning: `an iteration of trpo on ${batch} steps, 17 observations, 6 actions, networks of 64-64, ` +
      "collection included",
    async prepare({ facade, threads, device = "wasm" }) {
      const trainer = await facade.createTrainer(noise(), {
        algorithm: "trpo", device, threads, envs: 1, steps: 1_000_000_000, hyperparameters: { horizon: batch },
      });
      for (let i = 0; i < 5; i++) await trainer.update();
      return {
        async measure() {
          const began = performance.now();
          for (let i = 0; i < 3; i++) await trainer.update();
          return 3000 / (performance.now() - began);
        },
        facts: () => ({ programs: trainer.programs.length }),
        dispose: () => trainer.dispose(),
      };
    },
  };
}

function transformerItem(size: TransformerSize): BenchItem {
  const { sequences, tokens, width, layers } = size;
  return {
    name: "transformer-step", unit: "steps/s", better: "higher",
    meaning: `forward, backward and Adam of a transformer, ${layers} x ${width}, ` +
      `${sequences} sequences of ${tokens} tokens`,
    async prepare({ tensor, threads }) {
      const { loss, flat, parameterCount } = transformerLoss(tensor, size);
      const updates = adamStep(tensor, flat, loss, 1e-3, 1e-8);
      const program = tensor.compile({ outputs: { loss }, updates });
      const device = await tensor.createWasmDevice({ threads });
      const loaded = await device.load(program);
      for (const [name, values] of Object.entries(ruledTokens(size))) device.write(loaded.buffer(name), values);
      const draw = (_: unknown, i: number): number => 0.1 * (((Math.imul(i + 1, 0x9e3779b1) >>> 16) / 32768) - 1);
      device.write(loaded.buffer("parameters"), Float32Array.from({ length: parameterCount }, draw));
      const lossNow = async (): Promise<number> => (await device.read(loaded.buffer("loss")))[0]!;
      loaded.run();
      const first = await lossNow();
      loaded.run(8);
      const later = await lossNow();
      if (!(later < first)) {
        throw new BregmanError("numerical-failure",
          `transformer-step: the loss went from ${first} to ${later}, not down`);
      }
      const timed = repeated((times) => loaded.run(times), (seconds) => 1 / seconds);
      return {
        ...timed,
        facts: () => ({ losses: [first, later], kernels: program.kernels.length,
          megaflop: 2 * program.work.multiplyAdds / 1e6 }),
        dispose: () => device.dispose(),
      };
    },
  };
}

/** A trivial environment of 17 numbers and 6 actions that never ends. */
function noise() {
  const box = (size: number) => ({ kind: "box", shape: [size], low: -1, high: 1 }) as const;
  let draw = 0;
  const next = () => ((Math.imul(++draw, 0x9e3779b1) >>> 16) / 32768) - 1;
  const observe = () => Float32Array.from({ length: 17 }, next);
  return {
    observationSpace: box(17), actionSpace: box(6),
    reset: () => ({ observation: observe(), info: {} }),
    step: () => ({ observation: observe(), reward: next(), terminated: false, truncated: false, info: {} }),
  };
}

/** A_t = delta_t + a_t A_{t+1} with a = discount lambda (1 - terminated)(1 - truncated). */
async function advantages(t: TensorLibrary, steps: number, copies: number): Promise<Prepared> {
  const [discount, lambda] = [0.99, 0.95];
  const column = (name: string) => t.input(name, [steps, copies]);
  const goesOn = t.sub(1, column("terminated"));
  const delta = t.sub(t.add(column("reward"), t.mul(t.mul(discount, goesOn), column("nextValue"))), column("value"));
  const decay = t.mul(t.mul(discount * lambda, goesOn), t.sub(1, column("truncated")));
  const advantage = t.linearScan(delta, decay, { reverse: true });
  const program = t.compile({ outputs: { advantage, return: t.add(advantage, column("value")) } });
  const device = await t.createWasmDevice();
  const loaded = await device.load(program);
  const fill = (name: string, f: (i: number) => number) =>
    device.write(loaded.buffer(name), Float32Array.from({ length: steps * copies }, (_, i) => f(i)));
  fill("reward", () => 1);
  for (const name of ["value", "nextValue"]) fill(name, (i) => (i % 97) / 97);
  fill("terminated", (i) => (i % 101 === 0 ? 1 : 0));
  fill("truncated", (i) => (i % 997 === 0 ? 1 : 0));
  return repeated((times) => loaded.run(times), (seconds) => (steps * copies) / seconds);
}

/**
 * Repeats of a fifth of a second, after as much to warm up. `figure` turns the seconds of one run into the unit; `done`
 * waits for what `run` only asks for.
 */
function repeated(
  run: (times: number) => void, figure: (seconds: number) => number, done?: () => Promise<unknown>,
): Prepared {
  const repeatSeconds = 0.2;
  let times = 0;
  const seconds = async (count: number): Promise<number> => {
    const began = performance.now();
    run(count);
    if (done) await done();
    return (performance.now() - began) / 1000;
  };
  const warmUp = async (): Promise<number> => {
    let count = 1;
    let spent = 0;
    while (spent < repeatSeconds / 2) spent = await seconds(count *= 2);
    return Math.max(1, Math.round((count * repeatSeconds) / spent));
  };
  return {
    async measure() {
      times ||= await warmUp();
      return figure(await seconds(times) / times);
    },
    facts: () => ({}),
    dispose() {},
  };
}
