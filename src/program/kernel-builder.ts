import { invariant } from "../error.ts";
import { contiguousStrides } from "../tensor/shape.ts";
import type { Placement } from "./buffers.ts";
import { isRowMajor, type Access, type Node } from "./graph.ts";
import { buildMap } from "./map-builder.ts";
import type { Kernel, MatmulKernel, View } from "./program.ts";
import type { Group } from "./schedule.ts";

/** The kernel of one group: a map of all its nodes, or the one node that needs a kernel of its own. */
export function buildKernel(group: Group, placement: Placement): Kernel {
  if (group.kind === "map") return buildMap(group.nodes, placement.isStored, placement.locate);
  const node = group.nodes[0]!;
  const y = placement.view({ node, offset: 0, shape: node.shape, strides: contiguousStrides(node.shape) });
  const [first, second] = node.operands.map((access) => placement.view(access)) as [View, View];
  const { operation } = node;
  switch (operation.op) {
    case "matmul":
      return buildMatmul(node, y, placement);
    case "gather-rows": case "scatter-add-rows": case "take-along": case "scatter-add-along":
      return { kind: operation.op, x: first, index: second, y };
    case "argmax":
      return { kind: "argmax", x: first, y };
    case "linear-scan":
      return { kind: "linear-scan", x: first, a: second, y, reverse: operation.reverse };
    case "random-bits":
      return { kind: "random-bits", state: first, y, salt: operation.salt };
    default:
      invariant(false, `no kernel for "${operation.op}"`);
  }
}

function buildMatmul(node: Node, y: View, placement: Placement): MatmulKernel {
  const [a, b, bias] = node.operands as [Access, Access, Access?];
  const [m, k] = a.shape.slice(-2) as [number, number];
  const n = b.shape[b.shape.length - 1]!;
  const [viewA, viewB, viewY] = joinBatches([placement.view(a), placement.view(b), y]) as [View, View, View];
  return {
    kind: "matmul", m, k, n, a: viewA, b: viewB, y: viewY,
    bias: bias && placement.view(bias),
    transposeA: !isRowMajor(a),
    transposeB: !isRowMajor(b),
  };
}

/** Drops batch axes of size 1 and joins neighbours that every view walks as one, down to two. */
function joinBatches(views: readonly View[]): View[] {
  let current = views.map((view) => {
    const batch = [...view.shape.keys()].slice(0, -2).filter((axis) => view.shape[axis] !== 1);
    const axes = [...batch, view.shape.length - 2, view.shape.length - 1];
    return { ...view, shape: axes.map((axis) => view.shape[axis]!), strides: axes.map((axis) => view.strides[axis]!) };
  });
  for (let axis = current[0]!.shape.length - 4; axis >= 0; axis--) {
    const joins = current.every(({ shape, strides }) => strides[axis] === strides[axis + 1]! * shape[axis + 1]!);
    if (!joins) continue;
    current = current.map((view) => ({
      ...view,
      shape: [...view.shape.slice(0, axis), view.shape[axis]! * view.shape[axis + 1]!, ...view.shape.slice(axis + 2)],
      strides: [...view.strides.slice(0, axis), ...view.strides.slice(axis + 1)],
    }));
  }
  invariant(current[0]!.shape.length <= 4, "a matmul has more than two batch axes that do not join");
  return current;
}
