import { Tensor, type ReduceKind } from "./tensor.js";
export interface ReduceOptions {
    readonly keepDims?: boolean;
}
/** Sum, maximum or minimum of x over `axes` (all by default), which go, or stay with size 1 under `keepDims`. */
export declare function reduce(kind: ReduceKind, x: Tensor, axes?: number | readonly number[], options?: ReduceOptions): Tensor;
/** Index of the first maximum along `axis`, i32. */
export declare function argmax(x: Tensor, axis?: number): Tensor;
/**
 * y = a b (+ bias): a [..., M, K], b [..., K, N], leading axes broadcast, bias [N]. A side may be a `transpose`, a view
 * that the kernel reads in place. Each element is one f32 accumulator that starts at the bias and takes k ascending.
 */
export declare function matmul(a: Tensor, b: Tensor, bias?: Tensor): Tensor;
/**
 * A linear recurrence along axis 0: y[t] = x[t] + a[t] y[t-1], or with `reverse` y[t] = x[t] + a[t] y[t+1]; y is 0
 * before the start. A zero in `a` cuts the sequence: with a = discount * (1 - end) this is the segmented scan of
 * returns and advantages.
 */
export declare function linearScan(x: Tensor, a: Tensor, options?: {
    readonly reverse?: boolean;
}): Tensor;
