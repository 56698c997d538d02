import type { Kernel, Program, View } from "../../program/program.js";
export declare function readsOf(kernel: Kernel): View[];
export declare function writesOf(kernel: Kernel): View[];
/** Whether two views share memory: temporaries may lie where others lay. */
export declare function overlapIn(program: Program): (one: View, two: View) => boolean;
