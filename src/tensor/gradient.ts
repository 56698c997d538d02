import { BregmanError } from "../error.ts";
import * as f from "./functions.ts";
import {
  cast, concat, expand, full, gatherRows, linearScan, matmul, permute, reduce, reshape, scatterAddAlong, scatterAddRows, slice,
  stopGradient, takeAlong, where,
} from "./operations.ts";
import { sameShape, type Shape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** How a node passes the gradient of its value on to its inputs: one thunk an input, called only where it is needed. */
type Rule = (node: Tensor, gradient: Tensor, inputs: readonly Tensor[]) => readonly (undefined | (() => Tensor))[];

/**
 * Gradients of a scalar with respect to tensors it was computed from, by reverse accumulation. The result is a graph of the
 * same primitives, so gradients of gradients, of inputs and through an unrolled update need nothing else. A tensor that the
 * scalar does not depend on gets zeros. Several losses of one forward pass are several calls: what they share is compiled once.
 *
 * `seed` replaces the leading 1: the result is then the vector-Jacobian product seed^T dy/dx, and y may have any shape.
 * Throws `invalid-shape` when y is no scalar (without a seed), `not-differentiable` for an op without a rule.
 */
export function grad(y: Tensor, with_respect_to: readonly Tensor[], seed?: Tensor): Tensor[] {
  if (!seed && y.size !== 1) throw new BregmanError("invalid-shape", `grad: expected a scalar, got [${y.shape}]; reduce it, or pass a seed`);
  if (seed && !sameShape(seed.shape, y.shape)) throw new BregmanError("invalid-shape", `grad: the seed must be [${y.shape}], got [${seed.shape}]`);
  const nodes = dependents(y, new Set(with_respect_to));
  const needed = new Set(nodes);
  const gradients = new Map<Tensor, Tensor>();
  const slices = new Map<Tensor, SliceGradient[]>();
  if (needed.has(y)) gradients.set(y, seed ?? full(y.shape, 1));

  for (const node of nodes) {
    const pieces = slices.get(node);
    if (pieces) accumulate(gradients, node, joinSlices(node.shape, pieces));
    const gradient = gradients.get(node);
    if (!gradient) continue;
    if (node.operation.op === "slice") {
      const source = node.inputs[0]!;
      if (!needed.has(source)) continue;
      const list = slices.get(source) ?? [];
      list.push({ starts: node.operation.starts, gradient });
      slices.set(source, list);
      continue;
    }
    const thunks = ruleOf(node)(node, gradient, node.inputs);
    node.inputs.forEach((source, i) => {
      const thunk = thunks[i];
      if (thunk && needed.has(source)) accumulate(gradients, source, thunk());
    });
  }
  return with_respect_to.map((x) => gradients.get(x) ?? full(x.shape, 0));
}

function accumulate(gradients: Map<Tensor, Tensor>, node: Tensor, gradient: Tensor): void {
  const before = gradients.get(node);
  gradients.set(node, before ? f.add(before, gradient) : gradient);
}

/** The float nodes on a differentiable path from `targets` to y, y first. */
function dependents(y: Tensor, targets: ReadonlySet<Tensor>): Tensor[] {
  const reachable = new Set<Tensor>();
  const stack = [y];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (reachable.has(node)) continue;
    reachable.add(node);
    if (node.operation.op !== "stop-gradient") stack.push(...node.inputs);
  }
  const ascending = [...reachable].sort((a, b) => a.id - b.id);
  const depends = new Set<Tensor>();
  for (const node of ascending) {
    const through = node.operation.op !== "stop-gradient" && node.inputs.some((source) => depends.has(source));
    if (node.dtype === "f32" && (targets.has(node) || through)) depends.add(node);
  }
  return ascending.filter((node) => depends.has(node)).reverse();
}

// ---- slices: their gradients meet in one concat, so that a flat parameter vector gets a flat gradient without padding ----------

interface SliceGradient {
  readonly starts: readonly number[];
  readonly gradient: Tensor;
}

