import { type Shape } from "../tensor/shape.js";
import type { DType, Operation, Tensor } from "../tensor/tensor.js";
/** `copy` is the one operation that the compiler adds: it gives a view a memory of its own. */
export type NodeOperation = Operation | {
    readonly op: "copy";
};
/** A value that is computed, given or constant; never a view. */
export interface Node {
    readonly index: number;
    readonly operation: NodeOperation;
    readonly operands: readonly Access[];
    readonly shape: Shape;
    readonly dtype: DType;
}
/** How a reader walks over a node's row-major elements. Strides in elements; 0 repeats. */
export interface Access {
    readonly node: Node;
    readonly offset: number;
    readonly shape: Shape;
    readonly strides: readonly number[];
}
export interface Graph {
    /** Inputs before readers. */
    readonly nodes: readonly Node[];
    /** The access that stands for a tensor that was among the roots. */
    access(tensor: Tensor): Access;
    /** A new node of its own that copies what the access reads; never shared with an equal one. */
    copy(access: Access): Node;
}
/** The nodes behind the roots and everything that these need. */
export declare function buildGraph(roots: readonly Tensor[]): Graph;
export declare function wholeAccess(node: Node): Access;
/** Whether the last axis is the contiguous one. */
export declare function isRowMajor({ shape, strides }: Access): boolean;
export declare function isContiguous({ shape, strides }: {
    shape: Shape;
    strides: readonly number[];
}): boolean;
/** Whether the access reads the whole node, element by element, in its own order. */
export declare function isWhole(access: Access): boolean;
/** Throws when two different inputs carry one name. */
export declare function checkInputNames(nodes: readonly Node[]): void;
