import fc from "fast-check";
import { beforeAll, beforeEach, test } from "vitest";
import { createArena } from "./arena.ts";
import type { Arena } from "./arena.ts";

let arena: Arena;
beforeAll(async () => { arena = await createArena(); });
beforeEach(() => arena.clear());

test("word i of a draw is word i % 4 of block floor(i / 4), for any state, salt and count", () => {
  const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  const count = fc.integer({ min: 1, max: 70 });
  fc.assert(fc.property(count, word, fc.tuple(word, word, word, word), (length, salt, words) => {
    arena.clear();
    const state = arena.place(Int32Array.from(words));
    arena.check("randomBits", { count: length, salt, state, y: arena.reserve(length) });
  }), { numRuns: 60, seed: 10 });
});
