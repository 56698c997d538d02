// One table of everything that the tensor layer can differentiate, for all checks: float64 against differences, devices
// against float64.
import * as t from "../../src/tensor/index.ts";
import type { Tensor } from "../../src/tensor/index.ts";
import { indexCases, shapeCases } from "./op-cases-shapes.ts";
import type { InputSpec } from "./values.ts";

export interface OpCase {
  readonly name: string;
  readonly inputs: readonly InputSpec[];
  /** f32 of any shape, from inputs in the order of the specs. */
  readonly build: (...inputs: Tensor[]) => Tensor;
}

/** A case; an input is a spec, or only its shape. */
export function op(name: string, inputs: readonly (InputSpec | readonly number[])[], build: OpCase["build"]): OpCase {
  return { name, inputs: inputs.map((each) => ("shape" in each ? each : { shape: each })), build };
}

const grid = [2, 3];
const positive: InputSpec = { shape: grid, from: 0.2, to: 3 };
const line: InputSpec = { shape: [7] };
const cube = [2, 3, 4];

const unaryCases: OpCase[] = [
  op("neg", [grid], t.neg),
  op("abs", [grid], t.abs),
  op("exp", [grid], t.exp),
  op("log", [positive], t.log),
  op("sqrt", [positive], t.sqrt),
  op("tanh", [grid], t.tanh),
  op("sin", [grid], t.sin),
  op("cos", [grid], t.cos),
  op("square", [grid], t.square),
  op("reciprocal", [positive], t.reciprocal),
  op("power", [positive], (x) => t.power(x, 2.5)),
  op("power with an exponent that is a tensor", [positive, grid], t.power),
  op("relu", [line], t.relu),
  op("sigmoid", [{ shape: [7], from: -6, to: 6 }], t.sigmoid),
  op("softplus", [{ shape: [7], from: -6, to: 6 }], t.softplus),
  op("gelu", [{ shape: [7], from: -3, to: 3 }], t.gelu),
  op("floor as a factor", [line], (x) => t.mul(x, t.floor(x))),
  op("round as a factor", [line], (x) => t.mul(x, t.round(x))),
  op("cast to i32 and back as a factor", [line], (x) => t.mul(x, t.cast(t.cast(x, "i32"), "f32"))),
  op("stop-gradient as a factor", [grid], (x) => t.mul(x, t.stopGradient(t.exp(x)))),
];

const binaryCases: OpCase[] = [
  op("add", [grid, grid], t.add),
  op("sub", [grid, grid], t.sub),
  op("mul", [grid, grid], t.mul),
  op("div", [grid, positive], t.div),
  op("minimum", [line, line], t.minimum),
  op("maximum", [line, line], t.maximum),
  op("maximum with a number on the right", [line], (x) => t.maximum(x, 0.3)),
  op("maximum with a number on the left", [line], (x) => t.maximum(-0.3, x)),
  op("minimum with zero on the right", [line], (x) => t.minimum(x, 0)),
  op("sub from a number", [grid], (x) => t.sub(1.5, x)),
  op("div of a number", [positive], (x) => t.div(1.5, x)),
  op("a tensor with itself", [grid], (x) => t.add(t.mul(x, x), t.sub(t.exp(x), x))),
  op("clamp between numbers", [line], (x) => t.clamp(x, -1, 1.1)),
  op("clamp between tensors", [line, { shape: [7], from: -2, to: -0.5 }, { shape: [7], from: 0.5, to: 2 }], t.clamp),
  op("where less", [line, line], (a, b) => t.where(t.less(a, b), t.exp(a), t.mul(a, b))),
  op("where greater, one branch a number", [line, line], (a, b) => t.where(t.greater(a, b), t.mul(a, b), 0.5)),
  op("where on a combined condition", [line, line], (a, b) => {
    const condition = t.logicalOr(t.logicalAnd(t.lessEqual(a, b), t.greaterEqual(a, -1)), t.logicalNot(t.less(b, 0.5)));
    return t.where(condition, t.sin(a), t.square(b));
  }),
  op("a comparison cast to f32 as a factor", [line, line], (a, b) => t.mul(t.cast(t.less(a, b), "f32"), t.mul(a, b))),
  op("where on equal indices", [grid, { shape: grid, from: 0, to: 2, dtype: "i32" }], (x, k) =>
    t.where(t.equal(k, 1), t.exp(x), t.neg(x))),
];

