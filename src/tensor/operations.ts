import { BregmanError } from "../error.ts";
import { broadcastShapes, checkShape, normalizeAxes, normalizeAxis, sameShape, sizeOf, type Shape } from "./shape.ts";
import { Tensor, type BinaryOp, type DType, type Operand, type ReduceKind, type UnaryOp } from "./tensor.ts";

// The primitives as checked functions. Rewrites here never change a rounding: x*1, x+0, x-0, x/1, -(-x), 0*x.

/** A tensor that the caller provides: data, parameters, state. `name` is what a program's buffers are called by. */
export function input(name: string, shape: Shape, dtype: "f32" | "i32" = "f32"): Tensor {
  checkShape(shape, `input "${name}"`);
  return new Tensor({ op: "input", name }, [], [...shape], dtype);
}

/** A scalar constant. */
export function constant(value: number, dtype: "f32" | "i32" = "f32"): Tensor {
  return new Tensor({ op: "constant", value }, [], [], dtype);
}

/** `value` at every element of `shape`. */
export function full(shape: Shape, value: number, dtype: "f32" | "i32" = "f32"): Tensor {
  return expand(constant(value, dtype), shape);
}

/** The index along `axis` at every element, i32. */
export function iota(shape: Shape, axis: number): Tensor {
  checkShape(shape, "iota");
  return new Tensor({ op: "iota", axis: normalizeAxis(axis, shape.length, "iota") }, [], [...shape], "i32");
}

/** The value of a tensor that is one constant everywhere, else undefined. */
export function constantValue(tensor: Tensor): number | undefined {
  let node = tensor;
  while (node.operation.op === "expand" || node.operation.op === "reshape") node = node.inputs[0]!;
  return node.operation.op === "constant" ? node.operation.value : undefined;
}

export function asTensor(operand: Operand, dtype: DType): Tensor {
  return typeof operand === "number" ? constant(operand, dtype === "i32" ? "i32" : "f32") : operand;
}

// ---- elementwise ---------------------------------------------------------------------------------------------------

export function unary(op: UnaryOp, x: Tensor): Tensor {
  const wanted: DType = op === "not" ? "bool" : op === "uniform" ? "i32" : "f32";
  const integer = x.dtype === "i32" && (op === "neg" || op === "abs");
  if (x.dtype !== wanted && !integer) throw new BregmanError("invalid-dtype", `${op}: expected ${wanted}, got ${x.dtype}`);
  if (op === "neg") {
    const value = constantValue(x);
    if (value !== undefined) return full(x.shape, -value, x.dtype as "f32" | "i32");
    if (x.operation.op === "neg") return x.inputs[0]!;
  }
  return new Tensor({ op }, [x], x.shape, op === "uniform" ? "f32" : x.dtype);
}

export function binary(op: BinaryOp, left: Operand, right: Operand): Tensor {
  const known = typeof left === "number" ? right : left;
  const dtype = typeof known === "number" ? "f32" : known.dtype;
  let a = asTensor(left, dtype);
  let b = asTensor(right, dtype);
  checkDTypes(op, a, b);
  const shape = broadcastShapes(a.shape, b.shape, op);
  const simplified = simplify(op, a, b, shape);
  if (simplified) return simplified;
  a = expand(a, shape);
  b = expand(b, shape);
  const comparison = op === "lt" || op === "le" || op === "eq";
  return new Tensor({ op }, [a, b], shape, comparison ? "bool" : a.dtype);
}

function checkDTypes(op: BinaryOp, a: Tensor, b: Tensor): void {
  const logic = op === "and" || op === "or";
  const ok = a.dtype === b.dtype && (a.dtype === "bool") === logic && !(op === "div" && a.dtype === "i32");
  if (!ok) throw new BregmanError("invalid-dtype", `${op}: does not take ${a.dtype} and ${b.dtype}; use cast()`);
}

function simplify(op: BinaryOp, a: Tensor, b: Tensor, shape: Shape): Tensor | undefined {
  const x = constantValue(a);
  const y = constantValue(b);
  const dtype = a.dtype as "f32" | "i32";
  if (x !== undefined && y !== undefined && a.dtype === "f32") {
    if (op === "add") return full(shape, x + y);
    if (op === "sub") return full(shape, x - y);
    if (op === "mul") return full(shape, x * y);
    if (op === "div" && y !== 0) return full(shape, x / y);
  }
  switch (op) {
    case "add":
      if (x === 0) return expand(b, shape);
      if (y === 0) return expand(a, shape);
      return b.operation.op === "neg" ? binary("sub", a, b.inputs[0]!) : undefined;
    case "sub":
      return y === 0 ? expand(a, shape) : undefined;
    case "mul":
      if (x === 0 || y === 0) return full(shape, 0, dtype);
      if (x === 1) return expand(b, shape);
      if (y === 1) return expand(a, shape);
      if (x === -1) return expand(unary("neg", b), shape);
      return y === -1 ? expand(unary("neg", a), shape) : undefined;
    case "div":
      if (x === 0) return full(shape, 0);
      return y === 1 ? expand(a, shape) : undefined;
    default:
      return undefined;
  }
}

