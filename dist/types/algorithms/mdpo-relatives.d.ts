import type { OnPolicyAlgorithm } from "./algorithm.js";
export declare const mdpoTsallis: OnPolicyAlgorithm;
export declare const mdpoEuclidean: OnPolicyAlgorithm;
export declare const vMpo: OnPolicyAlgorithm;
