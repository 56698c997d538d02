import type { PartialHyperparameters } from "../agent/hyperparameters.js";
/** Policies that are drawn from: a Gaussian through tanh whose deviation the network gives, or probabilities. */
export declare const stochasticDefaults: PartialHyperparameters;
export declare const stochasticReads: readonly ["learningRate", "valueLearningRate", "adamEpsilon", "batchSize", "bufferSize", "warmupSteps", "trainFrequency", "updatesPerStep", "returnSteps", "critics", "targetRate", "targetEvery", "proximalShare", "policyDelay", "temperature", "initialTemperature", "targetEntropy", "valueNetwork", "initialLogStd", "stateDependentStd", "exploration"];
/** Policies that give one action, with noise added to explore. */
export declare const deterministicDefaults: PartialHyperparameters;
export declare const deterministicReads: readonly ["learningRate", "valueLearningRate", "adamEpsilon", "batchSize", "bufferSize", "warmupSteps", "trainFrequency", "updatesPerStep", "returnSteps", "critics", "targetRate", "targetEvery", "proximalShare", "policyDelay", "explorationNoise", "targetNoise", "targetNoiseClip", "exploration"];
