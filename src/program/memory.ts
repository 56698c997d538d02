import { sizeOf } from "../tensor/shape.ts";

// First-fit placement of temporaries: two values share a place only if their lives do not touch.

const alignment = 64;
/** Kernels may read up to one cache line past the end of a buffer. */
const spareBytes = 64;

export interface Lifetime {
  readonly bytes: number;
  /** Kernel numbers, both ends included. */
  readonly from: number;
  readonly to: number;
}

/** Byte offsets for each lifetime, in the order given, and the size of the arena. */
export function placeTemporaries(lifetimes: readonly Lifetime[]): { offsets: number[]; arenaBytes: number } {
  const order = [...lifetimes.keys()].sort((a, b) => lifetimes[a]!.from - lifetimes[b]!.from || a - b);
  const offsets = new Array<number>(lifetimes.length).fill(0);
  let alive: { offset: number; bytes: number; to: number }[] = [];
  let arenaBytes = 0;
  for (const i of order) {
    const { bytes, from, to } = lifetimes[i]!;
    const wanted = roundUp(bytes + spareBytes);
    alive = alive.filter((other) => other.to >= from);
    let offset = 0;
    for (const other of alive.sort((a, b) => a.offset - b.offset)) {
      if (other.offset - offset >= wanted) break;
      offset = Math.max(offset, other.offset + other.bytes);
    }
    alive.push({ offset, bytes: wanted, to });
    offsets[i] = offset;
    arenaBytes = Math.max(arenaBytes, offset + wanted);
  }
  return { offsets, arenaBytes };
}

export function byteSize(shape: readonly number[]): number {
  return sizeOf(shape) * 4;
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
