import type { Geometry } from "../../maps/geometry/geometry.js";
/** An increasing function on (0, 1] and its slope. */
interface MapUnit {
    readonly name: string;
    readonly value: (x: number) => number;
    readonly slope: (x: number) => number;
}
/** What a learned h' is mixed of, in the order of its weights. */
export declare const mapUnits: readonly MapUnit[];
/**
 * The map with h'(x) = sum_i w_i f_i(x), weights w_i >= 0 of `mapUnits`: increasing, so that each state of a step has
 * one root (an omega-potential whose phi^{-1} is learned, after Alfano, Towers, Sapora, Lu, Rebeschini 2024). The
 * logarithm alone is negative entropy, to the bit. Throws `invalid-shape` and `invalid-option`.
 */
export declare function learnedMap(weights: ArrayLike<number>): Geometry;
/**
 * Weights scaled so that h''(1/actions) = actions, negative entropy's curvature at the uniform policy: first steps of
 * equal length for every shape. A search without it would learn to take larger steps.
 */
export declare function comparableWeights(weights: ArrayLike<number>, actions: number): Float64Array;
export {};
