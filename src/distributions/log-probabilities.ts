import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";

// Distributions over n choices as log-probabilities along the last axis, [..., n]. A forbidden choice has about -1e9:
// its probability is exactly 0, and 0 times its logarithm is 0, in values and in gradients.

/**
 * Normalized log-probabilities of logits; where the mask (i32, same shape) is 0 the choice is forbidden. All forbidden:
 * uniform.
 */
export function normalized(logits: Tensor, mask?: Tensor): Tensor {
  return t.logSoftmax(mask ? t.where(t.greater(mask, 0), logits, -1e9) : logits);
}

/** The log-probability of choice [...] i32. A choice that does not exist gets 0. */
export function selected(logProbs: Tensor, choice: Tensor): Tensor {
  const chosen = t.equal(t.iota(logProbs.shape, logProbs.rank - 1), t.expandDims(choice, -1));
  return t.sum(t.where(chosen, logProbs, 0), -1);
}

/** -sum p log p, in nats. */
export function entropyOf(logProbs: Tensor): Tensor {
  return t.neg(t.sum(t.mul(t.exp(logProbs), logProbs), -1));
}

/** KL(p || q) = sum p (log p - log q), in nats. */
export function klOf(logProbs: Tensor, other: Tensor): Tensor {
  return t.sum(t.mul(t.exp(logProbs), t.sub(logProbs, other)), -1);
}
