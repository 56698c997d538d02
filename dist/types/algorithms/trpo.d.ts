import type { OnPolicyAlgorithm } from "./algorithm.js";
/** Trust region policy optimization: the natural gradient scaled to a KL radius, and a line search. */
export declare const trpo: OnPolicyAlgorithm;
