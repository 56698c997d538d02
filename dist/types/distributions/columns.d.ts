import type { Tensor } from "../tensor/index.js";
/** Columns `start` to `stop` of a matrix; where it was just joined from parts, the part itself: nothing is stored. */
export declare function columns(matrix: Tensor, start: number, stop: number): Tensor;
/** A constant vector. */
export declare function constantVector(values: ArrayLike<number>): Tensor;
