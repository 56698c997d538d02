import type { OffPolicyAlgorithm } from "./algorithm.js";
/** Off-policy mirror descent policy optimization: steps from a policy that stays frozen for m gradient steps. */
export declare const mdpoOffPolicy: OffPolicyAlgorithm;
