/**
 * A mirror map h on the simplex of finitely many actions, in float64: the exact face of a map, as `MirrorMap` is its
 * face on the kit's distributions. Every number is made of + - * / and roots, so that all engines agree to the bit.
 */
export interface Geometry {
  readonly id: string;
  readonly name: string;
  /** h(p) on one line. */
  readonly formula: string;
  /** h(p). */
  value(policy: ArrayLike<number>): number;
  /** grad h(p), the dual point of p; infinite at the border where h is steep there. */
  gradient(policy: ArrayLike<number>): Float64Array;
  /** (grad h)^{-1}(y), coordinate by coordinate: no distribution unless y is the gradient of one. */
  inverse(dual: ArrayLike<number>): Float64Array;
  /** grad h*(y) = argmax_p <y, p> - h(p) over the simplex. A constant added to y changes nothing. */
  project(dual: ArrayLike<number>): Float64Array;
  /** h*(y) = max_p <y, p> - h(p) over the simplex. */
  conjugate(dual: ArrayLike<number>): number;
  /** B_h(p, q) = h(p) - h(q) - <grad h(q), p - q>; never negative. */
  divergence(policy: ArrayLike<number>, oldPolicy: ArrayLike<number>): number;
}

/** h(p) = sum_a phi(p_a), by the scalar functions of phi on [0, 1]. */
export interface Potential {
  /** phi(x). */
  value(x: number): number;
  /** phi'(x), increasing; -Infinity at 0 where the map is steep. */
  derivative(x: number): number;
  /** The x >= 0 with phi'(x) = y; 0 for y below phi'(0), Infinity where no x is that steep. */
  inverse(y: number): number;
}