const broadcasts: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[2, 3], [3]], [[3], [2, 3]], [[2, 3], [2, 1]], [[2, 1], [1, 3]], [[4, 1, 3], [2, 1]], [[], [2, 3]], [[1, 1], [2, 3]],
  [[2, 3, 4], [3, 1]], [[2, 3, 4], [2, 1, 4]], [[1], [1, 3, 1]], [[5, 17], [17]], [[5, 17], [5, 1]],
];

const broadcastCases: OpCase[] = broadcasts.flatMap(([a, b]) => [
  op(`broadcast mul [${a}] [${b}]`, [a, b], t.mul),
  op(`broadcast sub, div [${a}] [${b}]`, [a, { shape: b, from: 0.5, to: 2 }], (x, y) => t.sub(t.div(x, y), y)),
  op(`broadcast where [${a}] [${b}]`, [a, b], (x, y) => t.where(t.less(x, y), x, t.square(y))),
]);

type Axes = number | readonly number[] | undefined;
const axesOfCube: readonly Axes[] = [undefined, 0, 1, 2, [0, 1], [1, 2], [0, 2], -1, [-3, -1], [2, 0, 1]];
const nameOfAxes = (axes: Axes): string => (axes === undefined ? "all axes" : `axes [${axes}]`);
const reductions = { sum: t.sum, mean: t.mean, max: t.max, min: t.min, logSumExp: t.logSumExp };

const reductionCases: OpCase[] = Object.entries(reductions).flatMap(([name, reduce]) => [
  ...axesOfCube.map((axes) => op(`${name} over ${nameOfAxes(axes)}`, [cube], (x) => reduce(x, axes))),
  op(`${name} that keeps axes`, [cube], (x) => t.mul(x, reduce(x, 1, { keepDims: true }))),
  op(`${name} over an axis of size one`, [[3, 1, 2]], (x) => t.mul(x, reduce(x, 1, { keepDims: true }))),
  op(`${name} over rows of a permuted tensor`, [[5, 7]], (x) => reduce(t.transpose(x), -1)),
  op(`${name} over an odd number of columns`, [[3, 19]], (x) => reduce(x, -1)),
]);

const normalizationCases: OpCase[] = [
  ...[-1, 0, 1].flatMap((axis) => [
    op(`softmax over axis ${axis}`, [cube], (x) => t.softmax(x, axis)),
    op(`log-softmax over axis ${axis}`, [cube], (x) => t.logSoftmax(x, axis)),
  ]),
  op("softmax of large logits", [{ shape: [2, 5], from: 80, to: 100 }], (x) => t.softmax(x)),
  op("layer norm", [[3, 5]], (x) => t.layerNorm(x)),
  op("layer norm with scale and shift", [[2, 3, 5], [5], [5]], (x, scale, shift) => t.layerNorm(x, scale, shift)),
  op("entropy of a softmax", [[4, 3]], (x) => t.neg(t.sum(t.mul(t.softmax(x), t.logSoftmax(x)), -1))),
];

