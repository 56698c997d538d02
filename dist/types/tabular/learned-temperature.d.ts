import type { TemperatureRule } from "./policy-mirror-descent.js";
/**
 * The temperature moved so that the policy's entropy, its mean over all states, meets a target (Haarnoja et al. 2018,
 * SAC's learned temperature, on its logarithm): log lambda <- log lambda + rate (target - entropy) each iteration.
 * Throws `invalid-option` unless `first`, `target` and `rate` are positive numbers.
 */
export declare function learnedTemperature(actions: number, { first, target, rate }: {
    first?: number;
    target: number;
    rate?: number;
}): TemperatureRule;
