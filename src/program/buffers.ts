import { contiguousStrides, sizeOf } from "../tensor/shape.ts";
import { concatPlaces } from "./concats.ts";
import { isWhole, wholeAccess, type Access, type Node } from "./graph.ts";
import type { Place } from "./map-builder.ts";
import { byteSize, placeTemporaries } from "./memory.ts";
import type { BufferSpec, MapKernel, StorageType, View } from "./program.ts";
import { domainOf, isLeaf, isMap, isReduction, type Schedule } from "./schedule.ts";

// Where every value lives: in an input's buffer, an output's, a temporary, or nowhere: only its own kernel reads it.

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
export function placeBuffers(request: PlacementRequest): Placement {
  const { plan, pieces, updates, outputs } = request;
  const readers = collectReaders(plan, pieces);
  const concatOf = placesInConcats(pieces);
  /** The node that owns the memory: the outermost concat that a piece is written into, or the node itself. */
  const owner = (node: Node): Node => (concatOf.has(node) ? owner(concatOf.get(node)!.concat) : node);

  const homes = createHomes();
  const inputs = placeInputs(homes, plan, updates);
  const viaCopy: StateUpdate[] = [];
  for (const update of updates) {
    if (canWriteInPlace(update, plan, readers)) homes.of.set(update.value, homes.of.get(update.state)!);
    else viaCopy.push(update);
  }
  for (const [name, access] of outputs) {
    const node = owner(access.node);
    if (!homes.of.has(node)) homes.add("output", name, node);
  }
  const copied = new Set(viaCopy.map(({ value }) => value));
  const isStored = (node: Node): boolean =>
    homes.of.has(owner(node)) || copied.has(node) ||
    readers.get(node)!.some((reader) => plan.groupOf.get(reader) !== plan.groupOf.get(node));

  const isTemporary = (node: Node): boolean =>
    owner(node) === node && !isLeaf(node) && isStored(node) && !homes.of.has(node);
  const lives = temporaryLives(plan, pieces, readers, copied, isTemporary);
  const { offsets, arenaBytes } = placeTemporaries(
    lives.map(({ node, from, to }) => ({ bytes: byteSize(node.shape), from, to })),
  );
  lives.forEach(({ node }, i) => homes.add("temporary", `${node.operation.op}.${node.index}`, node, offsets[i]));

  const locate = (node: Node): Place => {
    const inside = concatOf.get(node);
    if (!inside) return { buffer: homes.of.get(node)!, offset: 0, strides: contiguousStrides(node.shape) };
    const outer = locate(inside.concat);
    return { buffer: outer.buffer, offset: outer.offset + inside.offset, strides: inside.strides };
  };
  const view = ({ node, offset, shape, strides }: Access): View => {
    const place = locate(node);
    return { buffer: place.buffer, offset: place.offset + offset, shape, strides, dtype: storageOf(node) };
  };
  const finalCopies = viaCopy.map(({ state, value }) => copyKernel(view(wholeAccess(value)), view(wholeAccess(state))));
  return { buffers: homes.buffers, inputs, arenaBytes, finalCopies, locate, isStored, view };
}

/** The buffers so far, and the one that each node's value lives in. */
interface Homes {
  readonly buffers: readonly BufferSpec[];
  readonly of: Map<Node, number>;
  /** A new buffer as the node's home. */
  add(kind: BufferSpec["kind"], name: string, node: Node, arenaOffset?: number): void;
}

function createHomes(): Homes {
  const buffers: BufferSpec[] = [];
  const of = new Map<Node, number>();
  return {
    buffers, of,
    add(kind, name, node, arenaOffset = 0) {
      of.set(node, buffers.push({ kind, name, dtype: storageOf(node), size: sizeOf(node.shape), arenaOffset }) - 1);
    },
  };
}

/** Homes of the inputs that are read, and of those that are only updated; the numbers of their buffers by name. */
function placeInputs(homes: Homes, plan: Schedule, updates: readonly StateUpdate[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const node of [...plan.nodes, ...updates.map(({ state }) => state)]) {
    if (node.operation.op !== "input" || homes.of.has(node)) continue;
    homes.add("input", node.operation.name, node);
    numbers.set(node.operation.name, homes.of.get(node)!);
  }
  return numbers;
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
  return plan.nodes.filter(isTemporary).map((node) => {
    const [from, to] = [firstWrite(node), lastRead(node)];
    // What the first run leaves for the repeats must stay until the last of them.
    return { node, from, to: from < plan.constantGroups && to >= plan.constantGroups ? end : to };
  });
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
