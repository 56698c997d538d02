import type { OnPolicyAlgorithm } from "./algorithm.js";
export declare const klPpo: OnPolicyAlgorithm;
export declare const adaptiveKlPpo: OnPolicyAlgorithm;
export declare const ppoDualClip: OnPolicyAlgorithm;
export declare const spo: OnPolicyAlgorithm;
export declare const bpo: OnPolicyAlgorithm;
export declare const discoveredPolicyOptimization: OnPolicyAlgorithm;
export declare const fixPo: OnPolicyAlgorithm;
