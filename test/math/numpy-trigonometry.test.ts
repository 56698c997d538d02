import { describe, expect, test } from "vitest";
import { createInstance } from "../../src/devices/wasm-instance.ts";

/** Sines and cosines of the arguments, two lanes at a time, as bytes. */
async function table(name: string, arguments_: readonly number[]): Promise<[Float64Array, Float64Array]> {
  const instance = await createInstance();
  const count = 2 * Math.ceil(arguments_.length / 2);
  const [x, sine, cosine] = [0, 1, 2].map(() => instance.allocate(8 * count));
  instance.float64(x!, count).set(arguments_);
  instance.exports[name]!(x!, count, sine!, cosine!);
  return [instance.float64(sine!, arguments_.length), instance.float64(cosine!, arguments_.length)];
}

function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

/** FNV-1a over the bytes of an array. */
function digest(values: Float64Array): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(values.buffer, values.byteOffset, values.byteLength)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * x, np.sin(x), np.cos(x) from NumPy 1.24.2 on a processor with AVX-512 (AVX512_SKX). Of the first six both differ from
 * the nearest number, of the next three the sine does, the three after are the nearest.
 */
const recorded: readonly (readonly [number, string, string])[] = [
  [-0.221079, "bfcc1172d7d32eb2", "3fef389e47cec10e"],
  [0.253071, "3fd00632c7d86e26", "3feefb11acbd89bf"],
  [-0.285819, "bfd20b5bfe792e29", "3feeb3a8c5ba955e"],
  [0.072911, "3fb2a610164f6d59", "3fefea3c396ebe6c"],
  [0.199784, "3fc9670f47123bae", "3fef5d0e87b488ab"],
  [0.383264, "3fd7eeca82cf2d8e", "3fedada989eeeef1"],
  [-0.181271, "bfc713695c08ec0a", "3fef79c6e6dda746"],
  [0.12478, "3fbfdc60b1239efe", "3fefc04ecb2187b7"],
  [0.164821, "3fc5006f3a8125b8", "3fef90fada3212b3"],
  [0.071537, "3fb24c404a795a58", "3fefeb0c27ec8d4a"],
  [-0.059999, "bfaeb378af0e1a3f", "3feff142626d3396"],
  [-0.188686, "bfc8023d9a3aa09e", "3fef6e9acc51bc9e"],
  [0, "0000000000000000", "3ff0000000000000"],
  [-0, "8000000000000000", "3ff0000000000000"],
  [2 ** -27, "3e40000000000000", "3fefffffffffffff"],
  [2 ** -28, "3e30000000000000", "3ff0000000000000"],
  [1e-300, "01a56e1fc2f8f359", "3ff0000000000000"],
  [0.20943951023931953, "3fca9cd9ac4258f6", "3fef4cfc327a0080"],
  [-1, "bfeaed548f090cee", "3fe14a280fb5068b"],
  [1.5, "3fefeb7a9b2c6d8b", "3fb21bd54fc5f9a7"],
  [-1.5, "bfefeb7a9b2c6d8b", "3fb21bd54fc5f9a7"],
];

describe("NumPy's sine and cosine", () => {
  test("have the recorded bits", async () => {
    const [sines, cosines] = await table("numpy_trigonometry_table", recorded.map(([x]) => x));
    recorded.forEach(([x, sine, cosine], i) => {
      expect(bits(sines[i]!), `sin ${x}`).toBe(sine);
      expect(bits(cosines[i]!), `cos ${x}`).toBe(cosine);
    });
  });

  test("have NumPy's bits, also from 1.24.2 with AVX-512, at 30001 arguments from -1.5 to 1.5", async () => {
    const arguments_ = Array.from({ length: 30001 }, (_, i) => (i - 15000) * 1e-4);
    const [sines, cosines] = await table("numpy_trigonometry_table", arguments_);
    expect(digest(sines)).toBe("b12d6349");
    expect(digest(cosines)).toBe("305dbbf0");
  });

  test("are the accurate ones beyond 1.5, each lane for itself", async () => {
    const arguments_ = [0.383264, 1.6, -40, 0.383264, -2, 1e5, Infinity, NaN];
    const [sines, cosines] = await table("numpy_trigonometry_table", arguments_);
    const [accurateSines, accurateCosines] = await table("trigonometry_table", arguments_);
    for (const i of [1, 2, 4, 5, 6, 7]) {
      expect(sines[i]).toBe(accurateSines[i]);
      expect(cosines[i]).toBe(accurateCosines[i]);
    }
    for (const i of [0, 3]) {
      expect(bits(sines[i]!)).toBe("3fd7eeca82cf2d8e");
      expect(bits(cosines[i]!)).toBe("3fedada989eeeef1");
    }
  });
});