function joinSlices(shape: Shape, pieces: readonly SliceGradient[]): Tensor {
  const axis = commonAxis(shape, pieces);
  if (axis === undefined) return pieces.map((piece) => pad(shape, piece)).reduce((a, b) => f.add(a, b));
  const merged: { start: number; gradient: Tensor }[] = [];
  for (const piece of [...pieces].sort((a, b) => a.starts[axis]! - b.starts[axis]!)) {
    const start = piece.starts[axis]!;
    const last = merged[merged.length - 1];
    const lastStop = last ? last.start + last.gradient.shape[axis]! : 0;
    if (last && last.start === start && sameShape(last.gradient.shape, piece.gradient.shape)) {
      last.gradient = f.add(last.gradient, piece.gradient);
    } else if (start >= lastStop) {
      merged.push({ start, gradient: piece.gradient });
    } else {
      return pieces.map((each) => pad(shape, each)).reduce((a, b) => f.add(a, b));
    }
  }
  return fillGaps(shape, axis, merged);
}

/** The one axis along which all pieces are cut, if there is one. */
function commonAxis(shape: Shape, pieces: readonly SliceGradient[]): number | undefined {
  const cut = new Set(pieces.flatMap(({ gradient }) => [...shape.keys()].filter((axis) => gradient.shape[axis] !== shape[axis])));
  return cut.size === 1 ? [...cut][0] : undefined;
}

function fillGaps(shape: Shape, axis: number, pieces: readonly { start: number; gradient: Tensor }[]): Tensor {
  const parts: Tensor[] = [];
  const zeros = (length: number): Tensor => full(shape.map((size, i) => (i === axis ? length : size)), 0);
  let at = 0;
  for (const { start, gradient } of pieces) {
    if (start > at) parts.push(zeros(start - at));
    parts.push(gradient);
    at = start + gradient.shape[axis]!;
  }
  if (at < shape[axis]!) parts.push(zeros(shape[axis]! - at));
  return concat(parts, axis);
}

/** The gradient of one slice inside zeros, axis by axis. */
function pad(shape: Shape, { starts, gradient }: SliceGradient): Tensor {
  return shape.reduce((inner, size, axis) => {
    if (inner.shape[axis] === size) return inner;
    const around = shape.map((_, i) => (i === axis ? size : inner.shape[i]!));
    return fillGaps(around, axis, [{ start: starts[axis]!, gradient: inner }]);
  }, gradient);
}

// ---- one rule an op ------------------------------------------------------------------------------------------------------

function ruleOf(node: Tensor): Rule {
  const rule = rules[node.operation.op];
  if (!rule) throw new BregmanError("not-differentiable", `grad: "${node.operation.op}" has no gradient`);
  return rule;
}

/** Sums a gradient over the axes along which `expand` repeated. */
function sumTo(gradient: Tensor, shape: Shape): Tensor {
  const extra = gradient.rank - shape.length;
  const repeated = [...gradient.shape.keys()].filter((axis) => axis < extra || (shape[axis - extra] === 1 && gradient.shape[axis] !== 1));
  return repeated.length === 0 ? reshape(gradient, shape) : reshape(reduce("sum", gradient, repeated), shape);
}

const none: Rule = () => [];

