import { BregmanError } from "../error.ts";
import type { Activation } from "../nn/activations.ts";
import type { WeightInitializer } from "../nn/mlp.ts";
import type { Schedule } from "../schedules/schedule.ts";
import { checkHyperparameter } from "./check-hyperparameters.ts";

/** Sizes and activation of the policy and value networks (two separate ones of the same form). */
export interface NetworkOptions {
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly layerNorm: boolean;
  readonly initializer: WeightInitializer;
}

/** How actions are drawn while collecting: independently, or with noise that persists (continuous actions only). */
export type ExplorationOptions =
  | { readonly kind: "independent" }
  | { readonly kind: "autoregressive"; readonly correlation: number }
  | { readonly kind: "state-dependent"; readonly holdSteps: number };

/** What alpha log pi becomes before it enters a critic's target: clip(x / 10, -1, 1), tanh(x / 10), or itself. */
export type AdvantageBound = "clip" | "tanh" | "none";

/** Everything that a method can be told; `table` below says what each means. */
export interface Hyperparameters {
  readonly learningRate: Schedule;
  readonly valueLearningRate: Schedule;
  readonly stepSize: Schedule;
  readonly horizon: number;
  readonly innerSteps: number;
  readonly epochs: number;
  readonly minibatchSize: number;
  readonly valueEpochs: number;
  readonly valueMinibatchSize: number;
  readonly discount: number;
  readonly gaeLambda: number;
  readonly clipRange: Schedule;
  readonly valueClipRange: number;
  readonly klRadius: number;
  readonly klStop: number;
  readonly naturalStepSize: number;
  readonly conjugateGradientSteps: number;
  readonly damping: number;
  readonly lineSearchSteps: number;
  readonly entropyCoefficient: number;
  readonly valueCoefficient: number;
  readonly maxGradientNorm: number;
  readonly adamEpsilon: number;
  readonly tsallisIndex: number;
  readonly standardizeAdvantages: boolean;
  readonly normalizeObservations: boolean;
  readonly normalizerShare: number;
  readonly normalizeRewards: boolean;
  readonly initialLogStd: number;
  readonly stateDependentStd: boolean;
  readonly squash: boolean;
  readonly scaleActions: boolean;
  readonly exploration: ExplorationOptions;
  readonly valueGain: number;
  readonly dualClip: number;
  readonly klCoefficient: number;
  readonly klTarget: number;
  readonly klBound: number;
  readonly klBoundMargin: number;
  readonly repairSteps: number;
  readonly ratioTemperature: number;
  readonly ratioBound: number;
  readonly preconditionerSharpness: number;
  readonly anchorWeight: number;
  readonly anchorShare: number;
  readonly anchorDecay: number;
  readonly advantageShare: number | "auto";
  readonly advantageBound: AdvantageBound;
  readonly eliteShare: number;
  readonly proposalSamples: number;
  readonly temperatureRadius: number;
  readonly meanRadius: number;
  readonly deviationRadius: number;
  readonly multiplierLearningRate: Schedule;
  readonly batchSize: number;
  readonly bufferSize: number;
  readonly warmupSteps: number;
  readonly trainFrequency: number;
  readonly updatesPerStep: number;
  readonly returnSteps: number;
  readonly snapshotEvery: number;
  readonly temperature: Schedule | "learned";
  readonly initialTemperature: number;
  readonly targetEntropy: number | "auto";
  readonly critics: number;
  readonly valueNetwork: boolean;
  readonly targetRate: number;
  readonly targetEvery: number;
  readonly proximalShare: number;
  readonly policyDelay: number;
  readonly explorationNoise: number;
  readonly targetNoise: number;
  readonly targetNoiseClip: number;
  readonly networks: NetworkOptions;
}

export interface HyperparameterInfo {
  readonly kind: "number" | "integer" | "schedule" | "boolean" | "word" | "object";
  readonly minimum?: number;
  readonly maximum?: number;
  /** Words that are accepted, where there are numbers beside these. */
  readonly words?: readonly string[];
  readonly default: unknown;
  readonly meaning: string;
}

/**
 * Defaults are what learns on an unknown task without a preset; each algorithm may change them. 0 switches a limit off.
 */
