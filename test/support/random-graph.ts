// Random composite graphs for property tests: a recipe is a list of small numbers, so that a failing one shrinks to a
// short one. Shapes stay small and every step keeps values within a few units, so that float32 has a chance.
import fc from "fast-check";
import * as t from "../../src/tensor/index.ts";
import type { Tensor } from "../../src/tensor/index.ts";
import type { OpCase } from "./op-cases.ts";
import type { InputSpec } from "./values.ts";

/** One step: which op, on which of the tensors made so far, and how. */
export interface Step {
  readonly op: string;
  readonly left: number;
  readonly right: number;
  readonly choice: number;
}

const largestSize = 64;
const inputs: readonly InputSpec[] = [
  { shape: [2, 3] }, { shape: [3, 4] }, { shape: [4] }, { shape: [2, 1, 3] },
  { shape: [5], from: 0, to: 4, dtype: "i32" },
];

interface Bench {
  /** What steps choose from: inputs first. */
  readonly made: Tensor[];
  /** An i32 vector of indices. */
  readonly index: Tensor;
}

type Build = (bench: Bench, x: Tensor, step: Step) => Tensor;

const axisOf = (x: Tensor, choice: number): number => choice % Math.max(1, x.rank);
const withAxis = (x: Tensor): Tensor => (x.rank === 0 ? t.reshape(x, [1]) : x);
const withTwoAxes = (x: Tensor): Tensor => (x.rank < 2 ? t.reshape(x, [1, x.size]) : x);
const sizeAfter = (a: Tensor, b: Tensor): number | undefined => {
  const rank = Math.max(a.rank, b.rank);
  const sizeOf = (x: Tensor, axis: number): number => x.shape[axis - rank + x.rank] ?? 1;
  const sizes = Array.from({ length: rank }, (_, axis) => [sizeOf(a, axis), sizeOf(b, axis)] as const);
  if (sizes.some(([p, q]) => p !== q && p !== 1 && q !== 1)) return undefined;
  return sizes.reduce((size, [p, q]) => size * Math.max(p, q), 1);
};

/** Another tensor that broadcasts with x to a small shape; x itself when the choice falls on it. */
function partner({ made }: Bench, x: Tensor, { right }: Step): Tensor {
  const fitting = made.filter((y) => (sizeAfter(x, y) ?? Infinity) <= largestSize);
  return fitting[right % fitting.length]!;
}

const unaries: Record<string, (x: Tensor) => Tensor> = {
  neg: t.neg, abs: t.abs, tanh: t.tanh, sin: t.sin, cos: t.cos,
  relu: t.relu, sigmoid: t.sigmoid, softplus: t.softplus, gelu: t.gelu,
  exp: (x) => t.exp(t.minimum(x, 1)),
  log: (x) => t.log(t.add(t.square(x), 0.5)),
  sqrt: (x) => t.sqrt(t.add(t.square(x), 0.3)),
  square: (x) => t.square(t.tanh(x)),
  reciprocal: (x) => t.reciprocal(t.add(t.square(x), 1)),
  clamp: (x) => t.clamp(x, -1, 0.7),
  frozen: (x) => t.mul(x, t.stopGradient(t.tanh(x))),
};

const binaries: Record<string, (a: Tensor, b: Tensor) => Tensor> = {
  add: t.add, sub: t.sub, minimum: t.minimum, maximum: t.maximum,
  mul: (a, b) => t.mul(a, t.tanh(b)),
  div: (a, b) => t.div(a, t.add(t.square(b), 1)),
  where: (a, b) => t.where(t.less(a, b), t.sin(a), b),
};

const overAxis: Record<string, (x: Tensor, axis: number) => Tensor> = {
  softmax: t.softmax,
  logSoftmax: t.logSoftmax,
  layerNorm: (x) => t.layerNorm(x, undefined, undefined, 0.1),
  flip: (x, axis) => t.scatterAddAlongAxis(x, t.sub(x.shape[axis]! - 1, t.iota(x.shape, axis)), axis, x.shape[axis]!),
  take: (x, axis) => {
    const shape = x.shape.map((size, i) => (i === axis ? 2 : size));
    return t.takeAlongAxis(x, t.sub(1, t.iota(shape, axis)), axis);
  },
  slice: (x, axis) => t.slice(x, axis, Math.floor(x.shape[axis]! / 2), x.shape[axis]!),
  double: (x, axis) => t.concat([x, t.neg(x)], axis),
};

