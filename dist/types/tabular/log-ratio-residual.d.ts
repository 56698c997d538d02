/**
 * The residuals r - tau log Z - tau log(pi / pi_i) of each action: zero everywhere at pi = pi_i e^{r / tau} / Z, the
 * mirror step of size 1/tau. Kimi's online mirror descent minimizes their squares over samples of pi_i, with the mean
 * reward of a group in place of `normalizer` = tau log Z, which it cannot know (Kimi Team 2025, section 2.3).
 */
export declare function logRatioResiduals(policy: ArrayLike<number>, oldPolicy: ArrayLike<number>, rewards: ArrayLike<number>, temperature: number, normalizer?: number): Float64Array;
/** tau log sum_a pi_i(a) e^{r(a) / tau}. */
export declare function exactNormalizer(oldPolicy: ArrayLike<number>, rewards: ArrayLike<number>, temperature: number): number;
/** The mean of the rewards under the old policy: what stands for the normalizer. At most as large (Jensen). */
export declare function groupNormalizer(oldPolicy: ArrayLike<number>, rewards: ArrayLike<number>): number;
