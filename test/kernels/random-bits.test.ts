import fc from "fast-check";
import { beforeAll, beforeEach, test } from "vitest";
import { createArena } from "./arena.ts";
import type { Arena } from "./arena.ts";

let arena: Arena;
beforeAll(async () => { arena = await createArena(); });
beforeEach(() => arena.clear());

test("word i of a draw is word i % 4 of block floor(i / 4), for any state, salt and count", () => {
  const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  fc.assert(fc.property(fc.integer({ min: 1, max: 70 }), word, fc.tuple(word, word, word, word), (count, salt, words) => {
    arena.clear();
    const state = arena.place(Int32Array.from(words));
    arena.check("randomBits", { count, salt, state, y: arena.reserve(count) });
  }), { numRuns: 60, seed: 10 });
});
