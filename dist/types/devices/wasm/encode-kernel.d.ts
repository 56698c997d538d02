import type { Kernel, MapKernel } from "../../program/program.js";
import type { AddressOf } from "./map-walk.js";
export interface EncodeContext {
    readonly addressOf: AddressOf;
    /** Where transposed right sides go, before they are multiplied. */
    readonly scratch: number;
    /** How many threads share large instructions. */
    readonly threads: number;
    /** The table index of a map's function. */
    mapIndex(kernel: MapKernel): number;
}
/**
 * The steps of one kernel, given as the pieces into which it was cut, each with its own words: most have one, a large
 * or transposed matmul several.
 */
export declare function encodeKernel(pieces: readonly Kernel[], context: EncodeContext): number[][];
/** Bytes that the transposed right side of a matmul needs. */
export declare function scratchBytes(kernel: Kernel): number;
