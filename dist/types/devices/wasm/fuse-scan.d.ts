import type { Kernel, Program } from "../../program/program.js";
import type { AddressOf } from "./map-walk.js";
/** The program's kernels, where a scan has taken in the map before it and the one behind it, if they fit. */
export declare function fuseScans({ kernels, buffers }: Program, addressOf: AddressOf): readonly Kernel[];