export const table: { readonly [K in keyof Hyperparameters]: HyperparameterInfo } = {
  learningRate: {
    kind: "schedule", minimum: 0, default: 1e-3,
    meaning: "step of the policy's optimizer; {from, to} anneals over the run",
  },
  valueLearningRate: { kind: "schedule", minimum: 0, default: 1e-3, meaning: "step of the critic's optimizer" },
  stepSize: {
    kind: "schedule", minimum: 0, default: { from: 1, to: 0 },
    meaning: "t_k: the divergence is weighed by 1/t_k; at least 1e-6",
  },
  horizon: {
    kind: "integer", minimum: 1, default: 256,
    meaning: "steps per copy and iteration; by default 2048 over all copies, fewer in runs below 100 000 steps",
  },
  innerSteps: {
    kind: "integer", minimum: 1, default: 10,
    meaning: "m: gradient steps on the whole batch per iteration",
  },
  epochs: { kind: "integer", minimum: 1, default: 10, meaning: "passes over the batch per iteration, in minibatches" },
  minibatchSize: { kind: "integer", minimum: 1, default: 128, meaning: "samples per minibatch (at most the batch)" },
  valueEpochs: { kind: "integer", minimum: 1, default: 5, meaning: "passes of a separate critic over the batch" },
  valueMinibatchSize: {
    kind: "integer", minimum: 1, default: 128,
    meaning: "samples per minibatch of a separate critic",
  },
  discount: { kind: "number", minimum: 0, maximum: 1, default: 0.99, meaning: "gamma" },
  gaeLambda: {
    kind: "number", minimum: 0, maximum: 1, default: 0.95,
    meaning: "lambda of generalized advantage estimation",
  },
  clipRange: { kind: "schedule", minimum: 0, default: 0.2, meaning: "epsilon of the clipped ratio" },
  valueClipRange: {
    kind: "number", minimum: 0, default: 0,
    meaning: "how far a value may move per iteration in the clipped critic loss; 0: no clipping",
  },
  klRadius: { kind: "number", minimum: 0, default: 0.01, meaning: "delta: radius of the trust region" },
  klStop: {
    kind: "number", minimum: 0, default: 0,
    meaning: "stop the iteration's steps once KL(old || new) passes this; 0: never",
  },
  naturalStepSize: { kind: "number", minimum: 0, default: 0.1, meaning: "eta of the natural policy gradient" },
  conjugateGradientSteps: { kind: "integer", minimum: 1, default: 10, meaning: "iterations of conjugate gradient" },
  damping: { kind: "number", minimum: 0, default: 0.1, meaning: "added to the diagonal of the Fisher matrix" },
  lineSearchSteps: {
    kind: "integer", minimum: 0, default: 10,
    meaning: "halvings that the line search tries; 0: none, the full step is taken",
  },
  entropyCoefficient: { kind: "number", minimum: 0, default: 0, meaning: "weight of the entropy bonus; 0: not traced" },
  valueCoefficient: {
    kind: "number", minimum: 0, default: 0.5,
    meaning: "weight of the critic's loss where it shares the actor's steps",
  },
  maxGradientNorm: {
    kind: "number", minimum: 0, default: 0.5,
    meaning: "global norm to which gradients are clipped; 0: not clipped",
  },
  adamEpsilon: { kind: "number", minimum: 0, default: 1e-5, meaning: "epsilon of Adam" },
  tsallisIndex: {
    kind: "number", minimum: 1, maximum: 10, default: 1,
    meaning: "q of the Tsallis divergence; 1 is KL, 2 squared Euclidean distance",
  },
  standardizeAdvantages: { kind: "boolean", default: true, meaning: "advantages get mean 0 and deviation 1" },
  normalizeObservations: {
    kind: "boolean", default: true,
    meaning: "running mean and deviation, clipped to +-10; part of the policy",
  },
  normalizerShare: {
    kind: "number", minimum: 0, maximum: 1, default: 0.25,
    meaning: "share of the run in which the observation normalizer learns; after it, only steps change the policy",
  },
  normalizeRewards: {
    kind: "boolean", default: true,
    meaning: "rewards divided by the deviation of the running discounted return",
  },
  initialLogStd: {
    kind: "number", minimum: -20, maximum: 5, default: 0,
    meaning: "log of the initial standard deviation of continuous actions",
  },
  stateDependentStd: { kind: "boolean", default: false, meaning: "the policy network also gives the log-std" },
  squash: { kind: "boolean", default: false, meaning: "continuous actions through tanh, scaled to the action space" },
  scaleActions: {
    kind: "boolean", default: true,
    meaning: "continuous actions in units of the action space's half width, from its middle, where it is bounded",
  },
  exploration: {
    kind: "object", default: { kind: "independent" },
    meaning: "noise while collecting: independent, autoregressive {correlation}, state-dependent {holdSteps}",
  },
  valueGain: {
    kind: "number", minimum: 0, default: 0.1,
    meaning: "initial gain of the critic's last layer; small: fresh values do not drown rare rewards",
  },
  dualClip: {
    kind: "number", minimum: 1, default: 3,
    meaning: "c: where the advantage is negative, the surrogate is at least c times it",
  },
  klCoefficient: {
    kind: "number", minimum: 0, default: 1,
    meaning: "beta: weight of KL(old || new), or where an adaptive one begins",
  },
  klTarget: {
    kind: "number", minimum: 0, default: 0.01,
    meaning: "mean KL(old || new) that an adaptive coefficient aims at",
  },
  klBound: { kind: "number", minimum: 0, default: 0.2, meaning: "largest KL(old || new) of any state of the batch" },
  klBoundMargin: {
    kind: "number", minimum: 1, default: 2,
    meaning: "how far below the bound its coefficient keeps the largest KL",
  },
  repairSteps: {
    kind: "integer", minimum: 0, default: 200,
    meaning: "steps that may follow to bring every state's KL back below the bound",
  },
  ratioTemperature: {
    kind: "number", minimum: 1e-6, default: 1e-3,
    meaning: "lambda: how sharply the best ratio switches at the median return",
  },
  ratioBound: {
    kind: "number", minimum: 0, default: 0.25,
    meaning: "mean |ratio - 1| that ends the steps, or |ratio - 1| from which on samples drop out",
  },
  preconditionerSharpness: {
    kind: "number", minimum: 1e-6, default: 4, meaning: "tau: how soon the slope falls off around a ratio of 1",
  },
  anchorWeight: {
    kind: "number", minimum: 0, default: 0.1, meaning: "alpha, beta: weight of KL(new || anchor) of a further anchor",
  },
  anchorShare: {
    kind: "number", minimum: 0, maximum: 1, default: 0.05,
    meaning: "mu: share of the new parameters when an anchor follows",
  },
  anchorDecay: {
    kind: "number", minimum: 0, maximum: 1, default: 0.99,
    meaning: "weight that parameters of an anchor's mean keep from step to step; 0: the newest alone",
  },
  advantageShare: {
    kind: "number", minimum: 0, maximum: 1, words: ["auto"], default: "auto",
    meaning: "beta: share of temperature * log pi in a critic's target; \"auto\": 1 - (1 - discount)^2",
  },
  advantageBound: {
    kind: "word", words: ["clip", "tanh", "none"], default: "clip",
    meaning: "its bound: x = temperature * log pi becomes clip(x / 10, -1, 1), tanh(x / 10) or stays x",
  },
  eliteShare: {
    kind: "number", minimum: 1e-6, maximum: 1, default: 0.1,
    meaning: "rho: share of the proposal's actions, the best by Q, that policies learn from",
  },
  proposalSamples: {
    kind: "integer", minimum: 1, default: 30, meaning: "N: actions that a proposal draws at each state",
  },
  temperatureRadius: {
    kind: "number", minimum: 0, default: 0.01,
    meaning: "epsilon_eta: divergence of the weights of the upper half from even ones",
  },
  meanRadius: { kind: "number", minimum: 0, default: 0.01, meaning: "epsilon_mu: KL allowed for moving the mean" },
  deviationRadius: {
    kind: "number", minimum: 0, default: 5e-5,
    meaning: "epsilon_sigma: KL allowed for changing the deviation",
  },
  multiplierLearningRate: {
    kind: "schedule", minimum: 0, default: 0.01,
    meaning: "step of the optimizer of an objective's multipliers",
  },
  batchSize: { kind: "integer", minimum: 1, default: 256, meaning: "transitions per gradient step, drawn from replay" },
  bufferSize: {
    kind: "integer", minimum: 1, default: 1_000_000,
    meaning: "transitions that replay keeps; by default one million, fewer where the run has fewer steps",
  },
  warmupSteps: {
    kind: "integer", minimum: 0, default: 1000,
    meaning: "environment steps with uniformly random actions before the first gradient step",
  },
  trainFrequency: {
    kind: "integer", minimum: 1, default: 1,
    meaning: "steps of each copy between two rounds of gradient steps; the horizon has to be a multiple of it",
  },
  updatesPerStep: {
    kind: "number", minimum: 0, default: 1,
    meaning: "update-to-data ratio: gradient steps per environment step, counted over all copies",
  },
  returnSteps: {
    kind: "integer", minimum: 1, default: 1,
    meaning: "n: rewards in a critic's target before it bootstraps; fewer where the episode ends",
  },
  snapshotEvery: {
    kind: "integer", minimum: 1, default: 1000,
    meaning: "m: gradient steps for which the old policy stays as it is",
  },
  temperature: {
    kind: "schedule", minimum: 0, words: ["learned"], default: 0.2,
    meaning: "lambda: weight of the entropy in the return; 0: none (hard); \"learned\": kept at targetEntropy",
  },
  initialTemperature: { kind: "number", minimum: 1e-6, default: 1, meaning: "where a learned temperature begins" },
  targetEntropy: {
    kind: "number", words: ["auto"], default: "auto",
    meaning: "entropy that a learned temperature aims at; \"auto\": minus the number of continuous actions (in units " +
      "of the half box), 0.98 log n for n discrete ones",
  },
  critics: {
    kind: "integer", minimum: 1, maximum: 2, default: 2,
    meaning: "Q networks; where there are two, targets take the lesser value",
  },
  valueNetwork: {
    kind: "boolean", default: false,
    meaning: "a state-value network V beside Q: targets bootstrap from its copy, the policy climbs the first Q; " +
      "without it from copies of Q, and the policy climbs the lesser",
  },
  targetRate: {
    kind: "number", minimum: 0, maximum: 1, default: 0.005,
    meaning: "tau: share of the new weights in each update of the target networks; 1: a copy",
  },
  targetEvery: { kind: "integer", minimum: 1, default: 1, meaning: "gradient steps between updates of the targets" },
  proximalShare: {
    kind: "number", minimum: 0, maximum: 1, default: 0,
    meaning: "mu: share of the target networks that critics go back to before each of their steps",
  },
  policyDelay: { kind: "integer", minimum: 1, default: 1, meaning: "steps of the critics per step of the policy" },
  explorationNoise: {
    kind: "number", minimum: 0, default: 0.1,
    meaning: "deviation of the noise added to a deterministic policy's actions, in units of the half box",
  },
  targetNoise: {
    kind: "number", minimum: 0, default: 0.2,
    meaning: "deviation of the noise that smooths a deterministic policy's target actions, in units of the half box",
  },
  targetNoiseClip: { kind: "number", minimum: 0, default: 0.5, meaning: "limit of that noise" },
  networks: {
    kind: "object", default: { hidden: [64, 64], activation: "tanh", layerNorm: false, initializer: "orthogonal" },
    meaning: "hidden layers, activation, layerNorm and initializer of the policy and value networks",
  },
};

