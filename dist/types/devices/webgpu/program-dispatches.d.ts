import type { Program } from "../../program/program.js";
import type { AdapterTraits } from "./adapter-traits.js";
import { type Dispatch } from "./dispatch.js";
import { type Place } from "./launches.js";
/**
 * The dispatches of one run, in order. On a GPU maps go in parts that follow matmuls, with the sums that end them left
 * behind, unless that takes more launches than maps as the compiler made them.
 */
export declare function dispatchesOf(program: Program, adapter: AdapterTraits): Dispatch[];
/** A layout of the program's buffers, the scratch buffer last, in one page: for planning before there is memory. */
export declare function onePage(program: Program): (buffer: number) => Place<object>;
