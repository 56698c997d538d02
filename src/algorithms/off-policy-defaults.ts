import type { PartialHyperparameters } from "../agent/hyperparameters.ts";

// What the off-policy methods have in common: the sizes of Haarnoja et al. 2018 and Fujimoto et al. 2018.

const replayDefaults: PartialHyperparameters = {
  horizon: 100, learningRate: 3e-4, valueLearningRate: 3e-4, adamEpsilon: 1e-8, maxGradientNorm: 0, valueGain: 1,
  normalizeObservations: false, networks: { hidden: [256, 256], activation: "relu" },
};

const replayReads = [
  "learningRate", "valueLearningRate", "adamEpsilon", "batchSize", "bufferSize", "warmupSteps", "trainFrequency",
  "updatesPerStep", "returnSteps", "critics", "targetRate", "targetEvery", "proximalShare", "policyDelay",
] as const;

/** Policies that are drawn from: a Gaussian through tanh whose deviation the network gives, or probabilities. */
export const stochasticDefaults: PartialHyperparameters = { ...replayDefaults, squash: true, stateDependentStd: true };
export const stochasticReads = [
  ...replayReads, "temperature", "initialTemperature", "targetEntropy", "valueNetwork",
  "initialLogStd", "stateDependentStd", "exploration",
] as const;

/** Policies that give one action, with noise added to explore. */
export const deterministicDefaults: PartialHyperparameters = { ...replayDefaults };
export const deterministicReads = [
  ...replayReads, "explorationNoise", "targetNoise", "targetNoiseClip", "exploration",
] as const;
