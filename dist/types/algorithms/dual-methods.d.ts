import type { OffPolicyAlgorithm } from "./algorithm.js";
export declare const approximateMirrorPolicyOptimization: OffPolicyAlgorithm;
export declare const dualApproximationPolicyOptimization: OffPolicyAlgorithm;
