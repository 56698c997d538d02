import type { Kernel } from "../../program/program.js";
import { type MatmulOperands } from "../machine-instructions.js";
/** How many pieces work of this cost is cut into, of which a thread gets at most `perThread`; 1 when it is small. */
export declare function piecesFor(cost: number, threads: number, perThread?: number): number;
/** The multiply-adds of a piece, when `threads` share a matmul: what `splitMatmul` takes as its limit. */
export declare function multiplyAddsOfPiece(operands: MatmulOperands, threads: number): number;
/**
 * A kernel as kernels of its kind that write to different elements: itself alone when it is small. On one thread only
 * long maps are cut.
 */
export declare function cutKernel(kernel: Kernel, threads: number): readonly Kernel[];
/** `count` stretches of 0..total, as equal as multiples of `unit` can be. */
export declare function cuts(total: number, count: number, unit: number): {
    start: number;
    count: number;
}[];
