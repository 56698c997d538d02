// What `npm run learning` runs, what counts as learned, and what others have published.

export const algorithms = ["mdpo", "ppo", "trpo"];

const zoo = "rl-baselines3-zoo benchmark.md (one tuned run, deterministic evaluation)";
const cleanRl = "CleanRL documentation (3 seeds, mean return while training)";

/**
 * `threshold` holds for the median of the seeds; with `share` that share of the seeds has to reach it, one by one.
 * `options` go to `train` beside algorithm and seed. Steps are the preset's; `presetSteps` only tells the time left.
 */
export const tasks = [
  {
    name: "CartPole-v1", threshold: 475, share: 0.9, presetSteps: 100_000, note: "preset: gaeLambda 0.98",
    published: [
      { source: zoo, algorithm: "PPO", score: "500", steps: 100_000 },
      { source: zoo, algorithm: "TRPO", score: "500", steps: 100_000 },
      { source: zoo, algorithm: "A2C", score: "500", steps: 500_000 },
      { source: cleanRl, algorithm: "PPO", score: "490.0 +- 6.1", steps: 500_000 },
    ],
  },
  {
    name: "Acrobot-v1", threshold: -100, presetSteps: 200_000, note: "the defaults",
    published: [
      { source: zoo, algorithm: "PPO", score: "-73.5 +- 18", steps: 1_000_000 },
      { source: zoo, algorithm: "TRPO", score: "-83.1 +- 19", steps: 100_000 },
      { source: zoo, algorithm: "A2C", score: "-83.4", steps: 500_000 },
      { source: cleanRl, algorithm: "PPO", score: "-86.4 +- 1.3", steps: 500_000 },
    ],
  },
  {
    name: "Pendulum-v1", threshold: -200, presetSteps: 300_000, note: "preset: discount 0.9",
    published: [
      { source: zoo, algorithm: "PPO", score: "-172.2 +- 104", steps: 100_000 },
      { source: zoo, algorithm: "TRPO", score: "-174.6", steps: 100_000 },
      { source: zoo, algorithm: "A2C", score: "-163.0", steps: 1_000_000 },
      { source: zoo, algorithm: "SAC (off-policy)", score: "-157.0", steps: 20_000 },
    ],
  },
  {
    name: "MountainCarContinuous-v0", threshold: 90, presetSteps: 150_000,
    note: "preset: correlated exploration, autoregressive noise with correlation 0.97",
    published: [
      { source: zoo, algorithm: "PPO", score: "88.3", steps: 20_000 },
      { source: zoo, algorithm: "TRPO", score: "92.5", steps: 50_000 },
      { source: zoo, algorithm: "A2C", score: "91.2", steps: 100_000 },
      { source: zoo, algorithm: "SAC (off-policy)", score: "94.7", steps: 50_000 },
    ],
  },
];

/** Learning from replay: fewer steps, each with a gradient step of its own. */
export const replayTask = {
  name: "Pendulum-v1 from replay", environment: "Pendulum-v1", algorithms: ["mdpo-off-policy", "sac", "td3", "ddpg"],
  seeds: [0, 1, 2], threshold: -180, presetSteps: 20_000, note: "preset: networks 64-64",
  published: [{ source: zoo, algorithm: "SAC", score: "-157.0", steps: 20_000 }],
};

/** Seeds of the part with no hyperparameters given; test/support/own-environments.ts has its tasks and thresholds. */
export const ownSeeds = 3;

/**
 * MDPO trained on a GPU, or on a software GPU, in small batches: one update program is one submit, whatever its size,
 * and a short program is what a software GPU can run in minutes.
 */
export const webgpuTask = {
  name: "CartPole-v1 on webgpu", environment: "CartPole-v1", algorithms: ["mdpo"], seeds: [0], threshold: 400,
  note: "small batches: 8 copies x 32 steps",
  options: {
    device: "webgpu", steps: 40_000, envs: 8,
    hyperparameters: {
      horizon: 32, learningRate: 3e-3, valueLearningRate: 3e-3, innerSteps: 5, valueEpochs: 2, valueMinibatchSize: 256,
      networks: { hidden: [32, 32] },
    },
  },
  published: [],
};

/** Rough seconds a million steps, to share the work out and to tell the time left. */
export function costOf({ algorithm, steps, device }) {
  if (device === "webgpu" || replayTask.algorithms.includes(algorithm)) return steps * 2e-3;
  const perMillion = { trpo: 45, npg: 30 }[algorithm] ?? 20;
  return (steps / 1e6) * perMillion;
}
