import type { Algorithm } from "./algorithm.js";
/** REINFORCE with a learned baseline: Monte-Carlo returns minus V, one step per batch. */
export declare const reinforce: Algorithm;
/** REINFORCE without a baseline: the discounted return itself weighs the score. */
export declare const reinforceWithoutBaseline: Algorithm;
