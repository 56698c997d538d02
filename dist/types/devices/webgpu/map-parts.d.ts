import type { Kernel, MapKernel, Program } from "../../program/program.js";
/**
 * The map with no more than its stores and reductions need, in the order in which these reach it: parts that do the
 * same are the same, wherever they came from.
 */
export declare function onlyNeeded(map: MapKernel): MapKernel;
/**
 * The program's kernels, in which parts of a map that read matmuls' results, do the same and have nothing in common are
 * maps of their own.
 */
export declare function splitAlikeParts(program: Program): readonly Kernel[];
