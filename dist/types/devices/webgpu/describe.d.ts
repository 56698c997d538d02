import type { Program } from "../../program/program.js";
import { type Dispatch } from "./dispatch.js";
/** 0 nothing, 1 the list of kernels, 2 also their WGSL. */
export type DebugLevel = 0 | 1 | 2;
/** The launches of one run, in order. */
export declare function dispatchesOf({ kernels }: Program): Dispatch[];
/** What a program does on a GPU, in words: its sizes, one line a dispatch; at level 2 each text where it is new. */
export declare function describeProgram(program: Program, level?: DebugLevel): string;
export declare function describeDispatches(program: Program, dispatches: readonly Dispatch[], texts: readonly string[], level: DebugLevel): string;
