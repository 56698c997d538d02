import fc from "fast-check";
import { beforeAll, beforeEach, test } from "vitest";
import { createArena } from "./arena.ts";
import type { Arena } from "./arena.ts";

let arena: Arena;
beforeAll(async () => { arena = await createArena(); });
beforeEach(() => arena.clear());

test("any number of steps and columns, both directions, out of place and in place", () => {
  const width = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }));
  const steps = fc.integer({ min: 1, max: 40 });
  fc.assert(fc.property(steps, width, fc.integer({ min: 0, max: 1 }), fc.boolean(), (stepCount, columns, reverse, inPlace) => {
    arena.clear();
    const x = arena.place(arena.normal(stepCount * columns)), a = arena.place(arena.normal(stepCount * columns));
    const y = inPlace ? x : arena.reserve(stepCount * columns);
    arena.check("linearScan", { steps: stepCount, width: columns, reverse, x, a, y });
  }), { numRuns: 150, seed: 9 });
});
