import { contiguousStrides, sizeOf } from "../tensor/shape.ts";
import { concatPlaces } from "./concats.ts";
import { isWhole, wholeAccess, type Access, type Node } from "./graph.ts";
import type { Place } from "./map-builder.ts";
import { byteSize, placeTemporaries } from "./memory.ts";
import type { BufferSpec, MapKernel, StorageType, View } from "./program.ts";
import { domainOf, isLeaf, isMap, isReduction, type Schedule } from "./schedule.ts";

// Where every value lives: in an input's buffer, in an output's, in a temporary, or nowhere because only its own kernel
// reads it.

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

export function placeBuffers(request: PlacementRequest): Placement {
  const { plan, pieces, updates, outputs } = request;
  const readers = collectReaders(plan, pieces);
  const concatOf = placesInConcats(pieces);
  const buffers: BufferSpec[] = [];
  const homes = new Map<Node, number>();
  const add = (kind: BufferSpec["kind"], name: string, node: Node, arenaOffset = 0): number =>
    buffers.push({ kind, name, dtype: storageOf(node), size: sizeOf(node.shape), arenaOffset }) - 1;

  const inputs = new Map<string, number>();
  for (const node of plan.nodes) {
    if (node.operation.op !== "input") continue;
    const buffer = add("input", node.operation.name, node);
    inputs.set(node.operation.name, buffer);
    homes.set(node, buffer);
  }
  for (const { state } of updates) {
    if (homes.has(state)) continue;
    const { name } = state.operation as { name: string };
    homes.set(state, add("input", name, state));
    inputs.set(name, homes.get(state)!);
  }
  const viaCopy: StateUpdate[] = [];
  for (const update of updates) {
    if (canWriteInPlace(update, plan, readers)) homes.set(update.value, homes.get(update.state)!);
    else viaCopy.push(update);
  }
  /** The node that owns the memory: the outermost concat that a piece is written into, or the node itself. */
  const owner = (node: Node): Node => (concatOf.has(node) ? owner(concatOf.get(node)!.concat) : node);
  for (const [name, access] of outputs) {
    const node = owner(access.node);
    if (!homes.has(node)) homes.set(node, add("output", name, node));
  }
  const copied = new Set(viaCopy.map(({ value }) => value));
  const isStored = (node: Node): boolean =>
    homes.has(owner(node)) || copied.has(node) ||
    readers.get(node)!.some((reader) => plan.groupOf.get(reader) !== plan.groupOf.get(node));

  const isTemporary = (node: Node): boolean =>
    owner(node) === node && !isLeaf(node) && isStored(node) && !homes.has(node);
  const lives = temporaryLives(plan, pieces, readers, copied, isTemporary);
  const { offsets, arenaBytes } = placeTemporaries(
    lives.map(({ node, from, to }) => ({ bytes: byteSize(node.shape), from, to })),
  );
  lives.forEach(({ node }, i) => {
    homes.set(node, add("temporary", `${node.operation.op}.${node.index}`, node, offsets[i]));
  });

  const locate = (node: Node): Place => {
    const inside = concatOf.get(node);
    if (!inside) return { buffer: homes.get(node)!, offset: 0, strides: contiguousStrides(node.shape) };
    const outer = locate(inside.concat);
    return { buffer: outer.buffer, offset: outer.offset + inside.offset, strides: inside.strides };
  };
  const view = ({ node, offset, shape, strides }: Access): View => {
    const place = locate(node);
    return { buffer: place.buffer, offset: place.offset + offset, shape, strides, dtype: storageOf(node) };
  };
  const finalCopies = viaCopy.map(({ state, value }) => copyKernel(view(wholeAccess(value)), view(wholeAccess(state))));
  return { buffers, inputs, arenaBytes, finalCopies, locate, isStored, view };
}

function storageOf(node: Node): StorageType {
  return node.dtype === "f32" ? "f32" : "i32";
}

/** The live nodes that read each node's memory or value; a concat's readers read its pieces through it. */
function collectReaders(plan: Schedule, pieces: ReadonlyMap<Node, readonly Node[]>): Map<Node, Node[]> {
  const readers = new Map<Node, Node[]>(plan.nodes.map((node) => [node, []]));
  for (const node of plan.nodes) {
    const sources = pieces.get(node) ?? node.operands.map((access) => access.node);
    for (const source of new Set(sources)) readers.get(source)!.push(node);
  }
  return readers;
}

interface PlaceInConcat {
  readonly concat: Node;
  readonly offset: number;
  readonly strides: readonly number[];
}

function placesInConcats(pieces: ReadonlyMap<Node, readonly Node[]>): Map<Node, PlaceInConcat> {
  const result = new Map<Node, PlaceInConcat>();
  for (const [concat, parts] of pieces) {
    concatPlaces(concat, parts).forEach((place, i) => result.set(parts[i]!, { concat, ...place }));
  }
  return result;
}

/**
 * A new state may be written straight over the old one if nobody needs the old one later: every kernel that reads it
 * comes earlier, or is the map that writes it and reads it element by element.
 */
function canWriteInPlace(
  { state, value }: StateUpdate, plan: Schedule, readers: ReadonlyMap<Node, readonly Node[]>,
): boolean {
  const writer = plan.groupOf.get(value)!;
  const elementwise = isMap(value) && !isReduction(value);
  return (readers.get(state) ?? []).every((reader) => {
    const at = plan.groupOf.get(reader);
    if (at === undefined) return false;
    if (at < writer) return true;
    const aligned = `${domainOf(reader)}` === `${domainOf(value)}` &&
      reader.operands.every((access) => access.node !== state || isWhole(access));
    return at === writer && elementwise && aligned;
  });
}

interface Life {
  readonly node: Node;
  readonly from: number;
  readonly to: number;
}

/** From the kernel that writes a value to the last that reads it; a concat begins with its first piece. */
function temporaryLives(
  plan: Schedule,
  pieces: ReadonlyMap<Node, readonly Node[]>,
  readers: ReadonlyMap<Node, readonly Node[]>,
  copied: ReadonlySet<Node>,
  isTemporary: (node: Node) => boolean,
): Life[] {
  const end = plan.groups.length;
  const group = (node: Node): number => plan.groupOf.get(node)!;
  const firstWrite = (node: Node): number =>
    pieces.has(node) ? Math.min(...pieces.get(node)!.map(firstWrite)) : group(node);
  const lastWrite = (node: Node): number =>
    pieces.has(node) ? Math.max(...pieces.get(node)!.map(lastWrite)) : group(node);
  const lastRead = (node: Node): number => {
    const own = readers.get(node)!.map(lastWrite);
    const inner = (pieces.get(node) ?? []).map(lastRead);
    return Math.max(lastWrite(node), copied.has(node) ? end : 0, ...own, ...inner);
  };
  return plan.nodes.filter(isTemporary).map((node) => ({ node, from: firstWrite(node), to: lastRead(node) }));
}

function copyKernel(from: View, to: View): MapKernel {
  const flat = (view: View): View => ({ ...view, shape: [sizeOf(view.shape)], strides: [1] });
  return {
    kind: "map",
    domain: [sizeOf(from.shape)],
    loads: [flat(from)],
    instructions: [{ op: "load", args: [], dtype: from.dtype, immediate: 0 }],
    stores: [{ value: 0, view: flat(to) }],
    reductions: [],
  };
}
