import { contiguousStrides, sizeOf } from "../tensor/shape.ts";
import { isWhole, type Graph, type Node } from "./graph.ts";
import { isLeaf } from "./schedule.ts";

// A concat has no kernel: its parts are written straight into their places.

/**
 * For each concat the nodes that write its parts: a part's own kernel where it can write there, else a copy. A part can
 * when it is a computed node of its own, used in no other concat, and lies contiguous in the result.
 */
export function splitConcats(graph: Graph): { pieces: Map<Node, Node[]>; placed: Set<Node> } {
  const pieces = new Map<Node, Node[]>();
  const placed = new Set<Node>();
  for (const concat of [...graph.nodes]) {
    if (concat.operation.op !== "concat") continue;
    const contiguous = sizeOf(concat.shape.slice(0, concat.operation.axis)) === 1;
    pieces.set(concat, concat.operands.map((access) => {
      const { node } = access;
      const direct = contiguous && isWhole(access) && !isLeaf(node) && node.dtype !== "bool" && !placed.has(node);
      const piece = direct ? node : graph.copy(access);
      placed.add(piece);
      return piece;
    }));
  }
  return { pieces, placed };
}

/** Strides with which the pieces of a concat are written into it, and the offset of each. */
export function concatPlaces(concat: Node, pieces: readonly Node[]): { offset: number; strides: readonly number[] }[] {
  const { axis } = concat.operation as { axis: number };
  const strides = contiguousStrides(concat.shape);
  let start = 0;
  return concat.operands.map((access, i) => {
    const offset = start * strides[axis]!;
    start += access.shape[axis]!;
    const contiguous = sizeOf(concat.shape.slice(0, axis)) === 1;
    return { offset, strides: contiguous ? contiguousStrides(pieces[i]!.shape) : strides };
  });
}
