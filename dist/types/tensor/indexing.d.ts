import { Tensor } from "./tensor.js";
/** y[i, ...] = x[index[i], ...]: rows of x [R, ...] by an i32 index of any shape. Indices outside are clamped. */
export declare function gatherRows(x: Tensor, index: Tensor): Tensor;
/** The adjoint of `gatherRows`: y [rows, ...] starts at 0 and y[index[i]] += x[i], i ascending. */
export declare function scatterAddRows(x: Tensor, index: Tensor, rows: number): Tensor;
/**
 * y[.., j, ..] = x[.., index[.., j, ..], ..] along `axis`; index has x's shape but for that axis.
 * Indices outside are clamped.
 */
export declare function takeAlongAxis(x: Tensor, index: Tensor, axis: number): Tensor;
/**
 * The adjoint of `takeAlongAxis`: y has `size` along `axis` and starts at 0;
 * y[.., index[.., j, ..], ..] += x[.., j, ..], j ascending.
 */
export declare function scatterAddAlongAxis(x: Tensor, index: Tensor, axis: number, size: number): Tensor;
/** `takeAlongAxis` on its normal form: x [outer, size, inner], index [outer, n, inner]. */
export declare function takeAlong(x: Tensor, index: Tensor): Tensor;
/** `scatterAddAlongAxis` on its normal form: x and index [outer, n, inner] give [outer, size, inner]. */
export declare function scatterAddAlong(x: Tensor, index: Tensor, size: number): Tensor;
