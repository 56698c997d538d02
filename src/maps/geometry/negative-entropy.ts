import { exp64, log64 } from "../../math/float64.ts";
import type { Geometry } from "./geometry.ts";
import { separable } from "./separable.ts";
import { highestOf, normalized, sumOf } from "./vectors.ts";

/** h(p) = sum_a p log p: B_h = KL(p || q), steps by multiplicative weights. Actions of probability 0 keep it. */
export const negativeEntropy: Geometry = separable({
  id: "kl",
  name: "negative entropy",
  formula: "sum_a p log p",
  project: softmax,
  divergence: (policy, oldPolicy) => {
    let sum = 0;
    for (let a = 0; a < policy.length; a++) {
      const [p, q] = [policy[a]!, oldPolicy[a]!];
      if (p > 0 && p !== q) sum += p * (log64(p) - log64(q));
    }
    return sum + sumOf(oldPolicy) - sumOf(policy);
  },
}, {
  value: (x) => (x === 0 ? 0 : x * log64(x)),
  derivative: (x) => log64(x) + 1,
  inverse: (y) => exp64(y - 1),
});

export function softmax(logits: ArrayLike<number>): Float64Array {
  const highest = highestOf(logits);
  return normalized(Float64Array.from(logits, (logit) => exp64(logit - highest)));
}

/** log sum_a e^{z_a}, the conjugate of negative entropy on the simplex. */
export function logSumExp(logits: ArrayLike<number>): number {
  const highest = highestOf(logits);
  let sum = 0;
  for (let a = 0; a < logits.length; a++) sum += exp64(logits[a]! - highest);
  return highest + log64(sum);
}
