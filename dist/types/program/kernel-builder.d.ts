import type { Placement } from "./buffers.js";
import type { Kernel } from "./program.js";
import type { Group } from "./schedule.js";
/** The kernel of one group: a map of all its nodes, or the one node that needs a kernel of its own. */
export declare function buildKernel(group: Group, placement: Placement): Kernel;
