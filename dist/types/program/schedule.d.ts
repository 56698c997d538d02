import { type Access, type Graph, type Node } from "./graph.js";
export interface Group {
    readonly kind: "map" | "single";
    readonly level: number;
    /** Whether each repeat of a run has to compute it anew. */
    readonly varies: boolean;
    readonly nodes: Node[];
}
export interface Schedule {
    readonly groups: readonly Group[];
    readonly groupOf: ReadonlyMap<Node, number>;
    /** How many groups come first that do not vary. */
    readonly constantGroups: number;
    /** Live nodes, inputs before readers. */
    readonly nodes: readonly Node[];
}
export declare function isLeaf(node: Node): boolean;
export declare function isMap(node: Node): boolean;
export declare function isReduction(node: Node): boolean;
/** The iteration domain of a map node, without axes of size 1. */
export declare function domainOf(node: Node): number[];
/** Whether a map may compute `access.node` on the way, inside the kernel of its reader. */
export declare function isFused(access: Access, reader: Node): boolean;
/**
 * `pieces` gives the nodes that write each concat; `last` the nodes whose kernels come last within their level;
 * `varying` the inputs that repeats of a run change, or undefined where everything is computed anew.
 */
export declare function schedule(graph: Graph, roots: readonly Node[], pieces: ReadonlyMap<Node, readonly Node[]>, last: ReadonlySet<Node>, varying?: ReadonlySet<Node>): Schedule;