/** `condition ? a : b`, elementwise. */
export function where(condition: Tensor, left: Operand, right: Operand): Tensor {
  if (condition.dtype !== "bool") throw new BregmanError("invalid-dtype", `where: the condition must be bool, got ${condition.dtype}`);
  const known = typeof left === "number" ? right : left;
  const dtype = typeof known === "number" ? "f32" : known.dtype;
  const a = asTensor(left, dtype);
  const b = asTensor(right, dtype);
  if (a.dtype !== b.dtype) throw new BregmanError("invalid-dtype", `where: branches are ${a.dtype} and ${b.dtype}`);
  const shape = broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape, "where"), "where");
  if (a === b) return expand(a, shape);
  return new Tensor({ op: "where" }, [expand(condition, shape), expand(a, shape), expand(b, shape)], shape, a.dtype);
}

/** Converts between dtypes: bool gives 1 and 0; f32 to i32 truncates towards zero; i32 to bool tests for non-zero. */
export function cast(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  const value = constantValue(x);
  if (value !== undefined && x.dtype !== "bool" && dtype !== "bool") {
    return full(x.shape, dtype === "i32" ? Math.trunc(value) : value, dtype);
  }
  if (dtype === "bool") return unary("not", binary("eq", x, 0));
  return new Tensor({ op: "cast" }, [x], x.shape, dtype);
}

/** The same value; no gradient flows through it. */
export function stopGradient(x: Tensor): Tensor {
  return new Tensor({ op: "stop-gradient" }, [x], x.shape, x.dtype);
}

// ---- views ---------------------------------------------------------------------------------------------------------

export function reshape(x: Tensor, shape: Shape): Tensor {
  const unknown = shape.indexOf(-1);
  const known = shape.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const resolved = unknown < 0 ? [...shape] : shape.map((size) => (size === -1 ? x.size / known : size));
  checkShape(resolved, "reshape");
  if (sizeOf(resolved) !== x.size) {
    throw new BregmanError("invalid-shape", `reshape: [${x.shape}] has ${x.size} elements, [${shape}] needs ${sizeOf(resolved)}`);
  }
  if (sameShape(x.shape, resolved)) return x;
  const source = x.operation.op === "reshape" ? x.inputs[0]! : x;
  return sameShape(source.shape, resolved) ? source : new Tensor({ op: "reshape" }, [source], resolved, x.dtype);
}

/** Broadcasts to `shape` by NumPy's rule. */
export function expand(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const broadcast = broadcastShapes(x.shape, shape, "expand");
  if (!sameShape(broadcast, shape)) throw new BregmanError("invalid-shape", `expand: [${x.shape}] does not broadcast to [${shape}]`);
  const source = x.operation.op === "expand" ? x.inputs[0]! : x;
  return new Tensor({ op: "expand" }, [source], [...shape], x.dtype);
}

/** Axis i of the result is axis `axes[i]` of x. */
export function permute(x: Tensor, axes: readonly number[]): Tensor {
  const order = axes.map((axis) => normalizeAxis(axis, x.rank, "permute"));
  if (order.length !== x.rank || new Set(order).size !== x.rank) {
    throw new BregmanError("invalid-shape", `permute: [${axes}] is no order of the ${x.rank} axes`);
  }
  if (order.every((axis, i) => axis === i)) return x;
  return new Tensor({ op: "permute", axes: order }, [x], order.map((axis) => x.shape[axis]!), x.dtype);
}

/** Elements `start <= index < stop` along `axis`. */
export function slice(x: Tensor, axis: number, start: number, stop: number): Tensor {
  const at = normalizeAxis(axis, x.rank, "slice");
  if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop <= start || stop > x.shape[at]!) {
    throw new BregmanError("invalid-shape", `slice: [${start}, ${stop}) is empty or outside of axis ${at} of [${x.shape}]`);
  }
  if (stop - start === x.shape[at]) return x;
  const shape = x.shape.map((size, i) => (i === at ? stop - start : size));
  return new Tensor({ op: "slice", starts: x.shape.map((_, i) => (i === at ? start : 0)) }, [x], shape, x.dtype);
}

