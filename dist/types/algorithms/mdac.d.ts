import type { OffPolicyAlgorithm } from "./algorithm.js";
/** Soft actor-critic whose critics also learn how likely the policy found its action, within bounds. */
export declare const mdac: OffPolicyAlgorithm;
