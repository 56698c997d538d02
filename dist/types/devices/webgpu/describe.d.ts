import type { Program } from "../../program/program.js";
import { type AdapterTraits } from "./adapter-traits.js";
import { type Launch } from "./launches.js";
/** 0 nothing, 1 the list of kernels, 2 also their WGSL. */
export type DebugLevel = 0 | 1 | 2;
/**
 * What a program does on an adapter, in words: its sizes, one line a launch; at level 2 each text where it is new. All
 * of it is laid out in one page.
 */
export declare function describeProgram(program: Program, level?: DebugLevel, adapter?: AdapterTraits): string;
export declare function describeLaunches(program: Program, launches: readonly Launch<unknown>[], level: DebugLevel): string;
