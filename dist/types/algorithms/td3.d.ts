import type { OffPolicyAlgorithm } from "./algorithm.js";
/** Twin delayed deterministic policy gradient: the lesser of two critics at a noisy target action, a slower policy. */
export declare const td3: OffPolicyAlgorithm;
