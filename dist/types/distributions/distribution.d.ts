import type { ParameterSpec, Parameters } from "../nn/module.js";
import type { Tensor } from "../tensor/index.js";
/**
 * A batch of distributions over actions, one a row. `action` is f32 [B, actionSize] for continuous and mixed heads and
 * i32 [B, actionSize] for discrete ones; where a continuous action is squashed, it is the value BEFORE the squashing
 * (never invert a tanh).
 */
export interface Distribution {
    /** log p(action) [B]. */
    logProb(action: Tensor): Tensor;
    /** Entropy in nats [B]; where there is no closed form (squashed), an estimate that the file names. */
    entropy(): Tensor;
    /** KL(this || other) [B] in closed form, summed over action dimensions. */
    kl(other: Distribution): Tensor;
    /** The most likely action (before squashing). */
    mode(): Tensor;
    /** A sample from `state` (i32 [4], see `randomBits`); `salt` keeps draws of one program apart. */
    sample(state: Tensor, salt: number): Tensor;
    /** Discrete heads of one component: log p of every action, [B, n]; undefined elsewhere. */
    readonly logProbs?: Tensor;
    /** Gaussian heads: KL(this || other) of a move of the mean alone, and of the deviation alone, [B] each. */
    klParts?(other: Distribution): readonly [mean: Tensor, deviation: Tensor];
    /** Continuous heads: log p of each action dimension apart, [B, actionSize]; their sum is `logProb`. */
    dimensionLogProbs?(action: Tensor): Tensor;
}
/**
 * How a policy network's output becomes a distribution. `parametersOf` gives everything that the distribution needs as
 * one row of numbers, f32 [B, parameterCount], which can be stored (the old policy) and turned into a distribution
 * again.
 */
export interface PolicyHead {
    readonly kind: "categorical" | "multi-categorical" | "gaussian" | "squashed-gaussian" | "deterministic" | "mixed";
    /** How many outputs the policy network has to have. */
    readonly outputs: number;
    readonly actionSize: number;
    readonly actionType: "f32" | "i32";
    /** Free parameters beside the network's (a state-independent log-std, the noise scales of gSDE). */
    readonly parameters: readonly ParameterSpec[];
    readonly parameterCount: number;
    /** Length of the row of noise that correlated exploration conditions on (0 without). */
    readonly explorationSize: number;
    parametersOf(inputs: HeadInputs): Tensor;
    distribution(parameters: Tensor): Distribution;
    /**
     * One correlated action: the action, and the noise row of the next step. Only where `explorationSize` > 0; elsewhere
     * use `sample`. `renew` is i32 [1]: 1 where held noise is drawn anew (gSDE), ignored by AR(1).
     */
    explore?(inputs: HeadInputs, state: Tensor, salt: number, renew: Tensor): {
        readonly action: Tensor;
        readonly exploration: Tensor;
    };
    /** What the environment gets for an action: squashed and scaled for squashed heads, the same tensor elsewhere. */
    toEnvironment(action: Tensor): Tensor;
    /** What critics see of an action and replay keeps: within [-1, 1] where the head is bounded, else the action. */
    toUnit(action: Tensor): Tensor;
    /** From there to the environment: `toEnvironment` is `fromUnit` after `toUnit`. */
    fromUnit(unit: Tensor): Tensor;
}
export interface HeadInputs {
    /** Network output [B, outputs] and last hidden layer [B, featureCount]. */
    readonly output: Tensor;
    readonly features: Tensor;
    /** The head's own parameters by name. */
    readonly parameters: Parameters;
    /** Noise row [B, explorationSize] that the action is conditioned on. */
    readonly exploration?: Tensor | undefined;
    /** i32 [B, options of all choices], 1 = allowed, where there are choices. */
    readonly actionMask?: Tensor | undefined;
}
