import type { RandomSource } from "../random/streams.js";
import type { Space, SpaceValue } from "./spaces.js";
/** Whether `value` belongs to `space`; bounds are compared as float32, so that rounding never puts a value outside. */
export declare function contains(space: Space, value: unknown): boolean;
/** Why `value` does not belong to `space`, in words that fit behind "observation: "; undefined where it does. */
export declare function whyOutside(space: Space, value: unknown): string | undefined;
/**
 * Writes a value as the numbers a network sees, from `out[offset]` on, and returns the offset behind it: box as it is,
 * discrete one-hot, multi-discrete one one-hot per choice, multi-binary 0 or 1, dict and tuple part by part in order.
 */
export declare function flatten(space: Space, value: SpaceValue, out: Float32Array, offset?: number): number;
/**
 * A random value. Bounded elements are uniform; an unbounded side is sampled within one unit (two-sided: [-1, 1]) of
 * what bound there is.
 */
export declare function sample(space: Space, random: RandomSource): SpaceValue;
/** Whether two values of one space are the same, element for element. */
export declare function sameValue(a: unknown, b: unknown): boolean;
