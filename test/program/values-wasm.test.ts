import { beforeAll, describe, expect, it } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { compile } from "../../src/program/compile.ts";
import * as t from "../../src/tensor/index.ts";
import { runOn } from "../support/device-check.ts";
import { evaluate, type InputValues } from "../support/interpreter.ts";

let device: Device;

beforeAll(async () => {
  device = await createWasmDevice();
});

async function onDevice(y: t.Tensor, values: InputValues = {}): Promise<number[]> {
  return [...(await runOn(device, [y], values))[0]!];
}

/** The device's result is exactly the interpreter's. */
async function expectExact(y: t.Tensor, values: InputValues): Promise<void> {
  expect(await onDevice(y, values)).toEqual([...evaluate([y], values)[0]!]);
}

describe("whole numbers, comparisons and indices on wasm are exact", () => {
  const [k, j] = [t.input("k", [7], "i32"), t.input("j", [7], "i32")];
  const whole = { k: [0, 1, -1, 2147483647, -2147483648, 65537, 12345], j: [5, -1, 1, 1, 1, 65537, -777] };
  const x = t.input("x", [9]);
  const y = t.input("y", [9]);
  const floats = { x: [0.5, 1.5, 2.5, -0.5, -1.5, -2.75, 3, 1e6, -7.25], y: [0.5, 1, 3, -0.5, -2, -2, 3, 5, 7] };

  it("wrapping add, sub, mul; neg, abs, min, max", async () => {
    const results = [t.add(k, j), t.sub(k, j), t.mul(k, j), t.neg(j), t.abs(j), t.minimum(k, j), t.maximum(k, j)];
    for (const result of results) await expectExact(result, whole);
  });
  it("comparisons of whole numbers, cast to both types", async () => {
    for (const compare of [t.less, t.lessEqual, t.greater, t.greaterEqual, t.equal]) {
      await expectExact(t.cast(compare(k, j), "f32"), whole);
      await expectExact(t.cast(compare(k, j), "i32"), whole);
    }
  });
  it("comparisons and logic of floats", async () => {
    const [a, b] = [t.less(x, y), t.lessEqual(x, 1.5)];
    const results = [a, b, t.equal(x, y), t.logicalAnd(a, b), t.logicalOr(a, b), t.logicalNot(a)];
    for (const result of results) await expectExact(t.cast(result, "f32"), floats);
  });
  it("where on whole numbers, and a whole number as a condition", async () => {
    await expectExact(t.where(t.less(k, j), k, t.mul(j, 2)), whole);
    await expectExact(t.where(t.cast(k, "bool"), j, 7), whole);
  });
  it("floor, round to even, and casts between types", async () => {
    for (const result of [t.floor(x), t.round(x), t.cast(x, "i32"), t.cast(t.cast(x, "i32"), "f32")]) {
      const [expected, actual] = [evaluate([result], floats)[0]!, await onDevice(result, floats)];
      actual.forEach((value, i) => expect(value + 0).toBe(expected[i]! + 0));   // zeros of either sign
    }
  });
  it("argmax takes the first of equals, along any axis", async () => {
    const square = t.reshape(x, [3, 3]);
    const values = { x: [1, 5, 5, 2, 2, 2, -1, -3, -1] };
    for (const axis of [0, 1]) await expectExact(t.argmax(square, axis), values);
  });
  it("iota and one-hot", async () => {
    await expectExact(t.iota([2, 3, 2], 1), {});
    await expectExact(t.oneHot(t.input("k", [4], "i32"), 3), { k: [2, 0, 1, 5] });
  });
  it("gathers of whole numbers", async () => {
    await expectExact(t.gatherRows(k, t.input("i", [3], "i32")), { ...whole, i: [6, 0, 3] });
    await expectExact(t.takeAlongAxis(k, t.input("i", [3], "i32"), 0), { ...whole, i: [6, 0, 3] });
  });
});

describe("views on wasm are exact", () => {
  const x = t.input("x", [2, 3, 4]);
  const values = { x: Array.from({ length: 24 }, (_, i) => i - 11.5) };
  const views: Record<string, t.Tensor> = {
    "an input itself": x,
    "a permuted input": t.permute(x, [2, 0, 1]),
    "a permuted result": t.permute(t.neg(x), [1, 2, 0]),
    "a slice of an input": t.slice(x, 2, 1, 3),
    "a slice of a result": t.slice(t.neg(x), 0, 1, 2),
    "a reshaped transpose": t.reshape(t.transpose(x), [6, 4]),
    "an expanded result": t.add(t.full([5, 2, 3, 4], 0), t.neg(x)),
    "a join of everything": t.concat(
      [t.reshape(x, [6, 4]), t.reshape(t.neg(t.transpose(x)), [6, 4]), t.full([1, 4], 2)], 0),
    "a constant": t.full([2, 2], 3),
  };
  it.each(Object.entries(views))("%s", async (_, view) => expectExact(view, values));

  it("one tensor under two names, and an input beside a result", async () => {
    const y = t.neg(x);
    const results = await runOn(device, [y, x, y, t.reshape(y, [24])], values);
    expect(results.map((result) => result[5])).toEqual([6.5, -6.5, 6.5, 6.5]);
  });
});

describe("random numbers on wasm", () => {
  const state = t.input("state", [4], "i32");
  const values = { state: [123456789, -987654321, 7, 3] };

  it("bits and uniforms are exactly those of the reference", async () => {
    for (const shape of [[1], [3], [4], [2, 3, 5]]) {
      await expectExact(t.randomBits(state, shape, 9), values);
      await expectExact(t.randomUniform(state, shape, 9), values);
    }
  });
  it("normal and Gumbel draws agree with float64 to 1e-5", async () => {
    for (const draw of [t.randomNormal(state, [50], 1), t.randomGumbel(state, [50], 2)]) {
      const expected = evaluate([draw], values)[0]!;
      (await onDevice(draw, values)).forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5));
    }
  });
  it("an update of the state moves to the next draw", async () => {
    const draw = t.randomBits(state, [2], 0);
    const program = await device.load(compile({ outputs: { draw }, updates: [[state, t.advanceRandom(state)]] }));
    device.write(program.buffer("state"), Int32Array.from(values.state));
    program.run(2);
    expect([...await device.read(program.buffer("state"))]).toEqual([123456789, -987654321, 9, 3]);
    const [second] = evaluate([draw], { state: [123456789, -987654321, 8, 3] });
    expect([...await device.read(program.buffer("draw"))]).toEqual([...second!]);
  });
});

describe("what compile refuses", () => {
  const x = t.input("x", [2]);
  const refused: [string, string, () => unknown][] = [
    ["a bool output", "invalid-dtype", () => compile({ outputs: { y: t.less(x, 0) } })],
    ["an update of something that is no input", "invalid-option", () => compile({ updates: [[t.neg(x), x]] })],
    ["an update of another shape", "invalid-shape", () => compile({ updates: [[x, t.input("y", [3])]] })],
    ["an update of another type", "invalid-shape", () => compile({ updates: [[x, t.input("y", [2], "i32")]] })],
    ["two updates of one input", "invalid-option", () => compile({ updates: [[x, t.neg(x)], [x, t.exp(x)]] })],
    ["two inputs of one name", "invalid-shape", () => compile({ outputs: { y: t.add(t.sum(t.input("x", [3])), x) } })],
  ];
  it.each(refused)("%s", (_, code, action) => expect(action).toThrow(expect.objectContaining({ code })));
});
