import type { Distribution } from "../distributions/distribution.js";
import type { Tensor } from "../tensor/index.js";
/** What is known of the actions taken, [B] each; getters, so that what a divergence does not touch is never traced. */
export interface DivergenceFacts {
    /** pi(a|s) / pi_old(a|s). */
    readonly ratio: Tensor;
    readonly logProb: Tensor;
    readonly oldLogProb: Tensor;
}
/** A mirror map h by its Bregman divergence B(p, q) = h(p) - h(q) - <grad h(q), p - q>. */
export interface MirrorMap {
    readonly id: string;
    readonly name: string;
    readonly formula: string;
    /**
     * B(new, old) at each state [B], in closed form where the distributions have one; else an unbiased estimate from the
     * actions taken by the old policy.
     */
    divergence(newDistribution: Distribution, oldDistribution: Distribution, facts: DivergenceFacts): Tensor;
}
