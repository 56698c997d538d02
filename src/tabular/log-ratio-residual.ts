import { logSumExp } from "../maps/geometry/negative-entropy.ts";
import { dot } from "../maps/geometry/vectors.ts";
import { log64 } from "../math/float64.ts";

/**
 * The residuals r - tau log Z - tau log(pi / pi_i) of each action: zero everywhere at pi = pi_i e^{r / tau} / Z, the
 * mirror step of size 1/tau. Kimi's online mirror descent minimizes their squares over samples of pi_i, with the mean
 * reward of a group in place of `normalizer` = tau log Z, which it cannot know (Kimi Team 2025, section 2.3).
 */
export function logRatioResiduals(
  policy: ArrayLike<number>, oldPolicy: ArrayLike<number>, rewards: ArrayLike<number>, temperature: number,
  normalizer = exactNormalizer(oldPolicy, rewards, temperature),
): Float64Array {
  return Float64Array.from(rewards, (r, a) =>
    r - normalizer - temperature * (log64(policy[a]!) - log64(oldPolicy[a]!)));
}

/** tau log sum_a pi_i(a) e^{r(a) / tau}. */
export function exactNormalizer(
  oldPolicy: ArrayLike<number>, rewards: ArrayLike<number>, temperature: number,
): number {
  return temperature * logSumExp(Float64Array.from(rewards, (r, a) => log64(oldPolicy[a]!) + r / temperature));
}

/** The mean of the rewards under the old policy: what stands for the normalizer. At most as large (Jensen). */
export function groupNormalizer(oldPolicy: ArrayLike<number>, rewards: ArrayLike<number>): number {
  return dot(oldPolicy, rewards);
}
