// The part of the table that moves elements: views, joins, indices, scans.
import * as t from "../../src/tensor/index.ts";
import { op, type OpCase } from "./op-cases.ts";
import type { InputSpec } from "./values.ts";

const cube = [2, 3, 4];
const index = (shape: readonly number[], to: number, from = 0): InputSpec => ({ shape, from, to, dtype: "i32" });

/** A function, because the two tables import each other. */
export const shapeCases = (): OpCase[] => [
  op("reshape", [cube], (x) => t.reshape(x, [4, -1])),
  op("reshape of a permuted tensor", [cube], (x) => t.reshape(t.permute(x, [2, 0, 1]), [4, 6])),
  op("reshape to a scalar and back", [[1, 1]], (x) => t.exp(t.reshape(t.exp(t.reshape(x, [])), [1]))),
  op("permute", [cube], (x) => t.permute(x, [2, 0, 1])),
  op("permute beside the original order", [[3, 3]], (x) => t.mul(x, t.exp(t.transpose(x)))),
  op("transpose of batches", [cube], (x) => t.exp(t.transpose(x))),
  op("expandDims", [[3], [2]], (a, b) => t.mul(t.expandDims(a, 0), t.exp(t.expandDims(b, -1)))),
  op("slice of the first axis", [[4, 3]], (x) => t.slice(x, 0, 1, 3)),
  op("slice of a middle axis", [cube], (x) => t.slice(x, 1, 0, 2)),
  op("slice of the last axis", [cube], (x) => t.slice(x, -1, 3, 4)),
  op("slice of a slice", [[5, 6]], (x) => t.slice(t.slice(x, 0, 1, 4), 1, 2, 5)),
  op("slices along different axes", [[4, 5]], (x) =>
    t.add(t.sum(t.exp(t.slice(x, 0, 1, 3))), t.sum(t.sin(t.slice(x, 1, 2, 4))))),
  op("disjoint slices", [[9]], (x) => t.mul(t.slice(x, 0, 0, 3), t.exp(t.slice(x, 0, 5, 8)))),
  op("overlapping slices", [[6]], (x) => t.mul(t.slice(x, 0, 0, 4), t.exp(t.slice(x, 0, 2, 6)))),
  op("equal slices", [[6]], (x) => t.mul(t.slice(x, 0, 1, 4), t.exp(t.slice(x, 0, 1, 4)))),
  op("a slice beside the whole", [[6]], (x) => t.add(t.sum(t.exp(x)), t.slice(x, 0, 1, 4))),
  op("slice of a permuted tensor", [cube], (x) => t.slice(t.permute(x, [1, 2, 0]), 1, 1, 3)),
  op("concat along the first axis", [[2, 3], [1, 3]], (a, b) => t.exp(t.concat([a, b], 0))),
  op("concat along the last axis", [[2, 3], [2, 2], [2, 1]], (a, b, c) => t.concat([a, t.exp(b), c], -1)),
  op("concat along a middle axis", [[2, 1, 3], [2, 2, 3]], (a, b) => t.concat([a, b], 1)),
  op("concat of a tensor with itself", [[2, 3]], (x) => t.concat([x, t.exp(x), x], 0)),
  op("concat of views", [[3, 2], [4]], (a, b) => t.concat([t.transpose(a), t.reshape(b, [2, 2])], 1)),
  op("split", [[2, 6]], (x) => {
    const [a, b, c] = t.split(x, [2, 3, 1]) as [t.Tensor, t.Tensor, t.Tensor];
    return t.mul(t.sum(t.exp(a), -1, { keepDims: true }), t.mul(b, c));
  }),
  op("a flat parameter vector cut into layers", [[3, 2], [2 * 4 + 4 + 4]], (x, parameters) => {
    const [w1, b1, w2] = t.split(parameters, [8, 4, 4]) as [t.Tensor, t.Tensor, t.Tensor];
    return t.matmul(t.tanh(t.matmul(x, t.reshape(w1, [2, 4]), b1)), t.reshape(w2, [4, 1]));
  }),
];

export const indexCases = (): OpCase[] => [
  op("gather of rows", [[5, 3], index([4], 5)], t.gatherRows),
  op("gather of scalars", [[5], index([2, 4], 5)], t.gatherRows),
  op("gather of matrices", [[3, 2, 2], index([4], 3)], t.gatherRows),
  op("gather with indices outside, which are clamped", [[5, 3], index([6], 9, -4)], t.gatherRows),
  op("gather of computed rows", [[5, 3], index([4], 5)], (x, k) => t.gatherRows(t.exp(x), k)),
  op("embedding of a batch of tokens", [[6, 3], index([2, 4], 6)], t.embedding),
  op("scatter-add of rows", [[4, 3], index([4], 5)], (x, k) => t.scatterAddRows(x, k, 5)),
  op("scatter-add of rows by a matrix of indices", [[2, 2, 3], index([2, 2], 4)], (x, k) => t.scatterAddRows(x, k, 4)),
  op("scatter-add with indices outside, which are clamped", [[6], index([6], 9, -4)], (x, k) =>
    t.scatterAddRows(x, k, 4)),
  ...[0, 1, 2, -1].map((axis) => {
    const shape = cube.map((size, i) => (i === (axis + 3) % 3 ? 5 : size));
    const size = cube[(axis + 3) % 3]!;
    return op(`take along axis ${axis}`, [cube, index(shape, size)], (x, k) => t.takeAlongAxis(x, k, axis));
  }),
  op("take along with indices outside, which are clamped", [[3, 4], index([3, 2], 8, -3)], (x, k) =>
    t.takeAlongAxis(x, k, 1)),
  ...[0, 1, -1].map((axis) =>
    op(`scatter-add along axis ${axis}`, [cube, index(cube, 5)], (x, k) => t.scatterAddAlongAxis(x, k, axis, 5))),
  op("one-hot as a factor", [[4, 3], index([4], 3)], (x, k) => t.mul(x, t.oneHot(k, 3))),
  op("argmax as an index", [[4, 5]], (x) => t.takeAlongAxis(t.exp(x), t.expandDims(t.argmax(x), -1), 1)),
  op("iota as a factor", [[3, 4]], (x) => t.mul(x, t.cast(t.iota([3, 4], 1), "f32"))),
  ...[{ reverse: false, way: "" }, { reverse: true, way: " in reverse" }].flatMap(({ reverse, way }) => {
    const scan = (x: t.Tensor, a: t.Tensor): t.Tensor => t.linearScan(x, a, { reverse });
    return [
      op(`linear scan${way}`, [[6], { shape: [6], from: -1, to: 1 }], scan),
      op(`linear scan of columns${way}`, [[4, 3], { shape: [4, 3], from: -1, to: 1 }], scan),
      op(`linear scan with one factor a column${way}`, [[4, 3], [3]], scan),
      op(`linear scan of one step${way}`, [[1, 3], [1, 3]], scan),
      op(`segmented linear scan${way}`, [[6], index([6], 2)], (x, cut) => scan(x, t.mul(0.9, t.cast(cut, "f32")))),
    ];
  }),
];
