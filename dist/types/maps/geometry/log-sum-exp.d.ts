import type { Geometry } from "./geometry.js";
/**
 * h(z) = log sum_a e^{z_a} on LOGITS: the map of the reverse divergence, for B_h(z, z') = KL(softmax z' || softmax z),
 * old policy first (Vaswani et al. 2022, the softmax representation). Here `policy` stands for logits and `dual` for
 * probabilities: gradient z -> softmax z, inverse p -> log p, conjugate p -> sum p log p. A linear functional of logits
 * has no maximum, so that `project` is the inverse, up to a constant.
 */
export declare const logSumExp: Geometry;
