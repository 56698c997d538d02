import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BregmanError } from "../../src/error.ts";
import { type NamedTensor, readSafetensors, type TensorValues, writeSafetensors } from "../../src/io/safetensors.ts";

/** A file from header text and data, with the true or a false header length. */
function file(header: string, data: Uint8Array | number = 0, claimed?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const body = typeof data === "number" ? new Uint8Array(data) : data;
  const bytes = new Uint8Array(8 + text.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(body, 8 + text.length);
  return bytes;
}

const entry = (shape: string, begin: number, end: number, dtype = "F32") =>
  `{"dtype":"${dtype}","shape":[${shape}],"data_offsets":[${begin},${end}]}`;

function failure(bytes: Uint8Array): BregmanError {
  try {
    readSafetensors(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(BregmanError);
    expect((error as BregmanError).code).toBe("checkpoint-corrupt");
    return error as BregmanError;
  }
  throw new Error("the file was accepted");
}

const makers: Record<NamedTensor["dtype"], (count: number, seed: number) => TensorValues> = {
  F32: (count, seed) => Float32Array.from({ length: count }, (_, i) => (i - 2) * 0.37 + seed),
  F64: (count, seed) => Float64Array.from({ length: count }, (_, i) => (i - 2) / 3 + seed),
  I32: (count, seed) => Int32Array.from({ length: count }, (_, i) => i * 77 - seed),
  U32: (count, seed) => Uint32Array.from({ length: count }, (_, i) => i * 3000000 + seed),
  I64: (count, seed) => BigInt64Array.from({ length: count }, (_, i) => BigInt(i * 9 - seed) << 33n),
  U8: (count, seed) => Uint8Array.from({ length: count }, (_, i) => i + seed),
};

const tensorLists: fc.Arbitrary<NamedTensor[]> = fc.uniqueArray(
  fc.record({
    name: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "constructor", "a\ud800b", '"\\')),
    dtype: fc.constantFrom(...(Object.keys(makers) as NamedTensor["dtype"][])),
    shape: fc.array(fc.nat(4), { maxLength: 3 }),
    seed: fc.nat(100),
  }),
  { selector: ({ name }) => name, maxLength: 6 },
).map((list) => list.filter(({ name }) => name !== "__metadata__").map(({ name, dtype, shape, seed }) =>
  ({ name, dtype, shape, values: makers[dtype](shape.reduce((a, b) => a * b, 1), seed) })));

const metadataLists = fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 4 })
  .map((pairs) => [...new Map(pairs)]);

