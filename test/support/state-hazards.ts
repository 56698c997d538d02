// Programs that write over inputs which they also read, for every device.
import * as t from "../../src/tensor/index.ts";

export const x = t.input("x", [4, 4]);
const y = t.input("y", [4, 4]);
const k = t.input("k", [4], "i32");
// Small whole numbers: every result below is exact in float32.
export const start: Record<string, number[]> = {
  x: Array.from({ length: 16 }, (_, i) => (i * 7) % 16),
  y: Array.from({ length: 16 }, (_, i) => 3 - i),
  k: [2, 0, 3, 3],
};
const row = (from: number, to = from + 1): t.Tensor => t.slice(x, 0, from, to);

/** Updates that read what they overwrite, in orders that a careless write in place would spoil. */
export const hazards: Record<string, [t.Tensor, t.Tensor][]> = {
  "its transpose": [[x, t.transpose(x)]],
  "itself plus its transpose": [[x, t.add(x, t.transpose(x))]],
  "its rows moved by one": [[x, t.concat([row(1, 4), row(0)], 0)]],
  "its columns moved by one": [[x, t.concat([t.slice(x, 1, 3, 4), t.slice(x, 1, 0, 3)], 1)]],
  "its first row everywhere": [[x, t.add(t.full([4, 4], 0), row(0))]],
  "itself minus the sum of its first column": [[x, t.sub(x, t.sum(t.slice(x, 1, 0, 1), 0, { keepDims: true }))]],
  "itself minus its row sums": [[x, t.sub(x, t.sum(x, 1, { keepDims: true }))]],
  "itself minus its column maxima": [[x, t.sub(x, t.max(x, 0, { keepDims: true }))]],
  "its square as a matrix": [[x, t.matmul(x, x)]],
  "its rows in another order": [[x, t.gatherRows(x, k)]],
  "its rows added elsewhere": [[x, t.scatterAddRows(x, k, 4)]],
  "its running sum": [[x, t.linearScan(x, t.full([4], 1))]],
  "its reshape": [[x, t.reshape(t.transpose(t.reshape(x, [2, 8])), [4, 4])]],
  "an unchanged state": [[x, x]],
  "a constant": [[x, t.full([4, 4], 2)]],
  "another state, and that state this one": [[x, y], [y, x]],
  "a sum with another state, which takes the difference": [[x, t.add(x, y)], [y, t.sub(x, y)]],
  "the other's transpose, and the other its": [[x, t.transpose(y)], [y, t.transpose(x)]],
  "one value for two states": [[x, t.add(x, y)], [y, t.add(x, y)]],
  "a value and its negation": [[x, t.neg(t.add(x, y))], [y, t.add(x, y)]],
  "its negation, and an index that moves": [[x, t.neg(t.gatherRows(x, k))], [k, t.sub(3, k)]],
};
