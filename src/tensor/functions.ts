import { BregmanError } from "../error.ts";
import { binary, cast, stopGradient, unary, where } from "./elementwise.ts";
import { gatherRows } from "./indexing.ts";
import { matmul, reduce, type ReduceOptions } from "./reductions.ts";
import { normalizeAxes, normalizeAxis, type Shape } from "./shape.ts";
import { constant, iota, randomBits } from "./sources.ts";
import type { Operand, Tensor } from "./tensor.ts";
import { permute, reshape, slice } from "./views.ts";

// Everything composed of the primitives. Elementwise functions broadcast by NumPy's rule; plain numbers are constants.

export const add = (a: Operand, b: Operand): Tensor => binary("add", a, b);
export const sub = (a: Operand, b: Operand): Tensor => binary("sub", a, b);
export const mul = (a: Operand, b: Operand): Tensor => binary("mul", a, b);
export const div = (a: Operand, b: Operand): Tensor => binary("div", a, b);
/** b where b < a, else a (so a NaN in `a` stays). The gradient of a tie goes to a. */
export const minimum = (a: Operand, b: Operand): Tensor => binary("min", a, b);
/**
 * b where a < b, else a (so a NaN in `a` stays). The gradient of a tie goes to a; a tie with the constant 0 on the
 * right has none, as in relu.
 */
export const maximum = (a: Operand, b: Operand): Tensor => binary("max", a, b);

// Comparisons and logic give bool tensors, which carry no gradient.
export const less = (a: Operand, b: Operand): Tensor => binary("lt", a, b);
export const lessEqual = (a: Operand, b: Operand): Tensor => binary("le", a, b);
export const greater = (a: Operand, b: Operand): Tensor => binary("lt", b, a);
export const greaterEqual = (a: Operand, b: Operand): Tensor => binary("le", b, a);
export const equal = (a: Operand, b: Operand): Tensor => binary("eq", a, b);
export const logicalAnd = (a: Tensor, b: Tensor): Tensor => binary("and", a, b);
export const logicalOr = (a: Tensor, b: Tensor): Tensor => binary("or", a, b);
export const logicalNot = (a: Tensor): Tensor => unary("not", a);

export const neg = (x: Tensor): Tensor => unary("neg", x);
export const abs = (x: Tensor): Tensor => unary("abs", x);
export const exp = (x: Tensor): Tensor => unary("exp", x);
export const log = (x: Tensor): Tensor => unary("log", x);
export const sqrt = (x: Tensor): Tensor => unary("sqrt", x);
export const tanh = (x: Tensor): Tensor => unary("tanh", x);
export const sin = (x: Tensor): Tensor => unary("sin", x);
export const cos = (x: Tensor): Tensor => unary("cos", x);
/** Largest whole number not above x. No gradient. */
export const floor = (x: Tensor): Tensor => unary("floor", x);
/** Nearest whole number, ties to even. No gradient. */
export const round = (x: Tensor): Tensor => unary("round", x);

export const square = (x: Tensor): Tensor => mul(x, x);
export const reciprocal = (x: Tensor): Tensor => div(1, x);
/** x^exponent for x > 0, as exp(exponent log x). */
export const power = (x: Tensor, exponent: Operand): Tensor => exp(mul(exponent, log(x)));
/**
 * x limited to [low, high]. The gradient is 1 inside and on the borders (not on a `low` of 0, see `maximum`), else 0.
 */
export const clamp = (x: Tensor, low: Operand, high: Operand): Tensor => minimum(maximum(x, low), high);

/** max(x, 0). The gradient at 0 is 0. */
export const relu = (x: Tensor): Tensor => maximum(x, 0);
/** 1 / (1 + exp(-x)). The exponent stops at 88, below the overflow: the gradient is 0 there, not 0 times infinity. */
export const sigmoid = (x: Tensor): Tensor => div(1, add(exp(minimum(neg(x), 88)), 1));
/** log(1 + exp(x)), as log(1 + exp(-|x|)) - min(-x, 0): with min, unlike relu, the gradient at 0 is the true 1/2. */
export const softplus = (x: Tensor): Tensor => sub(log(add(exp(neg(abs(x))), 1)), minimum(neg(x), 0));
/**
 * The Gaussian error linear unit in its tanh form, x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).
 * Hendrycks and Gimpel 2016.
 */
export function gelu(x: Tensor): Tensor {
  const inner = mul(0.7978845608028654, add(x, mul(0.044715, mul(x, square(x)))));
  return mul(mul(0.5, x), add(tanh(inner), 1));
}

// ---- reductions ----------------------------------------------------------------------------------------------------

type Axes = number | readonly number[];

/** Sum over the axes (all by default), in the order that a map kernel promises (`program.ts`). */
export const sum = (x: Tensor, axes?: Axes, options?: ReduceOptions): Tensor => reduce("sum", x, axes, options);
/** Largest element over the axes (all by default). Ties share the gradient. */
export const max = (x: Tensor, axes?: Axes, options?: ReduceOptions): Tensor => reduce("max", x, axes, options);
/** Smallest element over the axes (all by default). Ties share the gradient. */
export const min = (x: Tensor, axes?: Axes, options?: ReduceOptions): Tensor => reduce("min", x, axes, options);

