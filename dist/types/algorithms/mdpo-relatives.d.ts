import type { OnPolicyAlgorithm } from "./algorithm.js";
export declare const mdpoTsallis: OnPolicyAlgorithm;
export declare const mdpoEuclidean: OnPolicyAlgorithm;
export declare const softmaxMdpo: OnPolicyAlgorithm;
export declare const onlineMirrorDescent: OnPolicyAlgorithm;
export declare const magneticMirrorDescent: OnPolicyAlgorithm;
export declare const warp: OnPolicyAlgorithm;
export declare const clippedMaximumAPosteriori: OnPolicyAlgorithm;
export declare const vMpo: OnPolicyAlgorithm;
