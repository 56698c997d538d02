import type { OnPolicyAlgorithm } from "./algorithm.js";
/**
 * The natural policy gradient: TRPO's direction with a step of fixed size and no line search. Kakade 2001 (A Natural
 * Policy Gradient).
 */
export declare const npg: OnPolicyAlgorithm;
