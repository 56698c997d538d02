import { type Access, type Node } from "./graph.js";
import type { Place } from "./map-builder.js";
import type { BufferSpec, MapKernel, View } from "./program.js";
import { type Schedule } from "./schedule.js";
/** An input and the node that computes what it holds after the run. */
export interface StateUpdate {
    readonly state: Node;
    readonly value: Node;
}
export interface PlacementRequest {
    readonly plan: Schedule;
    readonly pieces: ReadonlyMap<Node, readonly Node[]>;
    readonly updates: readonly StateUpdate[];
    readonly outputs: readonly (readonly [string, Access])[];
}
export interface Placement {
    readonly buffers: readonly BufferSpec[];
    readonly inputs: ReadonlyMap<string, number>;
    readonly arenaBytes: number;
    /** Copies into states that could not be written in place. */
    readonly finalCopies: readonly MapKernel[];
    locate(node: Node): Place;
    isStored(node: Node): boolean;
    view(access: Access): View;
}
/** Chooses a place for every value that outlives its kernel. */
export declare function placeBuffers(request: PlacementRequest): Placement;
