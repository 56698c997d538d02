import type { Geometry } from "./geometry.ts";
import { separable } from "./separable.ts";

/** h(p) = |p|^2 / 2: steps are projected gradient ascent, by sorting and a threshold. */
export const squaredNorm: Geometry = separable({
  id: "euclidean",
  name: "half the squared norm",
  formula: "sum_a p^2 / 2",
  project: nearestOnSimplex,
}, { value: (x) => x * x / 2, derivative: (x) => x, inverse: (y) => Math.max(0, y) });

/** The point of the simplex nearest to `point`. */
export function nearestOnSimplex(point: ArrayLike<number>): Float64Array {
  const descending = Float64Array.from(point).sort().reverse();
  let [total, threshold] = [0, 0];
  for (let i = 0; i < descending.length; i++) {
    total += descending[i]!;
    const candidate = (total - 1) / (i + 1);
    if (descending[i]! > candidate) threshold = candidate;
  }
  return Float64Array.from(point, (x) => Math.max(0, x - threshold));
}
