import type { OnPolicyAlgorithm } from "./algorithm.js";
/** REINFORCE with a learned baseline: Monte-Carlo returns minus V, one step per batch. */
export declare const reinforce: OnPolicyAlgorithm;
/** REINFORCE without a baseline: the discounted return itself weighs the score. */
export declare const reinforceWithoutBaseline: OnPolicyAlgorithm;