/** Joins tensors along `axis`. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const first = tensors[0];
  if (!first) throw new BregmanError("invalid-shape", "concat: needs at least one tensor");
  const at = normalizeAxis(axis, first.rank, "concat");
  for (const tensor of tensors) {
    const fits = tensor.rank === first.rank && tensor.shape.every((size, i) => i === at || size === first.shape[i]);
    if (!fits || tensor.dtype !== first.dtype) {
      throw new BregmanError("invalid-shape", `concat: [${tensor.shape}] ${tensor.dtype} does not join [${first.shape}] ${first.dtype} along axis ${at}`);
    }
  }
  if (tensors.length === 1) return first;
  const length = tensors.reduce((sum, tensor) => sum + tensor.shape[at]!, 0);
  return new Tensor({ op: "concat", axis: at }, tensors, first.shape.map((size, i) => (i === at ? length : size)), first.dtype);
}

// ---- reductions ----------------------------------------------------------------------------------------------------

export interface ReduceOptions {
  readonly keepDims?: boolean;
}

export function reduce(kind: ReduceKind, x: Tensor, axes?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  if (x.dtype !== "f32") throw new BregmanError("invalid-dtype", `${kind}: expected f32, got ${x.dtype}`);
  const over = normalizeAxes(axes, x.rank, kind);
  const kept = x.shape.filter((_, axis) => !over.includes(axis));
  const withOnes = x.shape.map((size, axis) => (over.includes(axis) ? 1 : size));
  const result = sizeOf(kept) === x.size ? reshape(x, kept) : new Tensor({ op: "reduce", kind, axes: over }, [x], kept, "f32");
  return options.keepDims ? reshape(result, withOnes) : result;
}

/** Index of the first maximum along `axis`, i32. */
export function argmax(x: Tensor, axis = -1): Tensor {
  if (x.dtype !== "f32") throw new BregmanError("invalid-dtype", `argmax: expected f32, got ${x.dtype}`);
  const at = normalizeAxis(axis, x.rank, "argmax");
  const order = [...x.shape.keys()].filter((i) => i !== at);
  const moved = permute(x, [...order, at]);
  return new Tensor({ op: "argmax" }, [moved], order.map((i) => x.shape[i]!), "i32");
}

// ---- contractions and indexing ----------------------------------------------------------------------------------------

/**
 * y = a b (+ bias): a [..., M, K], b [..., K, N], leading axes broadcast, bias [N]. Transpose a side with `transpose`: it is a
 * view that the kernel reads in place. Each element is one f32 accumulator that starts at the bias and takes k ascending.
 */
export function matmul(a: Tensor, b: Tensor, bias?: Tensor): Tensor {
  const inner = a.shape[a.rank - 1]!;
  if (a.rank < 2 || b.rank < 2 || inner !== b.shape[b.rank - 2]) {
    throw new BregmanError("invalid-shape", `matmul: [${a.shape}] and [${b.shape}] do not multiply; expected [..., M, K] and [..., K, N]`);
  }
  const m = a.shape[a.rank - 2]!;
  const n = b.shape[b.rank - 1]!;
  if (bias && !sameShape(bias.shape, [n])) throw new BregmanError("invalid-shape", `matmul: the bias must be [${n}], got [${bias.shape}]`);
  for (const side of bias ? [a, b, bias] : [a, b]) {
    if (side.dtype !== "f32") throw new BregmanError("invalid-dtype", `matmul: expected f32, got ${side.dtype}`);
  }
  if (a.rank > 2 && b.rank === 2) {
    return reshape(matmul(reshape(a, [-1, inner]), b, bias), [...a.shape.slice(0, -1), n]);
  }
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2), "matmul");
  const left = expand(a, [...batch, m, inner]);
  const right = expand(b, [...batch, inner, n]);
  return new Tensor({ op: "matmul" }, bias ? [left, right, bias] : [left, right], [...batch, m, n], "f32");
}

/** y[i, ...] = x[index[i], ...]: rows of x [R, ...] by an i32 index of any shape. Indices outside are clamped. */
export function gatherRows(x: Tensor, index: Tensor): Tensor {
  checkIndex("gatherRows", index);
  if (x.rank < 1) throw new BregmanError("invalid-shape", "gatherRows: a scalar has no rows");
  return new Tensor({ op: "gather-rows" }, [x, index], [...index.shape, ...x.shape.slice(1)], x.dtype);
}

/** The adjoint of `gatherRows`: y [rows, ...] starts at 0 and y[index[i]] += x[i], i ascending. */
export function scatterAddRows(x: Tensor, index: Tensor, rows: number): Tensor {
  checkIndex("scatterAddRows", index);
  checkScatter("scatterAddRows", x, rows);
  if (!sameShape(x.shape.slice(0, index.rank), index.shape)) {
    throw new BregmanError("invalid-shape", `scatterAddRows: [${x.shape}] does not begin with the index's [${index.shape}]`);
  }
  return new Tensor({ op: "scatter-add-rows" }, [x, index], [rows, ...x.shape.slice(index.rank)], "f32");
}

