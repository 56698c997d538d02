import type { Activation } from "../nn/activations.js";
import type { WeightInitializer } from "../nn/mlp.js";
import type { Schedule } from "../schedules/schedule.js";
/** Sizes and activation of the policy and value networks (two separate ones of the same form). */
export interface NetworkOptions {
    readonly hidden: readonly number[];
    readonly activation: Activation;
    readonly layerNorm: boolean;
    readonly initializer: WeightInitializer;
}
/** How actions are drawn while collecting: independently, or with noise that persists (continuous actions only). */
export type ExplorationOptions = {
    readonly kind: "independent";
} | {
    readonly kind: "autoregressive";
    readonly correlation: number;
} | {
    readonly kind: "state-dependent";
    readonly holdSteps: number;
};
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
/**
 * Default and meaning of each, then the least and the largest where they are not 0 (1 for integers) and Infinity. The
 * defaults are what learns on an unknown task without a preset; each algorithm may change them. 0 switches a limit off.
 */
export declare const table: {
    readonly [K in keyof Hyperparameters]: HyperparameterInfo;
};
/** The defaults of `table`. */
export declare function defaultHyperparameters(): Hyperparameters;
/** What a caller gives: some of the hyperparameters, `networks` in part. */
export type PartialHyperparameters = Partial<Omit<Hyperparameters, "networks">> & {
    readonly networks?: Partial<NetworkOptions>;
};
/**
 * Later sets win. Throws `unknown-option` for a name that does not exist (with the nearest that do) and
 * `invalid-option` for a value out of range.
 */
export declare function mergeHyperparameters(...sets: readonly (PartialHyperparameters | undefined)[]): Hyperparameters;
