import type { Kernel, MapKernel, View } from "../../program/program.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { pieces, tileRows, type MatmulOperands } from "../machine-instructions.ts";

// How work is cut for threads: by output elements, never through a sum, so that the bits do not depend on it. Costs
// are in multiply-adds of a matmul, 20 to 25 of which take a nanosecond; an operation of a map costs about as much.

/** About 12 us: some times what it takes to hand a piece over. */
const leastCost = 300e3;
/** About half a millisecond: a longer map is several steps on one thread, so that a page's frame can end between. */
const longestCost = 12e6;
/** What an element of a product costs beside its multiply-adds. */
const storeCost = 8;
/** Lanes of a cache line: two threads never write to the same one. */
const lineLanes = 16;
/** A matmul is cut finer than there are threads: one that comes late still finds a piece. */
const matmulPiecesPerThread = 4;

/** How many pieces work of this cost is cut into, of which a thread gets at most `perThread`; 1 when it is small. */
export function piecesFor(cost: number, threads: number, perThread = 1): number {
  if (threads === 1) return 1;
  const pieces = Math.min(perThread * threads, Math.floor(cost / leastCost));
  return pieces > threads ? pieces - (pieces % threads) : Math.max(1, pieces);
}

/** The multiply-adds of a piece, when `threads` share a matmul: what `splitMatmul` takes as its limit. */
export function multiplyAddsOfPiece(operands: MatmulOperands, threads: number): number {
  const { rows, depth, columns, batch1 = 1, batch2 = 1 } = operands;
  const matrices = batch1 * batch2;
  const pieces = piecesFor(rows * columns * (depth + storeCost) * matrices, threads, matmulPiecesPerThread);
  const rowsOfPiece = matrices > 1 ? (rows * matrices) / pieces : Math.ceil(rows / pieces / tileRows) * tileRows;
  return rowsOfPiece * depth * columns;
}

/**
 * A kernel as kernels of its kind that write to different elements: itself alone when it is small. On one thread only
 * long maps are cut.
 */
export function cutKernel(kernel: Kernel, threads: number): readonly Kernel[] {
  if (kernel.kind === "map") {
    if (kernel.running) return [kernel];
    const { domain, loads, instructions, stores, reductions } = kernel;
    const cost = sizeOf(domain) * (instructions.length / 2 + loads.length + stores.length + reductions.length);
    return cutMap(kernel, threads === 1 ? Math.ceil(cost / longestCost) : piecesFor(cost, threads));
  }
  if (kernel.kind === "gather-rows") {
    const pieces = piecesFor(sizeOf(kernel.y.shape), threads);
    if (pieces === 1) return [kernel];
    const [index, y] = [flat(kernel.index), rowsOf(kernel.y, sizeOf(kernel.index.shape))];
    return cuts(index.shape[0]!, pieces, lineLanes).map(({ start, count }) =>
      ({ ...kernel, index: part(index, 0, start, count), y: part(y, 0, start, count) }));
  }
  return [kernel];
}

/** A map over pieces of its first axis longer than 1. */
function cutMap(map: MapKernel, count: number): readonly MapKernel[] {
  const { domain, instructions, reductions } = map;
  const axis = domain.findIndex((length) => length > 1);
  const knowsPlace = instructions.some(({ op, immediate }) => op === "index" && immediate === axis);
  // Sums along rows are kept apart by rows; cut by columns, sums over rows take as long on two threads as on one.
  if (count === 1 || knowsPlace || reductions.some(({ from }) => from <= axis)) return [map];
  const unit = axis === domain.length - 1 ? lineLanes : 1;
  return cuts(domain[axis]!, count, unit).map(({ start, count: length }): MapKernel => {
    const piece = (view: View): View => part(view, axis, start, length);
    return {
      ...map,
      domain: domain.map((each, at) => (at === axis ? length : each)),
      loads: map.loads.map(piece),
      stores: map.stores.map(({ value, view }) => ({ value, view: piece(view) })),
      reductions: reductions.map((reduction) => ({ ...reduction, store: piece(reduction.store) })),
    };
  });
}

/** `count` stretches of 0..total, as equal as multiples of `unit` can be. */
export function cuts(total: number, count: number, unit: number): { start: number; count: number }[] {
  return pieces(total, Math.ceil(total / (count * unit)) * unit, unit);
}

/** Elements `start` to `start + count` of a view along one axis. */
function part(view: View, axis: number, start: number, count: number): View {
  const shape = view.shape.map((length, at) => (at === axis ? count : length));
  return { ...view, shape, offset: view.offset + start * view.strides[axis]! };
}

/** A contiguous view as a vector, and as so many rows. */
function flat(view: View): View {
  return { ...view, shape: [sizeOf(view.shape)], strides: [1] };
}

function rowsOf(view: View, rows: number): View {
  const width = sizeOf(view.shape) / rows;
  return { ...view, shape: [rows, width], strides: [width, 1] };
}
