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
    /** Scheduled hyperparameters as scalars: `stepSize`, `clipRange`, ... */
    readonly stepSize: Tensor;
    readonly clipRange: Tensor;
}
/** A published surrogate: a pure function from quantities to the scalar that the solver MAXIMIZES. */
export interface Objective {
    readonly id: string;
    /** The equation on one line, for `bregman list objectives`. */
    readonly formula: string;
    readonly paper: string;
    readonly surrogate: (quantities: Quantities) => Tensor;
}
