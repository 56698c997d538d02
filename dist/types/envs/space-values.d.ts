import type { RandomSource } from "../random/streams.js";
import type { Space, SpaceValue } from "./spaces.js";
/** Whether `value` belongs to `space`; bounds are compared as float32, so that rounding never puts a value outside. */
export declare function contains(space: Space, value: unknown): boolean;
/** Why `value` does not belong to `space`, in words that fit behind "observation: "; undefined where it does. */
export declare function whyOutside(space: Space, value: unknown): string | undefined;
/** A value that does not belong: it has another form (length, keys, kind of value), or lies out of range. */
export interface Misfit {
    readonly what: "form" | "range";
    readonly why: string;
}
export declare function misfit(space: Space, value: unknown): Misfit | undefined;
/**
 * Writes a value as the numbers a network sees, from `out[offset]` on, and returns the offset behind it: box as it is,
 * discrete one-hot, multi-discrete one one-hot per choice, multi-binary 0 or 1, dict and tuple part by part in order.
 */
export declare function flatten(space: Space, value: SpaceValue, out: Float32Array, offset?: number): number;
/**
 * A random value, or one that an action mask allows (an entry an option of each choice, in order). Bounded elements are
 * uniform; an unbounded side is sampled within one unit (two-sided: [-1, 1]) of what bound there is.
 */
export declare function sample(space: Space, random: RandomSource, mask?: ArrayLike<number>): SpaceValue;
/** The bounds of the numbers that `flatten` writes: those of boxes, else 0 and 1. */
export declare function flatBounds(space: Space): {
    low: number[];
    high: number[];
};
/** Whether two values of one space are the same, element for element. */
export declare function sameValue(a: unknown, b: unknown): boolean;
