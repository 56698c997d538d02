// How the opponent practises: settings that beat the scripted player within a minute on one core.
export const practice = {
  algorithm: "ppo", steps: 2_000_000, seed: 0, envs: 16,
  hyperparameters: { learningRate: 5e-4, entropyCoefficient: 0.005 },
};
