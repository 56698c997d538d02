import type { Geometry } from "./geometry.js";
/** A policy that the step stays near, in one state, and the weight b of its divergence. */
export interface WeightedPolicy {
    readonly policy: ArrayLike<number>;
    readonly weight: number;
}
/**
 * The step of the whole family in one state:
 *
 *     p' = argmax_p  <g, p> - sum_i b_i B_h(p, a_i) - lambda h(p)   over the simplex
 *        = grad h*( (g + sum_i b_i grad h(a_i)) / (sum_i b_i + lambda) )
 *
 * g is the linearization (Q or the advantage: a constant added to it changes nothing). Throws `invalid-shape` for
 * lengths that differ, `invalid-option` when nothing holds the step back or a number is out of range.
 */
export declare function proximalStep(geometry: Geometry, signal: ArrayLike<number>, anchors: readonly WeightedPolicy[], temperature?: number): Float64Array;
/** One anchor, the old policy, at step size t: p' = argmax <g, p> - 1/t B_h(p, p_k). */
export declare function mirrorStep(geometry: Geometry, policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number): Float64Array;
/**
 * The mirror step with regularization linearized at p_k, soft MDPO's: the old policy weighs 1/t - lambda and h lambda,
 * for negative entropy p' ~ p_k^{1 - lambda t} e^{t g}. At t = 1/lambda the old policy drops out (soft policy
 * iteration). Throws `invalid-option` for t outside (0, 1/lambda].
 */
export declare function softMirrorStep(geometry: Geometry, policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number, temperature: number): Float64Array;
/**
 * The exact step of the logit representation (sMDPO, Vaswani et al. 2022): p' ~ p_k max(0, 1 + t A), whose normalizer
 * is 1 where no term is cut, A the advantage under p_k.
 */
export declare function logitStep(policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number): Float64Array;
/**
 * The penalty with the old policy first, KL(p_k || p), as in TRPO's Lagrangian: p' = p_k / (t (nu - g)), nu above all
 * g so that the sum is 1. No Bregman step: it agrees with that of negative entropy for small t only.
 */
export declare function reverseKlStep(policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number): Float64Array;
