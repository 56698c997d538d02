import type { Kernel } from "../../program/program.js";
/** The cost of a piece of a matmul, when work of this cost is shared by `threads`. */
export declare function matmulPieceCost(cost: number, threads: number): number;
/** Whether work is large enough to be shared. */
export declare function isWorthSharing(cost: number, threads: number): boolean;
/** A kernel as kernels of its kind that write to different elements: itself alone when it is small. */
export declare function cutKernel(kernel: Kernel, threads: number): readonly Kernel[];
/** `count` stretches of 0..total, as equal as multiples of `unit` can be. */
export declare function cuts(total: number, count: number, unit: number): {
    start: number;
    count: number;
}[];
