import { negativeEntropy } from "../maps/geometry/negative-entropy.ts";

/** How far a distribution is from another, for penalties and radii that need not be those of the step's map. */
export interface PolicyDivergence {
  readonly id: string;
  value(policy: ArrayLike<number>, other: ArrayLike<number>): number;
  /** With respect to the first. */
  gradient(policy: ArrayLike<number>, other: ArrayLike<number>): Float64Array;
}

/** KL(p || q). */
export const klDivergence: PolicyDivergence = {
  id: "kl",
  value: negativeEntropy.divergence,
  gradient: (policy, other) => {
    const [own, their] = [negativeEntropy.gradient(policy), negativeEntropy.gradient(other)];
    return own.map((g, a) => g - their[a]! + 1);
  },
};

/** KL(q || p). */
export const reverseKlDivergence: PolicyDivergence = {
  id: "reverse-kl",
  value: (policy, other) => negativeEntropy.divergence(other, policy),
  gradient: (policy, other) => Float64Array.from(policy, (p, a) => -other[a]! / p),
};

/** sum_a (p - q)^2 / q, which is 2 KL up to the third order. */
export const chiSquareDivergence: PolicyDivergence = {
  id: "chi-square",
  value: (policy, other) => {
    let sum = 0;
    for (let a = 0; a < policy.length; a++) {
      const apart = policy[a]! - other[a]!;
      if (apart !== 0) sum += apart * apart / other[a]!;
    }
    return sum;
  },
  gradient: (policy, other) => Float64Array.from(policy, (p, a) => 2 * (p - other[a]!) / other[a]!),
};
