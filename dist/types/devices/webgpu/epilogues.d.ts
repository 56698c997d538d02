import type { Kernel, MapKernel, MatmulKernel, Program } from "../../program/program.js";
/** What a matmul does to each of its elements. */
export interface Epilogue {
    /** The moved part of the map; its domain has the elements of y, in the same order. */
    readonly map: MapKernel;
    /** The load that is the matmul's element. */
    readonly load: number;
    /** Whether others read the matmul's result. */
    readonly storesResult: boolean;
}
export interface FusedKernel {
    readonly kernel: Kernel;
    readonly epilogue: Epilogue | undefined;
}
/**
 * The kernels with epilogues where these change nothing but the number of launches. `takes`: whether a matmul may;
 * `leavesSums`: whether also of maps that end in sums, which stay behind.
 */
export declare function fuseEpilogues(program: Program, takes: (kernel: MatmulKernel) => boolean, leavesSums: boolean): FusedKernel[];
