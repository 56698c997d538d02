import { expect, test } from "vitest";
import type { WasmInstance } from "../../src/devices/wasm-instance.ts";
import { createInstance } from "../../src/devices/wasm-instance.ts";
import { randomSource } from "../../src/random/streams.ts";

function table(instance: WasmInstance, arguments_: readonly number[]): [Float64Array, Float64Array] {
  const count = 2 * Math.ceil(arguments_.length / 2);
  const [x, sine, cosine] = [0, 1, 2].map(() => instance.allocate(8 * count));
  instance.float64(x!, count).set(arguments_);
  instance.exports.trigonometry_table!(x!, count, sine!, cosine!);
  return [instance.float64(sine!, arguments_.length), instance.float64(cosine!, arguments_.length)];
}

/** Units in the last place of `value`. */
function ulp(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(value));
  bits.setBigInt64(0, bits.getBigInt64(0) + 1n);
  return bits.getFloat64(0) - Math.abs(value);
}

test("sine and cosine differ from the host's by at most one unit in the last place", async () => {
  const instance = await createInstance();
  const random = randomSource(1, "evaluation");
  const scales = [0.2, 1, 4, 100, 1e5];
  const arguments_ = Array.from({ length: 20000 }, (_, i) => scales[i % scales.length]! * (2 * random.uniform() - 1));
  for (let i = -50; i <= 50; i++) arguments_.push(i * Math.PI / 2, i * Math.PI / 4);
  const [sines, cosines] = table(instance, arguments_);
  arguments_.forEach((x, i) => {
    expect(Math.abs(sines[i]! - Math.sin(x)), `sin ${x}`).toBeLessThanOrEqual(ulp(Math.sin(x)));
    expect(Math.abs(cosines[i]! - Math.cos(x)), `cos ${x}`).toBeLessThanOrEqual(ulp(Math.cos(x)));
  });
});

test("they keep signs, zeros and symmetry exactly", async () => {
  const instance = await createInstance();
  const [sines, cosines] = table(instance, [0, -0, 1.25, -1.25, 7, -7]);
  expect(sines[0]).toBe(0);
  expect(cosines[0]).toBe(1);
  expect(sines[2]).toBe(-sines[3]!);
  expect(sines[4]).toBe(-sines[5]!);
  expect(cosines[2]).toBe(cosines[3]);
  expect(cosines[4]).toBe(cosines[5]);
});
