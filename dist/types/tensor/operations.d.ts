import { type Shape } from "./shape.js";
import { Tensor, type BinaryOp, type DType, type Operand, type ReduceKind, type UnaryOp } from "./tensor.js";
/** A tensor that the caller provides: data, parameters, state. `name` is what a program's buffers are called by. */
export declare function input(name: string, shape: Shape, dtype?: "f32" | "i32"): Tensor;
/** A scalar constant. */
export declare function constant(value: number, dtype?: "f32" | "i32"): Tensor;
/** `value` at every element of `shape`. */
export declare function full(shape: Shape, value: number, dtype?: "f32" | "i32"): Tensor;
/** The index along `axis` at every element, i32. */
export declare function iota(shape: Shape, axis: number): Tensor;
/** The value of a tensor that is one constant everywhere, else undefined. */
export declare function constantValue(tensor: Tensor): number | undefined;
export declare function asTensor(operand: Operand, dtype: DType): Tensor;
export declare function unary(op: UnaryOp, x: Tensor): Tensor;
export declare function binary(op: BinaryOp, left: Operand, right: Operand): Tensor;
/** `condition ? a : b`, elementwise. */
export declare function where(condition: Tensor, left: Operand, right: Operand): Tensor;
/** Converts between dtypes: bool gives 1 and 0; f32 to i32 truncates towards zero; i32 to bool tests for non-zero. */
export declare function cast(x: Tensor, dtype: DType): Tensor;
/** The same value; no gradient flows through it. */
export declare function stopGradient(x: Tensor): Tensor;
export declare function reshape(x: Tensor, shape: Shape): Tensor;
/** Broadcasts to `shape` by NumPy's rule. */
export declare function expand(x: Tensor, shape: Shape): Tensor;
/** Axis i of the result is axis `axes[i]` of x. */
export declare function permute(x: Tensor, axes: readonly number[]): Tensor;
/** Elements `start <= index < stop` along `axis`. */
export declare function slice(x: Tensor, axis: number, start: number, stop: number): Tensor;
/** Joins tensors along `axis`. */
export declare function concat(tensors: readonly Tensor[], axis: number): Tensor;
export interface ReduceOptions {
    readonly keepDims?: boolean;
}
export declare function reduce(kind: ReduceKind, x: Tensor, axes?: number | readonly number[], options?: ReduceOptions): Tensor;
/** Index of the first maximum along `axis`, i32. */
export declare function argmax(x: Tensor, axis?: number): Tensor;
/**
 * y = a b (+ bias): a [..., M, K], b [..., K, N], leading axes broadcast, bias [N]. Transpose a side with `transpose`: it is a
 * view that the kernel reads in place. Each element is one f32 accumulator that starts at the bias and takes k ascending.
 */
export declare function matmul(a: Tensor, b: Tensor, bias?: Tensor): Tensor;
/** y[i, ...] = x[index[i], ...]: rows of x [R, ...] by an i32 index of any shape. Indices outside are clamped. */
export declare function gatherRows(x: Tensor, index: Tensor): Tensor;
/** The adjoint of `gatherRows`: y [rows, ...] starts at 0 and y[index[i]] += x[i], i ascending. */
export declare function scatterAddRows(x: Tensor, index: Tensor, rows: number): Tensor;
/** y[.., j, ..] = x[.., index[.., j, ..], ..] along `axis`; index has x's shape but for that axis. Indices outside are clamped. */
export declare function takeAlongAxis(x: Tensor, index: Tensor, axis: number): Tensor;
/** The adjoint of `takeAlongAxis`: y has `size` along `axis`, starts at 0 and takes x[.., j, ..] at index[.., j, ..], j ascending. */
export declare function scatterAddAlongAxis(x: Tensor, index: Tensor, axis: number, size: number): Tensor;
/** `takeAlongAxis` on its normal form: x [outer, size, inner], index [outer, n, inner]. */
export declare function takeAlong(x: Tensor, index: Tensor): Tensor;
export declare function scatterAddAlong(x: Tensor, index: Tensor, size: number): Tensor;
/**
 * A linear recurrence along axis 0: y[t] = x[t] + a[t] y[t-1], or with `reverse` y[t] = x[t] + a[t] y[t+1]; y is 0 before the
 * start. A zero in `a` cuts the sequence: with a = discount * (1 - end) this is the segmented scan of returns and advantages.
 */
export declare function linearScan(x: Tensor, a: Tensor, options?: {
    readonly reverse?: boolean;
}): Tensor;
/**
 * Random words, i32: element i is word i mod 4 of Philox4x32-10 at counter (floor(i/4), salt, draw, stream) under the key, all
 * four from `state`, i32 [4] = [key0, key1, draw, stream]. `salt` keeps several draws of one program apart.
 */
export declare function randomBits(state: Tensor, shape: Shape, salt: number): Tensor;
