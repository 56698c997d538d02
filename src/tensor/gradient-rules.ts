import { BregmanError } from "../error.ts";
import { cast, constantValue, where } from "./elementwise.ts";
import * as f from "./functions.ts";
import { gatherRows, scatterAddAlong, scatterAddRows, takeAlong } from "./indexing.ts";
import { linearScan, matmul, reduce } from "./reductions.ts";
import type { Shape } from "./shape.ts";
import { full } from "./sources.ts";
import type { Tensor } from "./tensor.ts";
import { concat, expand, permute, reshape, slice } from "./views.ts";

// One rule for each primitive, in the same primitives. Slices are not here: `slice-gradients.ts` joins theirs.

/** How a node passes the gradient of its value on to its inputs: one thunk an input, called only where it is needed. */
type Rule = (node: Tensor, gradient: Tensor, inputs: readonly Tensor[]) => readonly (undefined | (() => Tensor))[];

/** Throws `not-differentiable` when the node's operation has no rule. */
export function ruleOf(node: Tensor): Rule {
  const rule = rules[node.operation.op];
  if (!rule) throw new BregmanError("not-differentiable", `grad: "${node.operation.op}" has no gradient`);
  return rule;
}

/** Sums a gradient over the axes along which `expand` repeated. */
function sumTo(gradient: Tensor, shape: Shape): Tensor {
  const extra = gradient.rank - shape.length;
  const isRepeated = (axis: number): boolean =>
    axis < extra || (shape[axis - extra] === 1 && gradient.shape[axis] !== 1);
  const repeated = [...gradient.shape.keys()].filter(isRepeated);
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
  // A tie goes to the left. Where the right side is the constant 0 (relu) the test reads the result: the input may go.
  max: (node, d, [a, b]) => {
    const right = constantValue(b!) === 0 ? undefined : f.less(a!, b!);
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
    () => (isTransposed(a!) ? f.transpose(matmul(b!, f.transpose(d))) : matmul(d, f.transpose(b!))),
    () => (isTransposed(b!) ? f.transpose(matmul(f.transpose(d), a!)) : matmul(f.transpose(a!), d)),
    () => sumTo(d, bias!.shape),
  ],
  "gather-rows": (_, d, [x, index]) => [() => scatterAddRows(d, index!, x!.shape[0]!)],
  "scatter-add-rows": (_, d, [, index]) => [() => gatherRows(d, index!)],
  "take-along": (_, d, [x, index]) => [() => scatterAddAlong(d, index!, x!.shape[1]!)],
  "scatter-add-along": (_, d, [, index]) => [() => takeAlong(d, index!)],
  // The adjoint of y[t] = x[t] + a[t] y[t-1] runs the other way:
  // g[t] = d[t] + a[t+1] g[t+1], dx = g, da[t] = g[t] y[t-1].
  "linear-scan": (node, d, [, a]) => {
    const { reverse } = node.operation as { reverse: boolean };
    const flow = (): Tensor => linearScan(d, shift(a!, reverse ? 1 : -1), { reverse: !reverse });
    return [flow, () => f.mul(flow(), shift(node, reverse ? -1 : 1))];
  },
};

/**
 * Whether x is the transpose of something, as in gradients of gradients: the first gradient transposes sides. What it
 * is the transpose of then gets its gradient in its own layout, from the same sums of the same products; else whoever
 * reads that gradient would walk down columns.
 */
function isTransposed({ operation, rank }: Tensor): boolean {
  if (operation.op !== "permute") return false;
  return operation.axes.every((axis, i) => axis === (i < rank - 2 ? i : 2 * rank - 3 - i));
}

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
