import type { OnPolicyAlgorithm } from "./algorithm.js";
/**
 * Advantage actor-critic, synchronous: one step of actor and critic on short rollouts. Mnih et al. 2016 (Asynchronous
 * Methods for Deep Reinforcement Learning).
 */
export declare const a2c: OnPolicyAlgorithm;
