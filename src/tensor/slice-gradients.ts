import { add } from "./functions.ts";
import { sameShape, type Shape } from "./shape.ts";
import { full } from "./sources.ts";
import type { Tensor } from "./tensor.ts";
import { concat } from "./views.ts";

// The gradients of several slices of one tensor meet in one concat: a flat parameter vector gets its flat gradient
// without padding.

export interface SliceGradient {
  readonly starts: readonly number[];
  readonly gradient: Tensor;
}

/**
 * The gradient of a tensor of the given shape from those of its slices. Slices that overlap, or are cut along different
 * axes, are padded with zeros and added.
 */
export function joinSlices(shape: Shape, pieces: readonly SliceGradient[]): Tensor {
  const axis = commonAxis(shape, pieces);
  if (axis === undefined) return pieces.map((piece) => pad(shape, piece)).reduce((a, b) => add(a, b));
  const merged: { start: number; gradient: Tensor }[] = [];
  for (const piece of [...pieces].sort((a, b) => a.starts[axis]! - b.starts[axis]!)) {
    const start = piece.starts[axis]!;
    const last = merged[merged.length - 1];
    const lastStop = last ? last.start + last.gradient.shape[axis]! : 0;
    if (last && last.start === start && sameShape(last.gradient.shape, piece.gradient.shape)) {
      last.gradient = add(last.gradient, piece.gradient);
    } else if (start >= lastStop) {
      merged.push({ start, gradient: piece.gradient });
    } else {
      return pieces.map((each) => pad(shape, each)).reduce((a, b) => add(a, b));
    }
  }
  return fillGaps(shape, axis, merged);
}

/** The one axis along which all pieces are cut, if there is one. */
function commonAxis(shape: Shape, pieces: readonly SliceGradient[]): number | undefined {
  const cut = new Set<number>();
  for (const { gradient } of pieces) {
    for (const axis of shape.keys()) if (gradient.shape[axis] !== shape[axis]) cut.add(axis);
  }
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
