import { type Shape } from "./shape.js";
import { Tensor } from "./tensor.js";
/** The same elements in row-major order under another shape; one axis may be -1 and takes what is left. */
export declare function reshape(x: Tensor, shape: Shape): Tensor;
/** Broadcasts to `shape` by NumPy's rule. */
export declare function expand(x: Tensor, shape: Shape): Tensor;
/** Axis i of the result is axis `axes[i]` of x. */
export declare function permute(x: Tensor, axes: readonly number[]): Tensor;
/** Elements `start <= index < stop` along `axis`. */
export declare function slice(x: Tensor, axis: number, start: number, stop: number): Tensor;
/** Joins tensors along `axis`. */
export declare function concat(tensors: readonly Tensor[], axis: number): Tensor;
