import type { Kernel } from "../../program/program.js";
import type { AddressOf } from "./map-walk.js";
export interface EncodeContext {
    readonly addressOf: AddressOf;
    /** Where transposed right sides go, before they are multiplied. */
    readonly scratch: number;
    /** The table index of a map's function. */
    mapIndex(kernel: Kernel): number;
}
/** The instructions of one kernel, each with its own words: most have one, a large or transposed matmul several. */
export declare function encodeKernel(kernel: Kernel, context: EncodeContext): number[][];
/** Bytes that the transposed right side of a matmul needs. */
export declare function scratchBytes(kernel: Kernel): number;
