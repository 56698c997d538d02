import type { OffPolicyAlgorithm } from "./algorithm.js";
/**
 * Soft actor-critic. By default its later form, with targets from copies of two critics and a learned temperature
 * (Haarnoja et al. 2018b); `valueNetwork: true` and a number as `temperature` give the first.
 */
export declare const sac: OffPolicyAlgorithm;
