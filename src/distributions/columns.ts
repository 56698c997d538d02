import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";

// Rows of distribution parameters are joined when they are made and cut apart when they are read.

/** Columns `start` to `stop` of a matrix; where it was just joined from parts, the part itself: nothing is stored. */
export function columns(matrix: Tensor, start: number, stop: number): Tensor {
  const { operation, inputs } = matrix;
  if (operation.op === "concat" && operation.axis === 1) {
    let at = 0;
    for (const part of inputs) {
      if (at === start && part.shape[1] === stop - start) return part;
      at += part.shape[1]!;
    }
  }
  return t.slice(matrix, 1, start, stop);
}

/** A constant vector. */
export function constantVector(values: ArrayLike<number>): Tensor {
  const list = Array.from(values);
  const first = list[0]!;
  if (list.every((value) => value === first)) return t.full([list.length], first);
  return t.concat(list.map((value) => t.full([1], value)), 0);
}