/** The defaults of `table`. */
export function defaultHyperparameters(): Hyperparameters {
  const names = Object.keys(table) as (keyof Hyperparameters)[];
  return Object.fromEntries(names.map((name) => [name, table[name].default])) as unknown as Hyperparameters;
}

/** What a caller gives: some of the hyperparameters, `networks` in part. */
export type PartialHyperparameters = Partial<Omit<Hyperparameters, "networks">> & {
  readonly networks?: Partial<NetworkOptions>;
};

/**
 * Later sets win. Throws `unknown-option` for a name that does not exist (with the nearest that do) and
 * `invalid-option` for a value out of range.
 */
export function mergeHyperparameters(...sets: readonly (PartialHyperparameters | undefined)[]): Hyperparameters {
  let merged = defaultHyperparameters();
  for (const set of sets) {
    if (set === undefined) continue;
    if (typeof set !== "object" || set === null || Array.isArray(set)) {
      throw new BregmanError("invalid-option",
        `hyperparameters: expected an object of names and values, got ${String(set)}`);
    }
    for (const [name, value] of Object.entries(set)) if (value !== undefined) checkHyperparameter(table, name, value);
    const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
    merged = { ...merged, ...given, networks: { ...merged.networks, ...set.networks } };
  }
  return merged;
}
