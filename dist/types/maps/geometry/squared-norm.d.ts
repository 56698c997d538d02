import type { Geometry } from "./geometry.js";
/** h(p) = |p|^2 / 2: steps are projected gradient ascent, by sorting and a threshold. */
export declare const squaredNorm: Geometry;
/** The point of the simplex nearest to `point`. */
export declare function nearestOnSimplex(point: ArrayLike<number>): Float64Array;
