import type { OffPolicyAlgorithm } from "./algorithm.js";
/**
 * Twin delayed deterministic policy gradient: the lesser of two critics at a noisy target action, a slower policy.
 * Fujimoto et al. 2018 (Addressing Function Approximation Error in Actor-Critic Methods).
 */
export declare const td3: OffPolicyAlgorithm;