/** Arithmetic mean over the axes (all by default): the sum times 1 / count. */
export function mean(x: Tensor, axes?: Axes, options?: ReduceOptions): Tensor {
  const count = normalizeAxes(axes, x.rank, "mean").reduce((product, axis) => product * x.shape[axis]!, 1);
  return mul(1 / count, sum(x, axes, options));
}

/** log sum exp(x) over the axes, shifted by the maximum so that nothing overflows. */
export function logSumExp(x: Tensor, axes?: Axes, options?: ReduceOptions): Tensor {
  const peak = stopGradient(max(x, axes, { keepDims: true }));
  const result = add(log(sum(exp(sub(x, peak)), axes, { keepDims: true })), peak);
  return options?.keepDims ? result : reshape(result, sum(x, axes).shape);
}

/** exp(x) / sum exp(x) along `axis`, shifted by the maximum so that nothing overflows. */
export function softmax(x: Tensor, axis = -1): Tensor {
  const shifted = exp(sub(x, stopGradient(max(x, axis, { keepDims: true }))));
  return div(shifted, sum(shifted, axis, { keepDims: true }));
}

/** x - log sum exp(x) along `axis`, shifted by the maximum so that nothing overflows. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  const shifted = sub(x, stopGradient(max(x, axis, { keepDims: true })));
  return sub(shifted, log(sum(exp(shifted), axis, { keepDims: true })));
}

// ---- shapes and indices ---------------------------------------------------------------------------------------------

/** Swaps the last two axes; matmul reads the view in place. */
export function transpose(x: Tensor): Tensor {
  if (x.rank < 2) throw new BregmanError("invalid-shape", `transpose: needs at least two axes, got [${x.shape}]`);
  const axes = [...x.shape.keys()];
  return permute(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
}

/** Adds an axis of size 1. */
export function expandDims(x: Tensor, axis: number): Tensor {
  const at = normalizeAxis(axis, x.rank + 1, "expandDims");
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/** Cuts `axis` into consecutive pieces of the given sizes. */
export function split(x: Tensor, sizes: readonly number[], axis = -1): Tensor[] {
  let start = 0;
  return sizes.map((size) => slice(x, axis, start, (start += size)));
}

/** 1 where the last axis' number equals the index, else 0: index [...] gives f32 [..., depth]. */
export function oneHot(index: Tensor, depth: number): Tensor {
  const shape = [...index.shape, depth];
  return cast(equal(iota(shape, shape.length - 1), expandDims(index, -1)), "f32");
}

/** Rows of a table [vocabulary, width] by token: tokens [...] gives [..., width]. */
export const embedding = (table: Tensor, tokens: Tensor): Tensor => gatherRows(table, tokens);

/** (x - mean) / sqrt(variance + epsilon) over the last axis, times scale plus shift (Ba et al. 2016). */
export function layerNorm(x: Tensor, scale?: Tensor, shift?: Tensor, epsilon = 1e-5): Tensor {
  const centred = sub(x, mean(x, -1, { keepDims: true }));
  const variance = mean(square(centred), -1, { keepDims: true });
  const normalized = div(centred, sqrt(add(variance, epsilon)));
  const scaled = scale ? mul(normalized, scale) : normalized;
  return shift ? add(scaled, shift) : scaled;
}

/**
 * softmax(q k^T / sqrt(D) + mask) v with -infinity's stand-in -1e9 above the diagonal: position t sees positions <= t.
 * Shapes: query, key, value [..., T, D]; result [..., T, D] (Vaswani et al. 2017, equation 1).
 */
export function causalAttention(query: Tensor, key: Tensor, value: Tensor): Tensor {
  const depth = query.shape[query.rank - 1]!;
  const length = query.shape[query.rank - 2]!;
  const scores = mul(1 / Math.sqrt(depth), matmul(query, transpose(key)));
  const visible = lessEqual(iota([length, length], 1), iota([length, length], 0));
  return matmul(softmax(where(visible, scores, -1e9)), value);
}

// ---- random numbers -------------------------------------------------------------------------------------------------

/** Uniform on the open interval (0, 1), from 23 bits: (k + 1/2) 2^-23. See `randomBits` for state and salt. */
export const randomUniform = (state: Tensor, shape: Shape, salt: number): Tensor =>
  unary("uniform", randomBits(state, shape, salt));

/** Standard normal by Box and Muller: sqrt(-2 log u1) cos(2 pi u2), two words an element. */
export function randomNormal(state: Tensor, shape: Shape, salt: number): Tensor {
  const uniform = randomUniform(state, [2, ...shape], salt);
  const [first, second] = split(uniform, [1, 1], 0).map((half) => reshape(half, shape)) as [Tensor, Tensor];
  return mul(sqrt(mul(-2, log(first))), cos(mul(6.283185307179586, second)));
}

/** Standard Gumbel: -log(-log u). The argmax of logits plus Gumbel noise is a sample of their softmax. */
export function randomGumbel(state: Tensor, shape: Shape, salt: number): Tensor {
  return neg(log(neg(log(randomUniform(state, shape, salt)))));
}

/** The state after one draw: [key0, key1, draw + 1, stream]. */
export function advanceRandom(state: Tensor): Tensor {
  return add(state, cast(equal(iota([4], 0), 2), "i32"));
}

/** A number as a tensor of shape [], for functions that take tensors only. */
export const scalar = (value: number): Tensor => constant(value);