/** y[.., j, ..] = x[.., index[.., j, ..], ..] along `axis`; index has x's shape but for that axis. Indices outside are clamped. */
export function takeAlongAxis(x: Tensor, index: Tensor, axis: number): Tensor {
  const at = checkAlong("takeAlongAxis", x, index, axis);
  const [outer, inner] = [sizeOf(x.shape.slice(0, at)), sizeOf(x.shape.slice(at + 1))];
  const flat = reshape(x, [outer, x.shape[at]!, inner]);
  const flatIndex = reshape(index, [outer, index.shape[at]!, inner]);
  return reshape(takeAlong(flat, flatIndex), index.shape);
}

/** The adjoint of `takeAlongAxis`: y has `size` along `axis`, starts at 0 and takes x[.., j, ..] at index[.., j, ..], j ascending. */
export function scatterAddAlongAxis(x: Tensor, index: Tensor, axis: number, size: number): Tensor {
  const at = checkAlong("scatterAddAlongAxis", x, index, axis);
  checkScatter("scatterAddAlongAxis", x, size);
  if (index.shape[at] !== x.shape[at]) {
    throw new BregmanError("invalid-shape", `scatterAddAlongAxis: index [${index.shape}] must have the shape of x, [${x.shape}]`);
  }
  const [outer, inner] = [sizeOf(x.shape.slice(0, at)), sizeOf(x.shape.slice(at + 1))];
  const flat = scatterAddAlong(reshape(x, [outer, x.shape[at]!, inner]), reshape(index, [outer, x.shape[at]!, inner]), size);
  return reshape(flat, x.shape.map((length, i) => (i === at ? size : length)));
}

/** `takeAlongAxis` on its normal form: x [outer, size, inner], index [outer, n, inner]. */
export function takeAlong(x: Tensor, index: Tensor): Tensor {
  return new Tensor({ op: "take-along" }, [x, index], index.shape, x.dtype);
}

export function scatterAddAlong(x: Tensor, index: Tensor, size: number): Tensor {
  return new Tensor({ op: "scatter-add-along" }, [x, index], [x.shape[0]!, size, x.shape[2]!], "f32");
}

function checkIndex(what: string, index: Tensor): void {
  if (index.dtype !== "i32") throw new BregmanError("invalid-dtype", `${what}: the index must be i32, got ${index.dtype}`);
}

function checkScatter(what: string, x: Tensor, size: number): void {
  if (x.dtype !== "f32") throw new BregmanError("invalid-dtype", `${what}: expected f32, got ${x.dtype}`);
  checkShape([size], what);
}

function checkAlong(what: string, x: Tensor, index: Tensor, axis: number): number {
  checkIndex(what, index);
  const at = normalizeAxis(axis, x.rank, what);
  if (index.rank !== x.rank || index.shape.some((size, i) => i !== at && size !== x.shape[i])) {
    throw new BregmanError("invalid-shape", `${what}: index [${index.shape}] must match [${x.shape}] but for axis ${at}`);
  }
  return at;
}

// ---- scans and random numbers -------------------------------------------------------------------------------------------

/**
 * A linear recurrence along axis 0: y[t] = x[t] + a[t] y[t-1], or with `reverse` y[t] = x[t] + a[t] y[t+1]; y is 0 before the
 * start. A zero in `a` cuts the sequence: with a = discount * (1 - end) this is the segmented scan of returns and advantages.
 */
export function linearScan(x: Tensor, a: Tensor, options: { readonly reverse?: boolean } = {}): Tensor {
  if (x.rank < 1) throw new BregmanError("invalid-shape", "linearScan: a scalar has no axis 0");
  for (const { dtype } of [x, a]) if (dtype !== "f32") throw new BregmanError("invalid-dtype", `linearScan: expected f32, got ${dtype}`);
  return new Tensor({ op: "linear-scan", reverse: options.reverse ?? false }, [x, expand(a, x.shape)], x.shape, "f32");
}

/**
 * Random words, i32: element i is word i mod 4 of Philox4x32-10 at counter (floor(i/4), salt, draw, stream) under the key, all
 * four from `state`, i32 [4] = [key0, key1, draw, stream]. `salt` keeps several draws of one program apart.
 */
export function randomBits(state: Tensor, shape: Shape, salt: number): Tensor {
  checkShape(shape, "randomBits");
  if (state.dtype !== "i32" || !sameShape(state.shape, [4])) {
    throw new BregmanError("invalid-shape", `randomBits: the state must be i32 [4], got ${state.dtype} [${state.shape}]`);
  }
  return new Tensor({ op: "random-bits", salt }, [state], [...shape], "i32");
}
