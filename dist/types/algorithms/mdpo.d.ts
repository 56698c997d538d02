import type { OnPolicyAlgorithm } from "./algorithm.js";
/** On-policy mirror descent policy optimization: m gradient steps on the whole batch towards the mirror step. */
export declare const mdpo: OnPolicyAlgorithm;
