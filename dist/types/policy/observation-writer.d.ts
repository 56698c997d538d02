import { type Space } from "../envs/spaces.js";
/**
 * Checks a raw observation and writes it as the numbers that a network sees, from `out[at]` on. Allocates nothing.
 * Throws `invalid-observation` for a value of another shape and for numbers that are not finite or no choice.
 */
export type ObservationWriter = (value: unknown, out: Float32Array, at: number) => void;
/**
 * The writer of a space: box as it is, one-hot for each choice of discrete and multi-discrete, 0 or 1 for multi-binary,
 * dict and tuple part by part in order. Bounds of a box are no law of nature: values outside are taken.
 */
export declare function observationWriter(space: Space, path?: string): ObservationWriter;
