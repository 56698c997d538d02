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

const number = (fallback: number, meaning: string, minimum = 0, maximum?: number): HyperparameterInfo =>
  ({ kind: "number", minimum, maximum, default: fallback, meaning });
const share = (fallback: number, meaning: string): HyperparameterInfo => number(fallback, meaning, 0, 1);
const integer = (fallback: number, meaning: string, minimum = 1): HyperparameterInfo =>
  ({ kind: "integer", minimum, default: fallback, meaning });
const schedule = (fallback: Schedule, meaning: string): HyperparameterInfo =>
  ({ kind: "schedule", minimum: 0, default: fallback, meaning });
const flag = (fallback: boolean, meaning: string): HyperparameterInfo =>
  ({ kind: "boolean", default: fallback, meaning });
const object = (fallback: object, meaning: string): HyperparameterInfo =>
  ({ kind: "object", default: fallback, meaning });

/**
 * Default and meaning of each, then the least and the largest where they are not 0 (1 for integers) and Infinity. The
 * defaults are what learns on an unknown task without a preset; each algorithm may change them. 0 switches a limit off.
 */
export const table: { readonly [K in keyof Hyperparameters]: HyperparameterInfo } = {
  learningRate: schedule(1e-3, "step of the policy's optimizer; {from, to} anneals over the run"),
  valueLearningRate: schedule(1e-3, "step of the critic's optimizer"),
  stepSize: schedule({ from: 1, to: 0 }, "t_k: the divergence is weighed by 1/t_k; at least 1e-6"),
  horizon: integer(256, "steps per copy and iteration; by default 2048 over all copies, fewer in runs below 100 000 steps"),
  innerSteps: integer(10, "m: gradient steps on the whole batch per iteration"),
  epochs: integer(10, "passes over the batch per iteration, in minibatches"),
  minibatchSize: integer(128, "samples per minibatch (at most the batch)"),
  valueEpochs: integer(5, "passes of a separate critic over the batch"),
  valueMinibatchSize: integer(128, "samples per minibatch of a separate critic"),
  discount: share(0.99, "gamma"),
  gaeLambda: share(0.95, "lambda of generalized advantage estimation"),
  clipRange: schedule(0.2, "epsilon of the clipped ratio"),
  valueClipRange: number(0, "how far a value may move per iteration in the clipped critic loss; 0: no clipping"),
  klRadius: number(0.01, "delta: radius of the trust region"),
  klStop: number(0, "stop the iteration's steps once KL(old || new) passes this; 0: never"),
  naturalStepSize: number(0.1, "eta of the natural policy gradient"),
  conjugateGradientSteps: integer(10, "iterations of conjugate gradient"),
  damping: number(0.1, "added to the diagonal of the Fisher matrix"),
  lineSearchSteps: integer(10, "halvings that the line search tries; 0: none, the full step is taken", 0),
  entropyCoefficient: number(0, "weight of the entropy bonus; 0: not traced"),
  valueCoefficient: number(0.5, "weight of the critic's loss where it shares the actor's steps"),
  maxGradientNorm: number(0.5, "global norm to which gradients are clipped; 0: not clipped"),
  adamEpsilon: number(1e-5, "epsilon of Adam"),
  tsallisIndex: number(1, "q of the Tsallis divergence; 1 is KL, 2 squared Euclidean distance", 1, 10),
  standardizeAdvantages: flag(true, "advantages get mean 0 and deviation 1"),
  normalizeObservations: flag(true, "running mean and deviation, clipped to +-10; part of the policy"),
  normalizerShare: share(0.25,
    "share of the run in which the observation normalizer learns; after it, only steps change the policy"),
  normalizeRewards: flag(true, "rewards divided by the deviation of the running discounted return"),
  initialLogStd: number(0, "log of the initial standard deviation of continuous actions", -20, 5),
  stateDependentStd: flag(false, "the policy network also gives the log-std"),
  squash: flag(false, "continuous actions through tanh, scaled to the action space"),
  scaleActions: flag(true,
    "continuous actions in units of the action space's half width, from its middle, where it is bounded"),
  exploration: object({ kind: "independent" },
    "noise while collecting: independent, autoregressive {correlation}, state-dependent {holdSteps}"),
  valueGain: number(0.1, "initial gain of the critic's last layer; small: fresh values do not drown rare rewards"),
  dualClip: number(3, "c: where the advantage is negative, the surrogate is at least c times it", 1),
  klCoefficient: number(1, "beta: weight of KL(old || new), or where an adaptive one begins"),
  klTarget: number(0.01, "mean KL(old || new) that an adaptive coefficient aims at"),
  klBound: number(0.2, "largest KL(old || new) of any state of the batch"),
  klBoundMargin: number(2, "how far below the bound its coefficient keeps the largest KL", 1),
  repairSteps: integer(200, "steps that may follow to bring every state's KL back below the bound", 0),
  ratioTemperature: number(1e-3, "lambda: how sharply the best ratio switches at the median return", 1e-6),
  ratioBound: number(0.25, "mean |ratio - 1| that ends the steps, or |ratio - 1| from which on samples drop out"),
  preconditionerSharpness: number(4, "tau: how soon the slope falls off around a ratio of 1", 1e-6),
  anchorWeight: number(0.1, "alpha, beta: weight of KL(new || anchor) of a further anchor"),
  anchorShare: share(0.05, "mu: share of the new parameters when an anchor follows"),
  anchorDecay: share(0.99, "weight that parameters of an anchor's mean keep from step to step; 0: the newest alone"),
  advantageShare: {
    ...share(0, "beta: share of temperature * log pi in a critic's target; \"auto\": 1 - (1 - discount)^2"),
    words: ["auto"], default: "auto",
  },
  advantageBound: {
    kind: "word", words: ["clip", "tanh", "none"], default: "clip",
    meaning: "its bound: x = temperature * log pi becomes clip(x / 10, -1, 1), tanh(x / 10) or stays x",
  },
  temperatureRadius: number(0.01, "epsilon_eta: divergence of the weights of the upper half from even ones"),
  meanRadius: number(0.01, "epsilon_mu: KL allowed for moving the mean"),
  deviationRadius: number(5e-5, "epsilon_sigma: KL allowed for changing the deviation"),
  multiplierLearningRate: schedule(0.01, "step of the optimizer of an objective's multipliers"),
  batchSize: integer(256, "transitions per gradient step, drawn from replay"),
  bufferSize: integer(1_000_000,
    "transitions that replay keeps; by default one million, fewer where the run has fewer steps"),
  warmupSteps: integer(1000, "environment steps with uniformly random actions before the first gradient step", 0),
  trainFrequency: integer(1,
    "steps of each copy between two rounds of gradient steps; the horizon has to be a multiple of it"),
  updatesPerStep: number(1, "update-to-data ratio: gradient steps per environment step, counted over all copies"),
  returnSteps: integer(1,
    "n: rewards in a critic's target before it bootstraps; fewer where the episode ends"),
  snapshotEvery: integer(1000, "m: gradient steps for which the old policy stays as it is"),
  temperature: {
    ...schedule(0.2, "lambda: weight of the entropy in the return; 0: none (hard); \"learned\": kept at targetEntropy"),
    words: ["learned"],
  },
  initialTemperature: number(1, "where a learned temperature begins", 1e-6),
  targetEntropy: {
    kind: "number", words: ["auto"], default: "auto",
    meaning: "entropy that a learned temperature aims at; \"auto\": minus the number of continuous actions (in units " +
      "of the half box), 0.98 log n for n discrete ones",
  },
  critics: { ...integer(2, "Q networks; where there are two, targets take the lesser value"), maximum: 2 },
  valueNetwork: flag(false, "a state-value network V beside Q: targets bootstrap from its copy, the policy climbs the " +
    "first Q; without it from copies of Q, and the policy climbs the lesser"),
  targetRate: share(0.005, "tau: share of the new weights in each update of the target networks; 1: a copy"),
  targetEvery: integer(1, "gradient steps between updates of the targets"),
  policyDelay: integer(1, "steps of the critics per step of the policy"),
  explorationNoise: number(0.1,
    "deviation of the noise added to a deterministic policy's actions, in units of the half box"),
  targetNoise: number(0.2,
    "deviation of the noise that smooths a deterministic policy's target actions, in units of the half box"),
  targetNoiseClip: number(0.5, "limit of that noise"),
  networks: object({ hidden: [64, 64], activation: "tanh", layerNorm: false, initializer: "orthogonal" },
    "hidden layers, activation, layerNorm and initializer of the policy and value networks"),
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
