import type { Algorithm } from "./algorithm.js";
/** Advantage actor-critic, synchronous: one step of actor and critic on short rollouts. */
export declare const a2c: Algorithm;
