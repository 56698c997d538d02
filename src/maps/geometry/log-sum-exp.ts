import { log64 } from "../../math/float64.ts";
import type { Geometry } from "./geometry.ts";
import { logSumExp as value, negativeEntropy, softmax } from "./negative-entropy.ts";
import { dot } from "./vectors.ts";

/**
 * h(z) = log sum_a e^{z_a} on LOGITS: the map of the reverse divergence, for B_h(z, z') = KL(softmax z' || softmax z),
 * old policy first (Vaswani et al. 2022, the softmax representation). Here `policy` stands for logits and `dual` for
 * probabilities: gradient z -> softmax z, inverse p -> log p, conjugate p -> sum p log p. A linear functional of logits
 * has no maximum, so that `project` is the inverse, up to a constant.
 */
export const logSumExp: Geometry = {
  id: "reverse-kl",
  name: "log-sum-exp of logits",
  formula: "log sum_a e^z",
  value,
  gradient: softmax,
  inverse: (dual) => Float64Array.from(dual, log64),
  project: (dual) => Float64Array.from(dual, log64),
  conjugate: (dual) => negativeEntropy.value(dual),
  divergence: (logits, oldLogits) => {
    const old = softmax(oldLogits);
    return Math.max(0, value(logits) - value(oldLogits) - dot(old, logits) + dot(old, oldLogits));
  },
};
