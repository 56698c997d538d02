import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createInstance } from "../../src/devices/wasm-instance.ts";
import { philoxBlock, philoxFill, uniform53 } from "../../src/random/philox.ts";
import { derivedSeed, randomSource, seedKey, streamState } from "../../src/random/streams.ts";

const word = fc.integer({ min: -2147483648, max: 2147483647 });

/** Known answers for philox4x32-10, published with Random123: counter, key, block. */
const published = [
  [[0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
  [[-1, -1, -1, -1], [-1, -1], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
] as const;

describe("Philox 4x32-10", () => {
  test("gives the published blocks in TypeScript and in WASM", async () => {
    const instance = await createInstance();
    const out = instance.allocate(16);
    for (const [counter, key, block] of published) {
      const expected = Int32Array.from(block);
      expect(philoxBlock(counter, key)).toEqual(expected);
      instance.exports.philox_block!(...counter, ...key, out);
      expect(instance.int32(out, 4).slice()).toEqual(expected);
    }
  });

  test("a block in WASM equals the reference for any counter and key", async () => {
    const instance = await createInstance();
    const out = instance.allocate(16);
    fc.assert(fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
      instance.exports.philox_block!(...counter, ...key, out);
      expect(instance.int32(out, 4).slice()).toEqual(philoxBlock(counter, key));
    }));
  });

  test("a draw of any length equals the reference and writes nothing behind its end", async () => {
    const instance = await createInstance();
    const out = instance.allocate(4 * 64);
    const states = fc.tuple(word, word, word, word);
    fc.assert(fc.property(states, word, fc.nat(50), ([key0, key1, draw, stream], salt, count) => {
      const memory = instance.int32(out, 64);
      memory.fill(-7);
      instance.exports.philox_fill!(key0, key1, draw, stream, salt, count, out);
      expect(memory.slice(0, count)).toEqual(philoxFill([key0, key1, draw, stream], salt, count).slice());
      expect(memory.slice(count).every((value) => value === -7)).toBe(true);
    }));
  });

  test("uniform numbers lie in [0, 1) and fill it evenly", () => {
    expect(uniform53(0, 0)).toBe(0);
    expect(uniform53(-1, -1)).toBe(1 - 2 ** -53);
    const random = randomSource(11, "evaluation");
    const buckets = new Float64Array(16);
    const count = 16000;
    for (let i = 0; i < count; i++) buckets[Math.floor(16 * random.uniform())]!++;
    const chiSquared = buckets.reduce((sum, seen) => sum + (seen - 1000) ** 2 / 1000, 0);
    expect(chiSquared).toBeLessThan(37.7); // 15 degrees of freedom, 0.1 %
  });
});

describe("named streams", () => {
  test("a state holds the seed's low and high words, draw 0 and the stream's number", () => {
    expect(streamState(5, "environment")).toEqual(Int32Array.of(5, 0, 0, 0));
    expect(streamState(4294967296 * 3 + 7, "exploration")).toEqual(Int32Array.of(7, 3, 0, 5));
    expect(seedKey(Number.MAX_SAFE_INTEGER)).toEqual([-1, 0x1fffff]);
  });

  test("a seed that is no integer from 0 to 2^53 - 1 is refused", () => {
    for (const seed of [-1, 1.5, NaN, Infinity, 2 ** 53, "3"]) {
      expect(() => streamState(seed as number, "policy")).toThrow(expect.objectContaining({ code: "invalid-option" }));
    }
  });

  test("derived seeds are 31-bit integers that differ between copies and generations", () => {
    const seeds = Array.from({ length: 64 }, (_, i) => derivedSeed(3, i % 16, Math.floor(i / 16)));
    expect(new Set(seeds).size).toBe(64);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
  });
});
