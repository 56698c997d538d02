import { type ReduceOptions } from "./reductions.js";
import { type Shape } from "./shape.js";
import type { Operand, Tensor } from "./tensor.js";
export declare const add: (a: Operand, b: Operand) => Tensor;
export declare const sub: (a: Operand, b: Operand) => Tensor;
export declare const mul: (a: Operand, b: Operand) => Tensor;
export declare const div: (a: Operand, b: Operand) => Tensor;
/** b where b < a, else a (so a NaN in `a` stays). The gradient of a tie goes to a. */
export declare const minimum: (a: Operand, b: Operand) => Tensor;
/**
 * b where a < b, else a (so a NaN in `a` stays). The gradient of a tie goes to a; a tie with the constant 0 on the
 * right has none, as in relu.
 */
export declare const maximum: (a: Operand, b: Operand) => Tensor;
export declare const less: (a: Operand, b: Operand) => Tensor;
export declare const lessEqual: (a: Operand, b: Operand) => Tensor;
export declare const greater: (a: Operand, b: Operand) => Tensor;
export declare const greaterEqual: (a: Operand, b: Operand) => Tensor;
export declare const equal: (a: Operand, b: Operand) => Tensor;
export declare const logicalAnd: (a: Tensor, b: Tensor) => Tensor;
export declare const logicalOr: (a: Tensor, b: Tensor) => Tensor;
export declare const logicalNot: (a: Tensor) => Tensor;
export declare const neg: (x: Tensor) => Tensor;
export declare const abs: (x: Tensor) => Tensor;
export declare const exp: (x: Tensor) => Tensor;
export declare const log: (x: Tensor) => Tensor;
export declare const sqrt: (x: Tensor) => Tensor;
export declare const tanh: (x: Tensor) => Tensor;
export declare const sin: (x: Tensor) => Tensor;
export declare const cos: (x: Tensor) => Tensor;
/** Largest whole number not above x. No gradient. */
export declare const floor: (x: Tensor) => Tensor;
/** Nearest whole number, ties to even. No gradient. */
export declare const round: (x: Tensor) => Tensor;
export declare const square: (x: Tensor) => Tensor;
export declare const reciprocal: (x: Tensor) => Tensor;
/** x^exponent for x > 0, as exp(exponent log x). */
export declare const power: (x: Tensor, exponent: Operand) => Tensor;
/**
 * x limited to [low, high]. The gradient is 1 inside and on the borders (not on a `low` of 0, see `maximum`), else 0.
 */
export declare const clamp: (x: Tensor, low: Operand, high: Operand) => Tensor;
/** max(x, 0). The gradient at 0 is 0. */
export declare const relu: (x: Tensor) => Tensor;
/** 1 / (1 + exp(-x)). The exponent stops at 88, below the overflow: the gradient is 0 there, not 0 times infinity. */
export declare const sigmoid: (x: Tensor) => Tensor;
/** log(1 + exp(x)), as log(1 + exp(-|x|)) - min(-x, 0): with min, unlike relu, the gradient at 0 is the true 1/2. */
export declare const softplus: (x: Tensor) => Tensor;
/**
 * The Gaussian error linear unit in its tanh form, x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).
 * Hendrycks and Gimpel 2016.
 */
export declare function gelu(x: Tensor): Tensor;
type Axes = number | readonly number[];
/** Sum over the axes (all by default), in the order that a map kernel promises (`program.ts`). */
export declare const sum: (x: Tensor, axes?: Axes, options?: ReduceOptions) => Tensor;
/** Largest element over the axes (all by default). Ties share the gradient. */
export declare const max: (x: Tensor, axes?: Axes, options?: ReduceOptions) => Tensor;
/** Smallest element over the axes (all by default). Ties share the gradient. */
export declare const min: (x: Tensor, axes?: Axes, options?: ReduceOptions) => Tensor;
/** Arithmetic mean over the axes (all by default): the sum times 1 / count. */
export declare function mean(x: Tensor, axes?: Axes, options?: ReduceOptions): Tensor;
/** log sum exp(x) over the axes, shifted by the maximum so that nothing overflows. */
export declare function logSumExp(x: Tensor, axes?: Axes, options?: ReduceOptions): Tensor;
/** exp(x) / sum exp(x) along `axis`, shifted by the maximum so that nothing overflows. */
export declare function softmax(x: Tensor, axis?: number): Tensor;
/** x - log sum exp(x) along `axis`, shifted by the maximum so that nothing overflows. */
export declare function logSoftmax(x: Tensor, axis?: number): Tensor;
/** Swaps the last two axes; matmul reads the view in place. */
export declare function transpose(x: Tensor): Tensor;
/** Adds an axis of size 1. */
export declare function expandDims(x: Tensor, axis: number): Tensor;
/** Cuts `axis` into consecutive pieces of the given sizes. */
export declare function split(x: Tensor, sizes: readonly number[], axis?: number): Tensor[];
/** 1 where the last axis' number equals the index, else 0: index [...] gives f32 [..., depth]. */
export declare function oneHot(index: Tensor, depth: number): Tensor;
/** Rows of a table [vocabulary, width] by token: tokens [...] gives [..., width]. */
export declare const embedding: (table: Tensor, tokens: Tensor) => Tensor;
/** (x - mean) / sqrt(variance + epsilon) over the last axis, times scale plus shift (Ba et al. 2016). */
export declare function layerNorm(x: Tensor, scale?: Tensor, shift?: Tensor, epsilon?: number): Tensor;
/**
 * softmax(q k^T / sqrt(D) + mask) v with -infinity's stand-in -1e9 above the diagonal: position t sees positions <= t.
 * Shapes: query, key, value [..., T, D]; result [..., T, D] (Vaswani et al. 2017, equation 1).
 */
export declare function causalAttention(query: Tensor, key: Tensor, value: Tensor): Tensor;
/** Uniform on the open interval (0, 1), from 23 bits: (k + 1/2) 2^-23. See `randomBits` for state and salt. */
export declare const randomUniform: (state: Tensor, shape: Shape, salt: number) => Tensor;
/** Standard normal by Box and Muller: sqrt(-2 log u1) cos(2 pi u2), two words an element. */
export declare function randomNormal(state: Tensor, shape: Shape, salt: number): Tensor;
/** Standard Gumbel: -log(-log u). The argmax of logits plus Gumbel noise is a sample of their softmax. */
export declare function randomGumbel(state: Tensor, shape: Shape, salt: number): Tensor;
/** The state after one draw: [key0, key1, draw + 1, stream]. */
export declare function advanceRandom(state: Tensor): Tensor;
/** A number as a tensor of shape [], for functions that take tensors only. */
export declare const scalar: (value: number) => Tensor;
export {};
