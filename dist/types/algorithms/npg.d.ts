import type { OnPolicyAlgorithm } from "./algorithm.js";
/** The natural policy gradient: TRPO's direction with a step of fixed size and no line search. */
export declare const npg: OnPolicyAlgorithm;