const matmulCases: OpCase[] = [
  op("matmul", [[2, 3], [3, 4]], t.matmul),
  op("matmul of one row", [[1, 5], [5, 3]], t.matmul),
  op("matmul to one column", [[4, 5], [5, 1]], t.matmul),
  op("matmul over depth one", [[3, 1], [1, 2]], t.matmul),
  op("matmul beyond one tile", [[9, 17], [17, 21]], t.matmul),
  op("matmul, left transposed", [[3, 2], [3, 4]], (a, b) => t.matmul(t.transpose(a), b)),
  op("matmul, right transposed", [[2, 3], [4, 3]], (a, b) => t.matmul(a, t.transpose(b))),
  op("matmul, both transposed", [[3, 2], [4, 3]], (a, b) => t.matmul(t.transpose(a), t.transpose(b))),
  op("matmul with a bias", [[2, 3], [3, 4], [4]], t.matmul),
  op("matmul, right transposed, with a bias", [[2, 3], [4, 3], [4]], (a, b, c) => t.matmul(a, t.transpose(b), c)),
  op("batched matmul", [[2, 3, 4], [2, 4, 2]], t.matmul),
  op("batched matmul over two axes", [[2, 2, 3, 4], [2, 2, 4, 2]], t.matmul),
  op("batched matmul with a bias", [[2, 3, 4], [2, 4, 2], [2]], t.matmul),
  op("batched matmul, right transposed", [[2, 3, 4], [2, 5, 4]], (a, b) => t.matmul(a, t.transpose(b))),
  op("batched matmul, left transposed", [[2, 4, 3], [2, 4, 2]], (a, b) => t.matmul(t.transpose(a), b)),
  op("matmul with shared weights", [[2, 3, 4], [4, 5], [5]], t.matmul),
  op("matmul with a shared left side", [[3, 4], [2, 4, 2]], t.matmul),
  op("matmul with broadcast batches", [[2, 1, 2, 3], [1, 3, 3, 2]], t.matmul),
  op("matmul of a slice", [[2, 6], [5, 4]], (a, b) => t.matmul(t.slice(a, 1, 1, 4), t.slice(b, 0, 2, 5))),
  op("matmul of a vector as a reshaped row", [[4], [4, 3]], (a, b) => t.matmul(t.reshape(a, [1, 4]), b)),
  op("matmul of an expanded row", [[1, 4], [4, 3]], (a, b) => t.matmul(t.mul(t.full([3, 1], 1), a), b)),
  op("causal attention", [[4, 3], [4, 3], [4, 3]], t.causalAttention),
  op("causal attention in batches", [[2, 3, 2], [2, 3, 2], [2, 3, 2]], t.causalAttention),
];

const networkCases: OpCase[] = [
  op("a network of two layers with tanh", [[5, 4], [4, 6], [6], [6, 2], [2]], (x, w1, b1, w2, b2) =>
    t.matmul(t.tanh(t.matmul(x, w1, b1)), w2, b2)),
  op("cross-entropy of a network", [[5, 4], [4, 3], [3], { shape: [5, 1], from: 0, to: 3, dtype: "i32" }],
    (x, w, b, label) => t.neg(t.mean(t.takeAlongAxis(t.logSoftmax(t.matmul(x, w, b)), label, 1)))),
  op("log-density of a diagonal Gaussian", [[5, 2], [5, 2], [2]], (x, location, logScale) =>
    t.sum(t.sub(t.mul(-0.5, t.square(t.div(t.sub(x, location), t.exp(logScale)))), logScale), -1)),
  op("clipped surrogate", [[9], [9], [9]], (logProb, oldLogProb, advantage) => {
    const ratio = t.exp(t.mul(0.2, t.sub(logProb, oldLogProb)));
    return t.mean(t.minimum(t.mul(ratio, advantage), t.mul(t.clamp(ratio, 0.8, 1.2), advantage)));
  }),
  op("random noise as a factor", [[2, 3], { shape: [4], from: 0, to: 1000, dtype: "i32" }], (x, state) =>
    t.mul(x, t.randomNormal(state, [2, 3], 1))),
  op("an expectation by sampling", [[2], { shape: [4], from: 0, to: 1000, dtype: "i32" }], (x, state) =>
    t.mean(t.exp(t.add(x, t.mul(0.3, t.randomGumbel(state, [8, 2], 2)))), 0)),
];

export const opCases: readonly OpCase[] = [
  ...unaryCases, ...binaryCases, ...broadcastCases, ...reductionCases, ...normalizationCases, ...matmulCases,
  ...shapeCases(), ...indexCases(), ...networkCases,
];
