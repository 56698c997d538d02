import fc from "fast-check";
import { beforeAll, beforeEach, test } from "vitest";
import { createArena } from "./arena.ts";
import type { Arena } from "./arena.ts";

let arena: Arena;
beforeAll(async () => { arena = await createArena(); });
beforeEach(() => arena.clear());

test("the first of equal maxima; NaN is never the maximum", () => {
  const rows = [
    [1, 3, 3], [NaN, -1, -2], [-5, NaN, -4], [NaN, NaN, NaN], [-Infinity, -Infinity, NaN], [-0, 0, 0],
    [0, Infinity, Infinity],
  ];
  const x = arena.place(Float32Array.from(rows.flat()));
  arena.check("argmax", { rows: rows.length, n: 3, x, y: arena.reserve(rows.length) });
});

test("any shape", () => {
  const upTo = (max: number) => fc.integer({ min: 1, max });
  fc.assert(fc.property(upTo(12), upTo(70), fc.boolean(), (rows, n, ties) => {
    arena.clear();
    const x = arena.place(ties ? Float32Array.from(arena.integers(rows * n, 0, 4)) : arena.normal(rows * n));
    arena.check("argmax", { rows, n, x, y: arena.reserve(rows) });
  }), { numRuns: 100, seed: 8 });
});