describe("safetensors", () => {
  it("writes the bytes that the format prescribes", () => {
    const bytes = writeSafetensors([{ name: "w", dtype: "F32", shape: [1, 2], values: Float32Array.of(1, -2) }]);
    const header = '{"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}';
    expect(header.length % 8).toBe(0);
    expect(bytes).toEqual(file(header, Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0)));
  });

  it("pads the header with spaces to a multiple of 8 bytes, metadata first", () => {
    const tensor = { name: "b", dtype: "U8", shape: [3], values: Uint8Array.of(1, 2, 3) } as const;
    const bytes = writeSafetensors([tensor], [["k", "v"]]);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + length)).trimEnd())
      .toBe('{"__metadata__":{"k":"v"},"b":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}');
  });

  it("reads back what it wrote, in order, from any position in a buffer", () => {
    fc.assert(fc.property(tensorLists, metadataLists, fc.nat(9), (tensors, metadata, shift) => {
      const written = writeSafetensors(tensors, metadata);
      const moved = new Uint8Array(written.length + shift + 3);
      moved.set(written, shift);
      const read = readSafetensors(moved.subarray(shift, shift + written.length));
      expect([...read.tensors.values()]).toEqual(tensors);
      expect([...read.metadata]).toEqual(metadata);
      expect(writeSafetensors(read.tensors.values(), read.metadata)).toEqual(written);
    }));
  });

  it("gives copies that share nothing with the file", () => {
    const bytes = writeSafetensors([{ name: "w", dtype: "I32", shape: [], values: Int32Array.of(5) }]);
    const { values } = readSafetensors(bytes).tensors.get("w")!;
    bytes.fill(0);
    expect(values).toEqual(Int32Array.of(5));
  });

  it("keeps names such as __proto__ harmless", () => {
    const { tensors, metadata } = readSafetensors(
      file(`{"__metadata__":{"__proto__":"x"},"__proto__":${entry("1", 0, 1, "U8")}}`, 1));
    expect([...tensors.keys()]).toEqual(["__proto__"]);
    expect([...metadata]).toEqual([["__proto__", "x"]]);
    expect(({} as Record<string, unknown>).dtype).toBeUndefined();
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(0), /too few/],
    ["a file of another kind", new TextEncoder().encode("<!doctype html><title>x"), /header claims/],
    ["a header length of 2^63", file("{}", 0, 1n << 63n), /claims 92233720368547\d+ bytes; at most/],
    ["a header beyond the cap", file("{}", 0, 100_000_001n), /at most 100000000/],
    ["a truncated header", file("{}", 0, 3n), /only 2 follow \(truncated/],
    ["a header that is an array", file("[]"), /does not begin with \{/],
    ["a header behind a space", file(" {}"), /does not begin with \{/],
    ["a header that is not UTF-8", file("{}").map((byte, i) => (i === 9 ? 0xff : byte)), /UTF-8/],
    ["text after the header", file("{}x"), /goes on after/],
    ["bytes that no tensor owns", file("{}", 1), /last 1 bytes belong to no tensor/],
    ["a hole", file(`{"a":${entry("1", 4, 8)}}`, 8), /bytes 0 to 4, before tensor "a"/],
    ["an overlap", file(`{"a":${entry("2", 0, 8)},"b":${entry("1", 4, 8)}}`, 8), /"b" overlaps/],
    ["twice the same tensor", file(`{"a":${entry("1", 0, 4)},"a":${entry("1", 0, 4)}}`, 4), /"a" twice/],
    ["the same name, spelt by escape", file(`{"a":${entry("1", 0, 4)},"\\u0061":${entry("1", 4, 8)}}`, 8), /twice/],
    ["twice the same field", file('{"a":{"dtype":"U8","dtype":"U8"}}'), /"dtype" twice/],
    ["an offset beyond the end", file(`{"a":${entry("2", 0, 8)}}`, 7), /ends at data byte 8, but the file has only 7/],
    ["offsets in reverse", file(`{"a":${entry("1", 4, 0)}}`, 4), /before it begins/],
    ["a shape that does not fit", file(`{"a":${entry("3", 0, 8)}}`, 8), /needs 12 bytes, but spans 8/],
    ["a shape that overflows", file(`{"a":${entry("9007199254740991,9007199254740991", 0, 8)}}`, 8), /Infinity/],
    ["a shape of overflow times nothing", file(`{"a":${entry("9007199254740991,9007199254740991,0", 0, 0)}}`), /Inf/],
    ["a negative size", file(`{"a":${entry("-1", 0, 4)}}`, 4), /non-negative integers/],
    ["a fractional size", file(`{"a":${entry("1.0", 0, 4)}}`, 4), /non-negative integers/],
    ["a size with exponent", file(`{"a":${entry("1e0", 0, 4)}}`, 4), /non-negative integers/],
    ["a size beyond 2^53", file(`{"a":${entry("9007199254740993", 0, 4)}}`, 4), /non-negative integers/],
    ["a leading zero", file(`{"a":${entry("01", 0, 4)}}`, 4), /non-negative integers|expected/],
    ["an unknown dtype", file(`{"a":${entry("1", 0, 1, "F4")}}`, 1), /dtype "F4"; accepted are F32/],
    ["a dtype from the prototype", file(`{"a":${entry("1", 0, 1, "constructor")}}`, 1), /dtype "constructor"/],
    ["three offsets", file('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}', 1), /3 data_offsets/],
    ["no shape", file('{"a":{"dtype":"U8","data_offsets":[0,1]}}', 1), /no shape/],
    ["an unknown field", file('{"a":{"dtype":"U8","colour":"red"}}'), /unknown field "colour"/],
    ["metadata that is not text", file('{"__metadata__":{"a":1}}'), /metadata "a"/],
    ["twice the same metadata", file('{"__metadata__":{"a":"1","a":"2"}}'), /"a" twice/],
    ["deep nesting", file(`{"a":${"[".repeat(100_000)}`), /expected \{/],
    ["a string without an end", file('{"a\\"'), /without an end/],
    ["a bad escape", file('{"\\x":1}'), /not a valid JSON string/],
    ["a comma too many", file(`{"a":${entry("1", 0, 1, "U8")},}`, 1), /expected "/],
  ])("refuses %s", (_, bytes, message) => {
    expect(failure(bytes).message).toMatch(message);
  });

  it("refuses mutated and truncated files or reads what they say, and never allocates beyond their size", () => {
    const signs = fc.constantFrom(...new TextEncoder().encode('{}[]",:0919-'));
    const mutation = fc.record({ at: fc.nat(), with: fc.oneof(fc.nat(255), signs) });
    fc.assert(fc.property(tensorLists, metadataLists, fc.array(mutation, { maxLength: 4 }), fc.nat(), fc.boolean(),
      (tensors, metadata, mutations, length, cut) => {
        let bytes = writeSafetensors(tensors, metadata);
        for (const change of mutations) bytes[change.at % bytes.length] = change.with;
        if (cut) bytes = bytes.slice(0, length % bytes.length);
        try {
          const read = readSafetensors(bytes);
          const size = [...read.tensors.values()].reduce((sum, { values }) => sum + values.buffer.byteLength, 0);
          expect(size).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect((error as BregmanError).code).toBe("checkpoint-corrupt");
        }
      }), { numRuns: 2000 });
  });

  it("refuses every truncation of a file", () => {
    const bytes = writeSafetensors([
      { name: "w", dtype: "F32", shape: [2, 2], values: new Float32Array(4) },
      { name: "b", dtype: "U8", shape: [3], values: new Uint8Array(3) },
    ], [["format", "1"]]);
    for (let length = 0; length < bytes.length; length++) failure(bytes.subarray(0, length));
  });

  it("refuses to write what it could not read back", () => {
    const tensor: NamedTensor = { name: "w", dtype: "F32", shape: [1], values: new Float32Array(1) };
    const code = (list: NamedTensor[]) => {
      try {
        writeSafetensors(list);
      } catch (error) {
        return (error as BregmanError).code;
      }
      return undefined;
    };
    expect(code([tensor, tensor])).toBe("invalid-option");
    expect(code([{ ...tensor, name: "__metadata__" }])).toBe("invalid-option");
    expect(code([{ ...tensor, shape: [2] }])).toBe("invalid-shape");
    expect(code([{ ...tensor, shape: [-1] }])).toBe("invalid-shape");
    expect(code([{ ...tensor, dtype: "F64" }])).toBe("invalid-dtype");
  });
});
