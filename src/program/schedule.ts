import { isWhole, type Access, type Graph, type Node } from "./graph.ts";

// Which nodes share a kernel, and in what order kernels run.
//
// A map takes all elementwise nodes and reductions of one iteration domain and one level. The level of a node is the
// longest path to it where an edge between elementwise nodes of one domain costs nothing and every other edge costs
// one. Nodes then move as late as their readers allow, so that what is cheap to recompute next to its reader is not
// stored on the way.

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

export function isLeaf(node: Node): boolean {
  return node.operation.op === "input" || node.operation.op === "constant";
}

/** Operations with a kernel of their own. */
const singles = new Set([
  "matmul", "gather-rows", "scatter-add-rows", "take-along", "scatter-add-along",
  "argmax", "linear-scan", "random-bits",
]);

export function isMap(node: Node): boolean {
  return !isLeaf(node) && !singles.has(node.operation.op) && node.operation.op !== "concat";
}

export function isReduction(node: Node): boolean {
  return node.operation.op === "reduce";
}

/** The iteration domain of a map node, without axes of size 1. */
export function domainOf(node: Node): number[] {
  const shape = isReduction(node) ? node.operands[0]!.shape : node.shape;
  return shape.filter((size) => size !== 1);
}

/** Whether a map may compute `access.node` on the way, inside the kernel of its reader. */
export function isFused(access: Access, reader: Node): boolean {
  const { node } = access;
  return isMap(node) && isMap(reader) && !isReduction(node) && isWhole(access) &&
    `${domainOf(node)}` === `${domainOf(reader)}`;
}

/**
 * `pieces` gives the nodes that write each concat; `last` the nodes whose kernels come last within their level;
 * `varying` the inputs that repeats of a run change, or undefined where everything is computed anew.
 */
export function schedule(
  graph: Graph, roots: readonly Node[], pieces: ReadonlyMap<Node, readonly Node[]>, last: ReadonlySet<Node>,
  varying?: ReadonlySet<Node>,
): Schedule {
  const nodes = liveNodes(graph, roots, pieces);
  const varies = varying ? dependents(nodes, pieces, varying) : new Set(nodes);
  const groups = formGroups(nodes, assignLevels(nodes, pieces), last, varies);
  const groupOf = new Map<Node, number>();
  groups.forEach((group, i) => group.nodes.forEach((node) => groupOf.set(node, i)));
  return { groups, groupOf, constantGroups: groups.filter((group) => !group.varies).length, nodes };
}

/** The nodes that depend on one of `sources`, with these. */
function dependents(
  nodes: readonly Node[], pieces: ReadonlyMap<Node, readonly Node[]>, sources: ReadonlySet<Node>,
): Set<Node> {
  const result = new Set(sources);
  for (const node of nodes) {
    const read = pieces.get(node) ?? node.operands.map((access) => access.node);
    if (read.some((each) => result.has(each))) result.add(node);
  }
  return result;
}

function liveNodes(graph: Graph, roots: readonly Node[], pieces: ReadonlyMap<Node, readonly Node[]>): Node[] {
  const live = new Set<Node>();
  const stack = [...roots];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (live.has(node)) continue;
    live.add(node);
    stack.push(...(pieces.get(node) ?? node.operands.map((access) => access.node)));
  }
  // Copies that were made for a concat carry later numbers than the concat: order by dependence, ties by number.
  const order: Node[] = [];
  const done = new Set<Node>();
  const visit = (start: Node): void => {
    const path: { node: Node; children: readonly Node[]; next: number }[] = [];
    const enter = (node: Node): void => {
      if (done.has(node)) return;
      done.add(node);
      path.push({ node, children: pieces.get(node) ?? node.operands.map((access) => access.node), next: 0 });
    };
    enter(start);
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const child = top.children[top.next++];
      if (child) enter(child);
      else order.push(path.pop()!.node);
    }
  };
  for (const node of [...graph.nodes].sort((a, b) => a.index - b.index)) if (live.has(node)) visit(node);
  return order;
}

type Edge = { readonly to: Node; readonly cost: 0 | 1 };

function assignLevels(nodes: readonly Node[], pieces: ReadonlyMap<Node, readonly Node[]>): Map<Node, number> {
  const levels = new Map<Node, number>();
  const readers = new Map<Node, Edge[]>(nodes.map((node) => [node, []]));
  for (const node of nodes) {
    const sources: { from: Node; cost: 0 | 1 }[] = pieces.has(node)
      ? pieces.get(node)!.map((from) => ({ from, cost: 0 as const }))
      : node.operands.map((access) => ({ from: access.node, cost: isFused(access, node) ? 0 as const : 1 as const }));
    for (const { from, cost } of sources) readers.get(from)!.push({ to: node, cost });
    const reached = sources.map(({ from, cost }) => levels.get(from)! + cost);
    levels.set(node, isLeaf(node) ? 0 : Math.max(1, ...reached));
  }
  const last = Math.max(0, ...levels.values());
  for (const node of [...nodes].reverse()) {
    const movable = pieces.has(node) || (isMap(node) && !isReduction(node));
    if (!movable) continue;
    const edges = readers.get(node)!;
    const limit = edges.length === 0 ? last : Math.min(...edges.map(({ to, cost }) => levels.get(to)! - cost));
    levels.set(node, Math.max(levels.get(node)!, limit));
  }
  return levels;
}

function formGroups(
  nodes: readonly Node[], levels: ReadonlyMap<Node, number>, last: ReadonlySet<Node>, varying: ReadonlySet<Node>,
): Group[] {
  const maps = new Map<string, Group>();
  const groups: Group[] = [];
  for (const node of nodes) {
    if (isLeaf(node) || node.operation.op === "concat") continue;
    const [level, varies] = [levels.get(node)!, varying.has(node)];
    if (!isMap(node)) {
      groups.push({ kind: "single", level, varies, nodes: [node] });
      continue;
    }
    const key = `${level}|${varies}|${domainOf(node)}`;
    const group = maps.get(key);
    if (group) group.nodes.push(node);
    else {
      const made: Group = { kind: "map", level, varies, nodes: [node] };
      maps.set(key, made);
      groups.push(made);
    }
  }
  const writesLast = (group: Group): number => (group.nodes.some((node) => last.has(node)) ? 1 : 0);
  return groups.sort((a, b) =>
    Number(a.varies) - Number(b.varies) || a.level - b.level || writesLast(a) - writesLast(b));
}
