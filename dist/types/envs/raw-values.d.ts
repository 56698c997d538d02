import { type Space } from "./spaces.js";
/** First value of a discrete space; 0 elsewhere. */
export declare function startOf(space: Space): number;
/**
 * Flattens `count` raw values as vector environments hold them (see `rawLayout`) into rows of `flatSize(space)` floats:
 * one-hot for discrete and multi-discrete, 0 and 1 for multi-binary, unchanged where the raw values are floats already.
 */
export declare function flattenRaw(space: Space, raw: Float32Array | Int32Array, count: number, out: Float32Array): void;
