import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contains, flatten, sample } from "../../src/envs/space-values.ts";
import type { Space } from "../../src/envs/spaces.ts";
import { choices, flatSize, rawLayout, validateSpace } from "../../src/envs/spaces.ts";
import { randomSource } from "../../src/random/streams.ts";

const box: Space = { kind: "box", shape: [2, 3], low: -1, high: [1, 2, 3, 4, 5, Infinity] };
const grid: Space = { kind: "multi-discrete", nvec: [2, 3] };
const nested: Space = {
  kind: "dict",
  spaces: {
    z: { kind: "discrete", n: 3, start: -1 },
    a: { kind: "tuple", spaces: [grid, { kind: "multi-binary", n: 2 }] },
  },
};

const upTo = (max: number) => fc.integer({ min: 1, max });
const leaf: fc.Arbitrary<Space> = fc.oneof(
  fc.record({
    kind: fc.constant("box" as const), shape: fc.array(upTo(3), { maxLength: 2 }),
    low: fc.constantFrom(-2, -Infinity), high: fc.constantFrom(0.1, 3, Infinity),
  }),
  fc.record({ kind: fc.constant("discrete" as const), n: upTo(5), start: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ kind: fc.constant("multi-discrete" as const), nvec: fc.array(upTo(4), { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant("multi-binary" as const), n: upTo(4) }),
);
const anySpace: fc.Arbitrary<Space> = fc.oneof(
  leaf,
  fc.array(leaf, { minLength: 1, maxLength: 3 }).map((spaces) => ({ kind: "tuple" as const, spaces })),
  fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), leaf, { minKeys: 1, maxKeys: 3 })
    .map((spaces) => ({ kind: "dict" as const, spaces })),
);

describe("spaces", () => {
  test("a sampled value lies in its space and flattens to exactly its size", () => {
    fc.assert(fc.property(anySpace, fc.nat(), (space, seed) => {
      validateSpace(space);
      const value = sample(space, randomSource(seed, "evaluation"));
      expect(contains(space, value)).toBe(true);
      const out = new Float32Array(flatSize(space) + 2).fill(7);
      expect(flatten(space, value, out, 1)).toBe(1 + flatSize(space));
      expect([out[0], out.at(-1)]).toEqual([7, 7]);
      expect(out.subarray(1, -1).every((element) => element !== 7)).toBe(true);
    }));
  });

  test("flattening: one-hot choices, switches as they are, parts in the order of the keys", () => {
    const out = new Float32Array(flatSize(nested));
    flatten(nested, { z: 1, a: [[1, 0], [0, 1]] }, out);
    expect(Array.from(out)).toEqual([0, 0, 1, 0, 1, 1, 0, 0, 0, 1]);
  });

  test("raw layouts and choices", () => {
    expect(rawLayout(box)).toEqual({ size: 6, integer: false });
    expect(rawLayout(grid)).toEqual({ size: 2, integer: true });
    expect(rawLayout(nested)).toEqual({ size: 10, integer: false });
    expect(choices(grid)).toEqual([2, 3]);
    expect(choices({ kind: "multi-binary", n: 2 })).toEqual([2, 2]);
    expect(choices(box)).toBeUndefined();
  });

  test("values outside are recognized, float32 rounding is not held against a value", () => {
    expect(contains(box, [0, 0, 0, 0, 0, 1e30])).toBe(true);
    expect(contains(box, [0, 0, 0, 0, 6, 0])).toBe(false);
    expect(contains(box, [0, 0, 0, 0, NaN, 0])).toBe(false);
    expect(contains(box, [0, 0, 0])).toBe(false);
    expect(contains({ kind: "box", shape: [1], low: 0, high: 0.1 }, Float32Array.of(0.1))).toBe(true);
    expect(contains({ kind: "discrete", n: 3, start: 2 }, 1)).toBe(false);
    expect(contains({ kind: "discrete", n: 3, start: 2 }, 4)).toBe(true);
    expect(contains({ kind: "discrete", n: 3 }, 0.5)).toBe(false);
    expect(contains(grid, [1, 3])).toBe(false);
    expect(contains(nested, { z: 0, a: [[0, 0], [0, 1]], b: 1 })).toBe(false);
    expect(contains(nested, { z: 0 })).toBe(false);
    expect(contains(nested, null)).toBe(false);
  });

  test.each([
    [null], [{}], [{ kind: "cube" }], [{ kind: "discrete", n: 0 }], [{ kind: "discrete", n: 2, start: 0.5 }],
    [{ kind: "multi-discrete", nvec: [] }], [{ kind: "multi-binary", n: -1 }],
    [{ kind: "box", shape: 3, low: 0, high: 1 }], [{ kind: "box", shape: [3], low: [0, 0], high: 1 }],
    [{ kind: "box", shape: [1], low: 1, high: 0 }], [{ kind: "box", shape: [1], low: NaN, high: 1 }],
    [{ kind: "box", shape: [1], low: 0 }], [{ kind: "dict", spaces: {} }],
    [{ kind: "tuple", spaces: [{ kind: "discrete" }] }],
  ])("%j is refused", (space) => {
    expect(() => validateSpace(space, "observationSpace")).toThrow(
      expect.objectContaining({ code: "invalid-space", message: expect.stringContaining("observationSpace") }));
  });
});
