// Transposes, gathers and their scatter-adds.
import fc from "fast-check";
import { beforeAll, beforeEach, test } from "vitest";
import { createArena } from "./arena.ts";
import type { Arena } from "./arena.ts";

let arena: Arena;
beforeAll(async () => { arena = await createArena(); });
beforeEach(() => arena.clear());

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }));
const upTo = (max: number) => fc.integer({ min: 1, max });
const gap = fc.integer({ min: 0, max: 3 });

test("transpose: every small shape", () => {
  for (let rows = 1; rows <= 17; rows++) {
    for (let columns = 1; columns <= 17; columns++) {
      arena.clear();
      const a = arena.place(arena.integers(rows * columns, -1000, 1000)), y = arena.reserve(rows * columns);
      arena.check("transpose", { rows, columns, a, aStride: 4 * columns, y, yStride: 4 * rows });
    }
  }
});

test("transpose: any shape, padding and batches", () => {
  fc.assert(fc.property(size, size, gap, gap, upTo(3), upTo(3), (rows, columns, aGap, yGap, batch1, batch2) => {
    arena.clear();
    const aStride = 4 * (columns + aGap), yStride = 4 * (rows + yGap);
    const aBatch2 = rows * aStride, yBatch2 = columns * yStride, aBatch1 = batch2 * aBatch2, yBatch1 = batch2 * yBatch2;
    const a = arena.place(arena.normal(batch1 * aBatch1 / 4)), y = arena.reserve(batch1 * yBatch1 / 4);
    const batches = { batch1, aBatch1, yBatch1, batch2, aBatch2, yBatch2 };
    arena.check("transpose", { rows, columns, a, aStride, y, yStride, ...batches });
  }), { numRuns: 100, seed: 3 });
});

test("gatherRows copies the rows that indices name, clamped", () => {
  fc.assert(fc.property(upTo(20), size, upTo(12), (count, width, rows) => {
    arena.clear();
    const x = arena.place(arena.normal(rows * width)), index = arena.place(arena.integers(count, -2, rows + 2));
    arena.check("gatherRows", { count, rowBytes: 4 * width, rows, x, index, y: arena.reserve(count * width) });
  }), { numRuns: 200, seed: 4 });
});

test("scatterAddRows adds in the order of the indices, clamped", () => {
  fc.assert(fc.property(upTo(40), size, upTo(12), (count, width, rows) => {
    arena.clear();
    const d = arena.place(arena.normal(count * width)), index = arena.place(arena.integers(count, -2, rows + 2));
    arena.check("scatterAddRows", { count, width, rows, d, index, y: arena.reserve(rows * width) });
  }), { numRuns: 200, seed: 5 });
});

const alongShape = [upTo(5), upTo(9), fc.oneof(fc.constant(1), upTo(20)), upTo(12)] as const;

test("takeAlong picks along the middle axis, clamped", () => {
  fc.assert(fc.property(...alongShape, (outer, size, inner, n) => {
    arena.clear();
    const x = arena.place(arena.normal(outer * size * inner));
    const index = arena.place(arena.integers(outer * n * inner, -1, size + 1));
    arena.check("takeAlong", { outer, size, inner, n, x, index, y: arena.reserve(outer * n * inner) });
  }), { numRuns: 200, seed: 6 });
});

test("scatterAddAlong adds along the middle axis in order, clamped", () => {
  fc.assert(fc.property(...alongShape, (outer, size, inner, n) => {
    arena.clear();
    const d = arena.place(arena.normal(outer * n * inner));
    const index = arena.place(arena.integers(outer * n * inner, -1, size + 1));
    arena.check("scatterAddAlong", { outer, size, inner, n, d, index, y: arena.reserve(outer * size * inner) });
  }), { numRuns: 200, seed: 7 });
});

test("movement keeps every bit pattern, NaN payloads too", () => {
  const patterns = Int32Array.of(0x7fa0_0001, -1, 0x7fff_ffff, -0x8000_0000, 1, 0x7f80_0001, 0, 0x3f80_0000, 5);
  const x = arena.place(patterns), index = arena.place(Int32Array.of(2, 0, 1)), y = arena.reserve(9);
  arena.check("gatherRows", { count: 3, rowBytes: 12, rows: 3, x, index, y });
  arena.check("transpose", { rows: 3, columns: 3, a: x, aStride: 12, y, yStride: 12 });
  arena.check("takeAlong", { outer: 1, size: 9, inner: 1, n: 3, x, index, y });
});