const rules: Record<string, Rule> = {
  input: none,
  constant: none,
  add: (_, d) => [() => d, () => d],
  sub: (_, d) => [() => d, () => f.neg(d)],
  mul: (_, d, [a, b]) => [() => f.mul(d, b!), () => f.mul(d, a!)],
  div: (node, d, [, b]) => [() => f.div(d, b!), () => f.neg(f.div(f.mul(d, node), b!))],
  // A tie goes to the left. Where the right side is the constant 0 (relu) the test reads the result: the input may then be freed.
  max: (node, d, [a, b]) => {
    const right = isZero(b!) ? undefined : f.less(a!, b!);
    const left = right ? (): Tensor => where(right, 0, d) : (): Tensor => where(f.less(b!, node), d, 0);
    return [left, () => where(right ?? f.less(a!, b!), d, 0)];
  },
  min: (_, d, [a, b]) => [() => where(f.less(b!, a!), 0, d), () => where(f.less(b!, a!), d, 0)],
  where: (_, d, [condition]) => [undefined, () => where(condition!, d, 0), () => where(condition!, 0, d)],
  neg: (_, d) => [() => f.neg(d)],
  abs: (_, d, [x]) => [() => where(f.less(x!, 0), f.neg(d), d)],
  exp: (node, d) => [() => f.mul(d, node)],
  log: (_, d, [x]) => [() => f.div(d, x!)],
  sqrt: (node, d) => [() => f.div(f.mul(0.5, d), node)],
  tanh: (node, d) => [() => f.mul(d, f.sub(1, f.square(node)))],
  sin: (_, d, [x]) => [() => f.mul(d, f.cos(x!))],
  cos: (_, d, [x]) => [() => f.neg(f.mul(d, f.sin(x!)))],
  floor: none,
  round: none,
  uniform: none,
  cast: none,
  "random-bits": none,
  "stop-gradient": none,   // reached only when it is itself what the gradient is taken with respect to
  reshape: (_, d, [x]) => [() => reshape(d, x!.shape)],
  expand: (_, d, [x]) => [() => sumTo(d, x!.shape)],
  permute: (node, d) => [() => permute(d, inverse((node.operation as { axes: readonly number[] }).axes))],
  concat: (node, d, inputs) => {
    const { axis } = node.operation as { axis: number };
    let start = 0;
    return inputs.map(({ shape }) => {
      const from = start;
      start += shape[axis]!;
      return () => slice(d, axis, from, from + shape[axis]!);
    });
  },
  reduce: (node, d, [x]) => {
    const { kind, axes } = node.operation as { kind: "sum" | "max" | "min"; axes: readonly number[] };
    const ones = x!.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const spread = (value: Tensor): Tensor => expand(reshape(value, ones), x!.shape);
    if (kind === "sum") return [() => spread(d)];
    return [() => {
      const winners = cast(f.equal(x!, spread(node)), "f32");
      return f.mul(winners, spread(f.div(d, f.sum(winners, axes))));
    }];
  },
  matmul: (_, d, [a, b, bias]) => [
    () => matmul(d, f.transpose(b!)),
    () => matmul(f.transpose(a!), d),
    () => sumTo(d, bias!.shape),
  ],
  "gather-rows": (_, d, [x, index]) => [() => scatterAddRows(d, index!, x!.shape[0]!)],
  "scatter-add-rows": (_, d, [, index]) => [() => gatherRows(d, index!)],
  "take-along": (_, d, [x, index]) => [() => scatterAddAlong(d, index!, x!.shape[1]!)],
  "scatter-add-along": (_, d, [, index]) => [() => takeAlong(d, index!)],
  // The adjoint of y[t] = x[t] + a[t] y[t-1] runs the other way: g[t] = d[t] + a[t+1] g[t+1]; dx = g, da[t] = g[t] y[t-1].
  "linear-scan": (node, d, [, a]) => {
    const { reverse } = node.operation as { reverse: boolean };
    const flow = (): Tensor => linearScan(d, shift(a!, reverse ? 1 : -1), { reverse: !reverse });
    return [flow, () => f.mul(flow(), shift(node, reverse ? -1 : 1))];
  },
};

/** x moved by one step along axis 0, zeros entering: `shift(x, 1)[t] = x[t-1]`, `shift(x, -1)[t] = x[t+1]`. */
function shift(x: Tensor, by: 1 | -1): Tensor {
  const length = x.shape[0]!;
  const zeros = full([1, ...x.shape.slice(1)], 0);
  if (length === 1) return zeros;
  return by === 1 ? concat([zeros, slice(x, 0, 0, length - 1)], 0) : concat([slice(x, 0, 1, length), zeros], 0);
}

function inverse(axes: readonly number[]): number[] {
  const result = new Array<number>(axes.length);
  axes.forEach((axis, i) => (result[axis] = i));
  return result;
}

function isZero(x: Tensor): boolean {
  let node = x;
  while (node.operation.op === "expand" || node.operation.op === "reshape") node = node.inputs[0]!;
  return node.operation.op === "constant" && node.operation.value === 0;
}

/**
 * Hessian-vector product: the gradient of <grad y, vector> (Pearlmutter 1994), one more pass over the graph. The vector
 * counts as constant, also when it was computed from x.
 */
export function hessianVectorProduct(y: Tensor, x: Tensor, vector: Tensor): Tensor {
  const [first] = grad(y, [x]) as [Tensor];
  return (grad(f.sum(f.mul(first, stopGradient(vector))), [x]) as [Tensor])[0];
}
