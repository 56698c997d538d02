import { type Graph, type Node } from "./graph.js";
/**
 * For each concat the nodes that write its parts: a part's own kernel where it can write there, else a copy. A part can
 * when it is a computed node of its own, used in no other concat, and lies contiguous in the result.
 */
export declare function splitConcats(graph: Graph): {
    pieces: Map<Node, Node[]>;
    placed: Set<Node>;
};
/** Strides with which the pieces of a concat are written into it, and the offset of each. */
export declare function concatPlaces(concat: Node, pieces: readonly Node[]): {
    offset: number;
    strides: readonly number[];
}[];
