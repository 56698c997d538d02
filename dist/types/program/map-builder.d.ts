import type { Node } from "./graph.js";
import type { MapKernel } from "./program.js";
/** The memory behind a node; `strides` for its shape, contiguous unless it is written into the middle of a concat. */
export interface Place {
    readonly buffer: number;
    readonly offset: number;
    readonly strides: readonly number[];
}
export type Locate = (node: Node) => Place;
/** Turns the nodes of one group into a map kernel. `stored` says which values other kernels read. */
export declare function buildMap(nodes: readonly Node[], stored: (node: Node) => boolean, locate: Locate): MapKernel;
