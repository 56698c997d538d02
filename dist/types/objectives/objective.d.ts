import type { Tensor } from "../tensor/index.js";
/**
 * What a surrogate may talk about: one value a sample, [B], unless said. All of it is lazy: what an objective does not
 * touch is not traced and costs nothing.
 */
export interface Quantities {
    /** log pi(a|s) under the parameters being optimized, and under the old policy (a constant). */
    readonly logProb: Tensor;
    readonly oldLogProb: Tensor;
    /** pi(a|s) / pi_old(a|s). */
    readonly ratio: Tensor;
    readonly advantage: Tensor;
    readonly entropy: Tensor;
    /**
     * KL(pi || pi_old), the direction of mirror descent, and KL(pi_old || pi), that of TRPO; closed form, summed over
     * action dimensions.
     */
    readonly kl: Tensor;
    readonly reverseKl: Tensor;
    /** B_h(pi, pi_old) of the algorithm's mirror map. */
    readonly divergence: Tensor;
    /**
     * KL(pi_old || pi) in two parts: of moving the mean alone, and the deviation alone. What is not Gaussian has all of
     * it in the first.
     */
    readonly reverseKlParts: readonly [mean: Tensor, deviation: Tensor];
    /** The critic's values, a constant, and what it learns from. */
    readonly value: Tensor;
    readonly return: Tensor;
    /** u(s), where the objective has a loss for it. */
    readonly median: Tensor;
    /** Whether the advantage is in the upper half of the batch. */
    readonly isUpperHalf: Tensor;
    /** Scheduled hyperparameters as scalars: `stepSize`, `clipRange`, ... */
    readonly stepSize: Tensor;
    readonly clipRange: Tensor;
    /** The policy of one of the method's anchors that has parameters of its own, a constant. */
    anchor(name: string): AnchorQuantities;
    /** A hyperparameter that stays as it is. */
    parameter(name: ParameterName): number;
    /** A multiplier of the objective: a constant in the surrogate, the variable in its own loss. */
    multiplier(name: string): Tensor;
}
/** What an anchor gives, [B] each: log of its probability of the action, KL(pi || anchor) and KL(anchor || pi). */
export interface AnchorQuantities {
    readonly logProb: Tensor;
    readonly kl: Tensor;
    readonly reverseKl: Tensor;
}
export type ParameterName = "dualClip" | "klCoefficient" | "klTarget" | "klBound" | "klBoundMargin" | "ratioTemperature" | "temperatureRadius" | "meanRadius" | "deviationRadius" | "ratioBound" | "preconditionerSharpness" | "anchorWeight" | "anchorShare" | "anchorDecay" | "advantageClip";
/** A positive number that the method moves with the policy: a weight of a divergence, a temperature. */
export interface Multiplier {
    /** Its first value: a hyperparameter's, or a number. */
    readonly initial: number | ParameterName;
    /** What it descends, by Adam, in each gradient step. */
    readonly loss?: (quantities: Quantities) => Tensor;
    /** Or what it becomes once an iteration, from the whole batch and the new policy. */
    readonly next?: (quantities: Quantities) => Tensor;
}
/** A published surrogate: a pure function from quantities to the scalar that the solver MAXIMIZES. */
export interface Objective {
    readonly id: string;
    /** The equation on one line, for `bregman list objectives`. */
    readonly formula: string;
    readonly paper: string;
    readonly surrogate: (quantities: Quantities) => Tensor;
    /** Whether ratios are clipped to 1 +- `clipRange`: the record then has the share of samples, `clipFraction`. */
    readonly clips?: true;
    readonly multipliers?: Readonly<Record<string, Multiplier>>;
    /** Ends an iteration's steps once `measure` passes the bound, in place of the KL divergence. */
    readonly stop?: {
        readonly bound: ParameterName;
        readonly measure: (quantities: Quantities) => Tensor;
    };
    /** A loss, minimized, of one more network of the critic's form, u(s); half of it joins a joint critic's loss. */
    readonly medianLoss?: (quantities: Quantities) => Tensor;
    /** After the steps, more on the whole batch: while `violated`, down `loss`. */
    readonly repair?: (quantities: Quantities) => {
        readonly violated: Tensor;
        readonly loss: Tensor;
    };
}
