import fc from "fast-check";
import { beforeAll, beforeEach, test } from "vitest";
import { createArena } from "./arena.ts";
import type { Arena } from "./arena.ts";

let arena: Arena;
beforeAll(async () => { arena = await createArena(); });
beforeEach(() => arena.clear());

test("any number of steps and columns, both directions, out of place and in place", () => {
  const width = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }));
  const shape = fc.record({ steps: fc.integer({ min: 1, max: 40 }), width, reverse: fc.integer({ min: 0, max: 1 }) });
  fc.assert(fc.property(shape, fc.boolean(), (given, inPlace) => {
    arena.clear();
    const length = given.steps * given.width;
    const x = arena.place(arena.normal(length)), a = arena.place(arena.normal(length));
    arena.check("linearScan", { ...given, x, a, y: inPlace ? x : arena.reserve(length) });
  }), { numRuns: 150, seed: 9 });
});
