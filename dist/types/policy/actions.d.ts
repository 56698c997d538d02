import { type Space } from "../envs/spaces.js";
export type Action = number | Float32Array | Int32Array;
/**
 * From the numbers that a policy computes to actions as the environment takes them: `size` numbers in rows of `width`.
 * Those of a box are clipped to it: the network scores the unclipped one.
 */
export declare function writeActions(space: Space, actions: Float32Array | Int32Array, size: number, width: number, out: Float32Array | Int32Array): void;
