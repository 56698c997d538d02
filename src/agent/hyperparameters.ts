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
  readonly secondDiscount: number;
  readonly secondLambda: number;
  readonly secondWeight: number;
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
  readonly advantageClip: number;
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
  learningRate: schedule(1e-3, "step of the policy's optimizer"),
  valueLearningRate: schedule(1e-3, "step of the critic's optimizer"),
  stepSize: schedule({ from: 1, to: 0 }, "t_k: the divergence is weighed by 1/t_k"),
  horizon: integer(256, "steps per copy and iteration; by default 2048 over all copies, fewer in short runs"),
  innerSteps: integer(10, "m: gradient steps on the whole batch per iteration"),
  epochs: integer(10, "passes over the batch, in minibatches"),
  minibatchSize: integer(128, "samples per minibatch"),
  valueEpochs: integer(5, "epochs of a separate critic"),
  valueMinibatchSize: integer(128, "samples per minibatch of a separate critic"),
  discount: share(0.99, "gamma"),
  gaeLambda: share(0.95, "lambda of generalized advantage estimation"),
  secondDiscount: share(0.9, "gamma of a second reward"),
  secondLambda: share(0.95, "lambda of a second reward"),
  secondWeight: number(0.005, "tau: weight of a second reward; 0: off"),
  clipRange: schedule(0.2, "epsilon of the clipped ratio"),
  valueClipRange: number(0, "how far a value may move in the clipped critic loss; 0: off"),
  klRadius: number(0.01, "delta: radius of the trust region"),
  klStop: number(0, "KL(old || new) that ends the iteration's steps; 0: off"),
  naturalStepSize: number(0.1, "eta of the natural policy gradient"),
  conjugateGradientSteps: integer(10, "iterations of conjugate gradient"),
  damping: number(0.1, "added to the diagonal of the Fisher matrix"),
  lineSearchSteps: integer(10, "halvings that the line search tries; 0: off", 0),
  entropyCoefficient: number(0, "weight of the entropy bonus"),
  valueCoefficient: number(0.5, "weight of the loss of a critic in the actor's steps"),
  maxGradientNorm: number(0.5, "global norm to which gradients are clipped; 0: off"),
  adamEpsilon: number(1e-5, "epsilon of Adam"),
  tsallisIndex: number(1, "q of the Tsallis divergence: 1 is KL, 2 squared distance", 1, 10),
  standardizeAdvantages: flag(true, "advantages get mean 0 and deviation 1"),
  normalizeObservations: flag(true, "running mean and deviation, clipped to +-10; part of the policy"),
  normalizerShare: share(0.25, "share of the run in which the observation normalizer learns"),
  normalizeRewards: flag(true, "rewards divided by the deviation of the running discounted return"),
  initialLogStd: number(0, "log of the initial deviation of continuous actions", -20, 5),
  stateDependentStd: flag(false, "the policy network also gives the log-std"),
  squash: flag(false, "continuous actions through tanh, scaled to their box"),
  scaleActions: flag(true, "continuous actions in units of the half box, from its middle"),
  exploration: object({ kind: "independent" },
    "noise while collecting: independent, autoregressive {correlation}, state-dependent {holdSteps}"),
  valueGain: number(0.1, "initial gain of the critic's last layer"),
  dualClip: number(3, "c: where A < 0, the surrogate is at least c A", 1),
  klCoefficient: number(1, "beta: weight of KL(old || new), at first where it adapts"),
  klTarget: number(0.01, "mean KL(old || new) that the weight adapts to"),
  klBound: number(0.2, "largest KL(old || new) of a state"),
  klBoundMargin: number(2, "how far below the bound its weight keeps the KL", 1),
  repairSteps: integer(200, "further steps until every state's KL is below the bound", 0),
  ratioTemperature: number(1e-3, "lambda: how softly the best ratio switches at the median", 1e-6),
  ratioBound: number(0.25, "mean |ratio - 1| that ends the steps, or where samples drop out"),
  preconditionerSharpness: number(4, "tau: how soon the slope falls off around ratio 1", 1e-6),
  anchorWeight: number(0.1, "weight of KL(new || anchor) of a further anchor"),
  anchorShare: share(0.05, "share of the new parameters when an anchor follows"),
  anchorDecay: share(0.99, "share that an anchor's mean keeps in each step; 0: the newest alone"),
  advantageShare: {
    ...share(0, "beta: share of temperature * log pi in a critic's target; auto: 1 - (1 - discount)^2"),
    words: ["auto"], default: "auto",
  },
  advantageBound: {
    kind: "word", words: ["clip", "tanh", "none"], default: "clip",
    meaning: "bound of x = temperature * log pi: clip(x / 10, -1, 1), tanh(x / 10) or x",
  },
  eliteShare: {
    kind: "number", minimum: 1e-6, maximum: 1, default: 0.1,
    meaning: "rho: share of a proposal's actions, the best by Q, that policies learn from",
  },
  proposalSamples: integer(30, "N: actions that a proposal draws at each state"),
  advantageClip: number(1, "c: advantages count up to +-c deviations"),
  temperatureRadius: number(0.01, "epsilon_eta: divergence of weights from even ones"),
  meanRadius: number(0.01, "epsilon_mu: KL allowed for moving the mean"),
  deviationRadius: number(5e-5, "epsilon_sigma: KL allowed for changing the deviation"),
  multiplierLearningRate: schedule(0.01, "step of an objective's multipliers"),
  batchSize: integer(256, "transitions per gradient step, drawn from replay"),
  bufferSize: integer(1_000_000, "transitions that replay keeps; by default all, at most a million"),
  warmupSteps: integer(1000, "random steps before the first gradient step", 0),
  trainFrequency: integer(1, "steps of each copy between gradient steps; divides the horizon"),
  updatesPerStep: number(1, "gradient steps per environment step, over all copies"),
  returnSteps: integer(1, "n: rewards in a critic's target before it bootstraps"),
  snapshotEvery: integer(1000, "m: gradient steps for which the old policy stays as it is"),
  temperature: {
    ...schedule(0.2, "lambda: weight of the entropy in the return; 0: off; learned: towards targetEntropy"),
    words: ["learned"],
  },
  initialTemperature: number(1, "where a learned temperature begins", 1e-6),
  targetEntropy: {
    kind: "number", words: ["auto"], default: "auto",
    meaning: "what a learned temperature aims at; auto: minus the number of continuous actions, in units of the half " +
      "box, 0.98 log n for n discrete ones",
  },
  critics: { ...integer(2, "Q networks; of two, targets take the lesser value"), maximum: 2 },
  valueNetwork: flag(false, "a network V beside Q: targets bootstrap from its copy, the policy climbs the first Q"),
  targetRate: share(0.005, "tau: share of new weights in each update of the targets"),
  targetEvery: integer(1, "gradient steps between updates of the targets"),
  proximalShare: share(0, "mu: share of the targets that critics go back to before each of their steps"),
  policyDelay: integer(1, "steps of the critics per step of the policy"),
  explorationNoise: number(0.1, "deviation of a deterministic policy's noise, in units of the half box"),
  targetNoise: number(0.2, "deviation of the noise on such a policy's target actions, in units of the half box"),
  targetNoiseClip: number(0.5, "limit of that noise"),
  networks: object({ hidden: [64, 64], activation: "tanh", layerNorm: false, initializer: "orthogonal" },
    "of the policy and of values: hidden layers, activation, layerNorm, initializer"),
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
