import fc from "fast-check";
import { expect, it } from "vitest";
import actingModule from "../../dist/policy.wasm";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { activations } from "../../src/nn/activations.ts";
import { ActingMemory } from "../../src/policy/direct/acting-memory.ts";
import { Elementwise } from "../../src/policy/direct/elementwise.ts";
import { compile } from "../../src/program/compile.ts";
import { unary } from "../../src/tensor/elementwise.ts";
import * as t from "../../src/tensor/index.ts";
import type { Tensor } from "../../src/tensor/index.ts";

// What assembly/acting.ts writes out against what maps print: the same bits for any bits.

const size = 1003;
const functions: Record<keyof typeof Elementwise, (x: Tensor) => Tensor> = {
  ...activations, exp: t.exp, log: t.log,
  gumbel: (x) => t.neg(t.log(t.neg(t.log(x)))),
};

const anyBits = fc.integer();
const near = fc.double({ min: -100, max: 100, noNaN: true }).map((x) => new Int32Array(Float32Array.of(x).buffer)[0]!);
const special = fc.constantFrom(0, -0, Infinity, -Infinity, NaN, 88.72283, -86.6, 1e-45, 1.1754944e-38, 7.905311)
  .map((x) => new Int32Array(Float32Array.of(x).buffer)[0]!);
const words = fc.array(fc.oneof(anyBits, near, special), { minLength: size, maxLength: size });

it.each(Object.keys(Elementwise) as (keyof typeof Elementwise)[])("%s", async (name) => {
  const isNoise = name === "gumbel";
  const x = t.input("x", [size], isNoise ? "i32" : "f32");
  const argument = isNoise ? unary("uniform", x) : x;
  const device = await createWasmDevice();
  const loaded = device.loadNow(compile({ outputs: { y: functions[name](argument) } }));
  const memory = new ActingMemory(await WebAssembly.compile(actingModule()), size, 1);
  const values = memory.array(size);
  fc.assert(fc.property(words, (given) => {
    const bits = Int32Array.from(given);
    new Int32Array(values.buffer, values.byteOffset, size).set(bits);
    const input = loaded.buffer("x").view();
    new Int32Array(input.buffer, input.byteOffset, size).set(bits);
    loaded.run();
    memory.kernels.apply(Elementwise[name], size, values.byteOffset);
    const expected = loaded.buffer("y").view();
    const different = given.findIndex((_, i) => !Object.is(values[i], expected[i]));
    const at = Math.max(0, different);
    expect({ different, bits: given[at], value: values[at] })
      .toEqual({ different: -1, bits: given[at], value: expected[at] });
  }), { numRuns: 20 });
});
