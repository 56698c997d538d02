import { BregmanError } from "../error.ts";
import { logSumExp } from "../maps/geometry/negative-entropy.ts";
import { log64 } from "../math/float64.ts";

// Losses of a critic that are matched to the mirror step of its actor (Vaswani, Kazemi, Babanezhad, Le Roux 2023):
// what the error of the critic costs in the bound of the improvement, not how large it is. Both are at most 0, are 0 at
// the true critic, and are MAXIMIZED over it. c weighs the actor's step: it moves with eta c / (eta + c).

/** 1 - c x is taken for no less than this. */
const floor = 1e-6;

/**
 * For the step on probabilities: E_p[Q_h - Q] - (1/c) log E_p e^{c (Q_h - Q)}, p the policy of one state. A shift of
 * Q_h changes nothing; for small c it is -(c/2) Var_p(Q_h - Q). Throws `invalid-option` unless c is positive.
 */
export function directCriticLoss(
  policy: ArrayLike<number>, q: ArrayLike<number>, critic: ArrayLike<number>, c: number,
): number {
  checkWeight(c);
  let mean = 0;
  const exponents = Float64Array.from(policy, (p, a) => {
    const error = critic[a]! - q[a]!;
    mean += p * error;
    return log64(p) + c * error;
  });
  return mean - logSumExp(exponents) / c;
}

/**
 * For the step on logits: -(1/c) E_p[(1 - c D) log(1 - c D)] with D = A - A_h, the error of the advantages.
 * Throws `invalid-option` unless c is positive.
 */
export function softmaxCriticLoss(
  policy: ArrayLike<number>, q: ArrayLike<number>, critic: ArrayLike<number>, c: number,
): number {
  checkWeight(c);
  let mean = 0;
  for (let a = 0; a < policy.length; a++) mean += policy[a]! * (q[a]! - critic[a]!);
  let sum = 0;
  for (let a = 0; a < policy.length; a++) {
    const rest = Math.max(floor, 1 - c * (q[a]! - critic[a]! - mean));
    sum -= policy[a]! * rest * log64(rest) / c;
  }
  return sum;
}

/** eta c / (eta + c): the step of an actor whose critic is fitted with weight c. */
export const matchedStepSize = (stepSize: number, c: number): number => (stepSize * c) / (stepSize + c);

function checkWeight(c: number): void {
  if (c > 0 && c < Infinity) return;
  throw new BregmanError("invalid-option", `decision-aware loss: expected a positive weight c, got ${c}`);
}
