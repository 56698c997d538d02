import type { Tensor } from "../tensor/index.js";
/**
 * Normalized log-probabilities of logits; where the mask (i32, same shape) is 0 the choice is forbidden. All forbidden:
 * uniform.
 */
export declare function normalized(logits: Tensor, mask?: Tensor): Tensor;
/** The log-probability of choice [...] i32. A choice that does not exist gets 0. */
export declare function selected(logProbs: Tensor, choice: Tensor): Tensor;
/** -sum p log p, in nats. */
export declare function entropyOf(logProbs: Tensor): Tensor;
/** KL(p || q) = sum p (log p - log q), in nats. */
export declare function klOf(logProbs: Tensor, other: Tensor): Tensor;
