import type { Distribution } from "../distributions/distribution.js";
import type { Tensor } from "../tensor/index.js";
import type { DivergenceFacts, MirrorMap } from "./mirror-map.js";
/**
 * B(p, p_k) of distributions that list all their probabilities, [B]:
 *
 *     B = sum p (lq(p) - q lq(p_k)) + sum p_k^q - 1
 *       = sum p (lq(p) - lq(p_k)) + (q - 1) (p_k - p) lq(p_k)
 *
 * The second form is the one computed: it is exactly 0 at p = p_k and tends to KL(p || p_k) without cancellation. q = 2
 * gives the squared Euclidean distance. Throws `invalid-option` for q below 1 and for distributions without `logProbs`.
 */
export declare function tsallisDivergence(p: Distribution, oldP: Distribution, index: number): Tensor;
/**
 * An unbiased estimate of the same divergence from actions of the old policy, for densities as well, [B]: with r the
 * ratio,
 *
 *     p_k^{q-1} (r lq(r) - (r - 1))
 *
 * This is r (lq(p) - q lq(p_k)) + p_k^{q-1} - 1 less (r - 1), whose mean is 0: the sample is then never negative and
 * vanishes with its gradient at p = p_k. (q = 1: r log r - r + 1.) Against overflow log r stops at 20 and (q - 1) log
 * p_k at 40. The authors' on-policy code has mean(lq(p) - lq(p_k)) without ratio and factor q, which is no divergence.
 */
export declare function tsallisSample({ logProb, oldLogProb }: DivergenceFacts, index: number): Tensor;
/**
 * The map of index q: MDPO's Tsallis variant. In closed form for one discrete choice, from samples elsewhere; q = 1 is
 * `kl`.
 */
export declare function tsallis(index: number): MirrorMap;
/** lq(x) = (x^{q-1} - 1) / (q - 1) of log x: log x itself at q = 1. (q - 1) log x stops at 40, against overflow. */
export declare function qLogarithm(logX: Tensor, index: number): Tensor;
