import { contiguousStrides, sizeOf } from "../tensor/shape.ts";
import { concatPlaces } from "./concats.ts";

import { isWhole, type Access, type Node } from "./graph.ts";
import type { Place } from "./map-builder.ts";
import { byteSize, placeTemporaries } from "./memory.ts";
import type { BufferSpec, MapKernel, StorageType, View } from "./program.ts";
import { domainOf, isLeaf, isMap, isReduction, type Schedule } from "./schedule.ts";

// Where every value lives: in an input's buffer, in an output's, in a temporary, or nowhere because only its own kernel reads it.

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
  const add = (kind: BufferSpec["kind"], name: string, node: Node): number =>
    buffers.push({ kind, name, dtype: storageOf(node), size: sizeOf(node.shape), arenaOffset: 0 }) - 1;

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

  const lives = temporaryLives(plan, pieces, readers, viaCopy, (node) => owner(node) === node && !isLeaf(node) && isStored(node) && !homes.has(node));
  const { offsets, arenaBytes } = placeTemporaries(lives.map(({ node, from, to }) => ({ bytes: byteSize(node.shape), from, to })));
  lives.forEach(({ node }, i) => {
    homes.set(node, buffers.push({
      kind: "temporary", name: `${node.operation.op}.${node.index}`, dtype: storageOf(node), size: sizeOf(node.shape), arenaOffset: offsets[i]!,
    }) - 1);
  });

  const locate = (node: Node): Place => {
    const inside = concatOf.get(node);
    if (!inside) return { buffer: homes.get(node)!, offset: 0, strides: contiguousStrides(node.shape) };
    const outer = locate(inside.concat);
    return { buffer: outer.buffer, offset: outer.offset + inside.offset, strides: inside.strides };
  };
  const view = (access: Access): View => {
    const place = locate(access.node);
    return { buffer: place.buffer, offset: place.offset + access.offset, shape: access.shape, strides: access.strides, dtype: storageOf(access.node) };
  };
  const finalCopies = viaCopy.map(({ state, value }) => copyKernel(view(whole(value)), view(whole(state))));
  return { buffers, inputs, arenaBytes, finalCopies, locate, isStored, view };
}

function storageOf(node: Node): StorageType {
  return node.dtype === "f32" ? "f32" : "i32";
}

function whole(node: Node): Access {
  return { node, offset: 0, shape: node.shape, strides: contiguousStrides(node.shape) };
}

function collectReaders(plan: Schedule, pieces: ReadonlyMap<Node, readonly Node[]>): Map<Node, Node[]> {
  const readers = new Map<Node, Node[]>(plan.nodes.map((node) => [node, []]));
  for (const node of plan.nodes) {
    const sources = pieces.get(node) ?? node.operands.map((access) => access.node);
    for (const source of new Set(sources)) readers.get(source)!.push(node);
  }
  return readers;
}

function placesInConcats(pieces: ReadonlyMap<Node, readonly Node[]>): Map<Node, { concat: Node; offset: number; strides: readonly number[] }> {
  const result = new Map<Node, { concat: Node; offset: number; strides: readonly number[] }>();
  for (const [concat, parts] of pieces) {
    concatPlaces(concat, parts).forEach((place, i) => result.set(parts[i]!, { concat, ...place }));
  }
  return result;
}

/**
 * A new state may be written straight over the old one if nobody needs the old one later: every kernel that reads it comes earlier,
 * or is the map that writes it and reads it element by element.
 */
function canWriteInPlace({ state, value }: StateUpdate, plan: Schedule, readers: ReadonlyMap<Node, readonly Node[]>): boolean {
  const writer = plan.groupOf.get(value)!;
  const elementwise = isMap(value) && !isReduction(value);
  return (readers.get(state) ?? []).every((reader) => {
    const at = plan.groupOf.get(reader);
    if (at === undefined) return false;
    if (at < writer) return true;
    const aligned = `${domainOf(reader)}` === `${domainOf(value)}` && reader.operands.every((access) => access.node !== state || isWhole(access));
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
  viaCopy: readonly StateUpdate[],
  isTemporary: (node: Node) => boolean,
): Life[] {
  const end = plan.groups.length;
  const kept = new Set(viaCopy.map(({ value }) => value));
  const first = (node: Node): number => (pieces.has(node) ? Math.min(...pieces.get(node)!.map(first)) : plan.groupOf.get(node)!);
  const lastWrite = (node: Node): number => (pieces.has(node) ? Math.max(...pieces.get(node)!.map(lastWrite)) : plan.groupOf.get(node)!);
  const lastRead = (node: Node): number => {
    const own = readers.get(node)!.map((reader) => (pieces.has(reader) ? lastWrite(reader) : plan.groupOf.get(reader)!));
    const inner = (pieces.get(node) ?? []).map(lastRead);
    return Math.max(lastWrite(node), kept.has(node) ? end : 0, ...own, ...inner);
  };
  return plan.nodes.filter(isTemporary).map((node) => ({ node, from: first(node), to: lastRead(node) }));
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
