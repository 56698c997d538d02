// Tasks and sizes at which an iteration takes milliseconds and its counts are easy to follow: 4 copies x 16 steps,
// 4 minibatches of 16 rows an epoch; off-policy, a gradient step on 8 rows for each of the 64 steps.
import type { EnvironmentArgument, TrainerOptions } from "../../src/index.ts";
import { target } from "./training-environments.ts";

/** For each kind of actions a task that is stepped in WASM, and one in JavaScript that has the same spaces. */
export const tasks = {
  continuous: {
    builtin: "Pendulum-v1",
    own: target({ kind: "box", shape: [3], low: -1, high: 1 }, [0.5, -0.5, 1],
      { kind: "box", shape: [1], low: -2, high: 2 }, ([force]: Float32Array) => force! > 1),
  },
  discrete: {
    builtin: "CartPole-v1",
    own: target({ kind: "box", shape: [4], low: -1, high: 1 }, [0, 1, 0, 1], { kind: "discrete", n: 2 }, Boolean),
  },
} as const satisfies Record<string, Record<string, EnvironmentArgument>>;

export const countedOptions: TrainerOptions = {
  seed: 3, envs: 4, steps: 4 * 16 * 10,
  hyperparameters: {
    horizon: 16, networks: { hidden: [8] }, innerSteps: 5, epochs: 2, minibatchSize: 16, valueEpochs: 2,
    valueMinibatchSize: 16, warmupSteps: 16, batchSize: 8, bufferSize: 64, snapshotEvery: 8,
  },
};