const reductions = [t.sum, t.mean, t.max, t.min, t.logSumExp];

const structural: Record<string, Build> = {
  reduce: (_, x, { right, choice }) => {
    const axes = [...x.shape.keys()].filter((axis) => (choice >> axis) & 1);
    return reductions[right % reductions.length]!(x, axes, { keepDims: choice % 2 === 0 });
  },
  permute: (_, x, { choice }) => t.permute(x, [...x.shape.keys()].map((axis) => (axis + choice) % x.rank)),
  reshape: (_, x, { choice }) => t.reshape(x, choice % 2 === 0 || x.size % 2 === 1 ? [-1] : [2, -1]),
  repeat: (_, x) => t.mul(t.full([2, ...x.shape], 1), x),
  matmul: (bench, x, { right, choice }) => {
    const a = choice & 1 ? t.transpose(withTwoAxes(x)) : withTwoAxes(x);
    const depth = a.shape[a.rank - 1]!;
    const matrices = bench.made.flatMap((y) => (y.rank === 2 ? [y, t.transpose(y)] : []));
    const fitting = matrices.filter(({ shape }) => shape[0] === depth);
    const b = fitting[right % Math.max(1, fitting.length)] ?? t.transpose(a);
    return t.mul(1 / depth, t.matmul(a, b));
  },
  gather: ({ index }, x) => t.gatherRows(withAxis(x), index),
  scatter: ({ index }, x) => {
    const rows = t.gatherRows(withAxis(x), index);
    return t.scatterAddRows(t.mul(0.5, t.tanh(rows)), index, 4);
  },
  scan: (_, x, { choice }) => t.linearScan(withAxis(x), t.mul(0.7, t.sin(withAxis(x))), { reverse: choice % 2 === 1 }),
  innerGradient: ({ made }, x, { right }) => {
    const source = made[right % (inputs.length - 1)]!;
    return t.tanh(t.grad(t.sum(t.sin(x)), [source])[0]!);
  },
};

function buildsOf<F>(functions: Record<string, F>, toBuild: (f: F) => Build): Record<string, Build> {
  return Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, toBuild(f)]));
}

const builds: Record<string, Build> = {
  ...buildsOf(unaries, (f) => (_, x) => f(x)),
  ...buildsOf(binaries, (f) => (bench, x, step) => f(x, partner(bench, x, step))),
  ...buildsOf(overAxis, (f) => (_, x, { choice }) => f(withAxis(x), axisOf(withAxis(x), choice))),
  ...structural,
};

/** All steps in turn; what no later step used is joined to one vector. */
function build(steps: readonly Step[], given: readonly Tensor[]): Tensor {
  const made = given.filter(({ dtype }) => dtype === "f32");
  const bench: Bench = { made, index: given.find(({ dtype }) => dtype === "i32")! };
  const first = made.length;
  for (const step of steps) {
    const y = builds[step.op]!(bench, made[made.length - 1 - (step.left % made.length)]!, step);
    if (y.size <= largestSize && y.rank <= 4) made.push(y);
  }
  const results = made.length > first ? made.slice(first) : [t.sin(made[0]!)];
  return t.concat(results.map((y) => t.reshape(y, [-1])), 0);
}

const step = fc.record({
  op: fc.constantFrom(...Object.keys(builds)), left: fc.nat(7), right: fc.nat(7), choice: fc.nat(7),
});

export const randomGraph = (largest = 8): fc.Arbitrary<OpCase> =>
  fc.array(step, { minLength: 1, maxLength: largest, size: "max" }).map((steps) => ({
    name: steps.map(({ op, left, right, choice }) => `${op}(${left},${right},${choice})`).join(" "),
    inputs,
    build: (...given: Tensor[]) => build(steps, given),
  }));
