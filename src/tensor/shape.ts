import { BregmanError } from "../error.ts";

/** Sizes per axis, row-major; `[]` is a scalar. */
export type Shape = readonly number[];

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** Row-major strides in elements. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** The shape to which both broadcast, by NumPy's rule. Throws `invalid-shape` when there is none. */
export function broadcastShapes(a: Shape, b: Shape, what: string): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const sizeA = a[axis - rank + a.length] ?? 1;
    const sizeB = b[axis - rank + b.length] ?? 1;
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      throw new BregmanError("invalid-shape",
        `${what}: shapes [${a}] and [${b}] do not broadcast (axis ${axis}: ${sizeA} against ${sizeB})`);
    }
    return sizeA === 1 ? sizeB : sizeA;
  });
}

/** Axis as a number from 0, counting negative ones from the end. */
export function normalizeAxis(axis: number, rank: number, what: string): number {
  const normalized = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || normalized < 0 || normalized >= rank) {
    throw new BregmanError("invalid-shape", `${what}: axis ${axis} does not exist in a tensor of rank ${rank}`);
  }
  return normalized;
}

/** Sorted, distinct axes; all of them when none is given. */
export function normalizeAxes(axes: number | readonly number[] | undefined, rank: number, what: string): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = (typeof axes === "number" ? [axes] : axes).map((axis) => normalizeAxis(axis, rank, what));
  return [...new Set(list)].sort((a, b) => a - b);
}

export function checkShape(shape: Shape, what: string): void {
  for (const size of shape) {
    if (!Number.isInteger(size) || size < 1) {
      throw new BregmanError("invalid-shape", `${what}: every axis needs a whole size of at least 1, got [${shape}]`);
    }
  }
}
