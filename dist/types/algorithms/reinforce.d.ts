import type { OnPolicyAlgorithm } from "./algorithm.js";
/**
 * REINFORCE with a learned baseline: Monte-Carlo returns minus V, one step per batch. Williams 1992 (Simple statistical
 * gradient-following algorithms for connectionist reinforcement learning).
 */
export declare const reinforce: OnPolicyAlgorithm;
/** REINFORCE without a baseline: the discounted return itself weighs the score. */
export declare const reinforceWithoutBaseline: OnPolicyAlgorithm;
