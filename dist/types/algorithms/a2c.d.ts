import type { OnPolicyAlgorithm } from "./algorithm.js";
/** Advantage actor-critic, synchronous: one step of actor and critic on short rollouts. */
export declare const a2c: OnPolicyAlgorithm;
