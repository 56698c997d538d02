import type { Geometry } from "./geometry.js";
/**
 * h(p) = sum_a (p^q - p) / (q - 1) for an index q >= 1: negative entropy at q = 1, |p|^2 - 1 at q = 2, so that its step
 * is the Euclidean one with half the size. Throws `invalid-option` for q below 1.
 */
export declare function tsallisEntropy(index: number): Geometry;
