import { describe, expect, it } from "vitest";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { clipByGlobalNorm } from "../../src/nn/clip-gradient.ts";
import { adam, rmsprop, sgd } from "../../src/nn/optimizers.ts";
import type { Optimizer } from "../../src/nn/optimizer.ts";
import { compile } from "../../src/program/compile.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";
import { run } from "../support/run.ts";

const start = [1, -2, 0.5];
/** Gradients of several steps; the last parameter has none after the first. */
const gradients = [[0.3, -1, 4], [0.1, 2, 0], [-0.5, 0.25, 0], [2, 1e-4, 0], [0.3, -0.3, 0], [0.2, 0.1, 0]];
const rates = [0.1, 0.1, 0.05, 0.05, 0.02, 0.02];

/** Parameters after each step, on the wasm device with the state kept there. */
async function trajectory(optimizer: Optimizer): Promise<number[][]> {
  const parameters = t.input("parameters", [3]);
  const gradient = t.input("gradient", [3]);
  const learningRate = t.input("learningRate", [1]);
  const sizes = Object.entries(optimizer.stateSizes(3));
  const state = Object.fromEntries(sizes.map(([name, { size }]) => [name, t.input(name, [size])]));
  const next = optimizer.step({ parameters, gradient, learningRate, state });
  expect(Object.keys(next.state)).toEqual(Object.keys(state));
  const device = await createWasmDevice();
  const program = await device.load(
    compile({
      updates: [
        [parameters, next.parameters],
        ...Object.keys(state).map((name) => [state[name]!, next.state[name]!] as const),
      ],
    }),
  );
  device.write(program.buffer("parameters"), Float32Array.from(start));
  for (const [name, { size, initial = 0 }] of sizes) {
    device.write(program.buffer(name), new Float32Array(size).fill(initial));
  }
  const path: number[][] = [];
  for (const [i, values] of gradients.entries()) {
    device.write(program.buffer("gradient"), Float32Array.from(values));
    device.write(program.buffer("learningRate"), Float32Array.of(rates[i]!));
    program.run();
    path.push([...await device.read(program.buffer("parameters"))]);
  }
  return path;
}

/** The same in float64, one parameter at a time, by a rule with its own memory. */
function reference(rule: () => (p: number, g: number, rate: number, t: number) => number): number[][] {
  const rules = start.map(rule);
  let current = start;
  return gradients.map((values, i) => (current = current.map((p, j) => rules[j]!(p, values[j]!, rates[i]!, i + 1))));
}

function expectSamePath(actual: number[][], expected: number[][]): void {
  actual.forEach((step, i) =>
    step.forEach((value, j) => expect(Math.abs(value - expected[i]![j]!), `step ${i}, ${j}`).toBeLessThan(3e-6)),
  );
}

function adamRule(beta1: number, beta2: number, epsilon: number, weightDecay = 0) {
  return () => {
    let [m, v] = [0, 0];
    return (p: number, g: number, rate: number, step: number): number => {
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const change = m / (1 - beta1 ** step) / (Math.sqrt(v / (1 - beta2 ** step)) + epsilon);
      return p - rate * (change + weightDecay * p);
    };
  };
}

describe("optimizers follow a float64 reference, step for step", () => {
  it("Adam", async () => expectSamePath(await trajectory(adam()), reference(adamRule(0.9, 0.999, 1e-8))));
  it("Adam with the settings of MDPO's policy", async () =>
    expectSamePath(await trajectory(adam({ epsilon: 1e-5 })), reference(adamRule(0.9, 0.999, 1e-5))));
  it("Adam without memory is the sign of the gradient", async () =>
    expectSamePath(await trajectory(adam({ beta1: 0, beta2: 0 })), reference(adamRule(0, 0, 1e-8))));
  it("AdamW", async () =>
    expectSamePath(
      await trajectory(adam({ beta1: 0.8, beta2: 0.95, weightDecay: 0.1 })),
      reference(adamRule(0.8, 0.95, 1e-8, 0.1)),
    ));
  it("gradient descent", async () =>
    expectSamePath(
      await trajectory(sgd()),
      reference(() => (p, g, rate) => p - rate * g),
    ));
  it("momentum", async () =>
    expectSamePath(await trajectory(sgd({ momentum: 0.9 })), reference(() => {
      let velocity = 0;
      return (p, g, rate) => p - rate * (velocity = 0.9 * velocity + g);
    })));
  it("RMSProp", async () =>
    expectSamePath(await trajectory(rmsprop({ decay: 0.9, epsilon: 1e-5 })), reference(() => {
      let square = 0;
      return (p, g, rate) => {
        square = 0.9 * square + 0.1 * g * g;
        return p - rate * g / (Math.sqrt(square) + 1e-5);
      };
    })));
});

it("Adam's bias correction stays exact over ten thousand steps", async () => {
  const optimizer = adam();
  const names = Object.keys(optimizer.stateSizes(1));
  const state = Object.fromEntries(names.map((name) => [name, t.input(name, [1])]));
  const parameters = t.input("parameters", [1]);
  const next = optimizer.step({ parameters, gradient: t.full([1], 1), learningRate: t.full([1], 0), state });
  const device = await createWasmDevice();
  const program = await device.load(
    compile({ updates: names.map((name) => [state[name]!, next.state[name]!] as const) }),
  );
  for (const steps of [1, 10, 100, 1000, 10000]) {
    for (const name of names) device.write(program.buffer(name), Float32Array.of(0));
    program.run(steps);
    const [weight] = await device.read(program.buffer("squareWeight"));
    const beta = Math.fround(0.999);
    let power = 1;
    for (let i = 0; i < steps; i++) power *= beta;
    expect(Math.abs(weight! / (1 - power) - 1)).toBeLessThan(3e-6);
  }
});

it("means of dead units become 0, not subnormal numbers", async () => {
  const optimizer = adam();
  const state = Object.fromEntries(
    Object.entries(optimizer.stateSizes(2)).map(([name, { size }]) => [name, t.input(name, [size])]),
  );
  const one = t.input("rate", [1]);
  const next = optimizer.step({ parameters: t.input("p", [2]), gradient: t.full([2], 0), learningRate: one, state });
  const [mean, square, parameters] = await run([next.state.mean!, next.state.square!, next.parameters], {
    p: [1, 2], rate: [1e-3], mean: [1.05e-30, 1e-20], square: [1e-36, 1e-30], meanWeight: [1], squareWeight: [1],
  });
  expect(mean![0]).toBe(0);
  expect(mean![1]).toBeCloseTo(9e-21, 26);
  expect(square![0]).toBe(0);
  expect(square![1]).toBeGreaterThan(0);
  expect([...parameters!]).toEqual([1, 2]);
});

it("options outside of their range are refused", () => {
  expect(() => adam({ beta1: 1 })).toThrow(/beta1: expected a number from 0 to below 1, got 1/);
  expect(() => adam({ epsilon: -1 })).toThrow(/epsilon/);
  expect(() => adam({ weightDecay: NaN })).toThrow(/weightDecay/);
  expect(() => sgd({ momentum: -0.1 })).toThrow(/momentum/);
  expect(() => rmsprop({ decay: 2 })).toThrow(/decay/);
});

describe.each([
  ["float64", evaluate, 12],
  ["wasm", run, 6],
] as const)("clipping by the global norm in %s", (_, compute, digits) => {
  const a = t.input("a", [2]);
  const b = t.input("b", [1]);
  const limit = t.input("limit", [1]);

  it("scales all gradients together, above the limit only", async () => {
    const { gradients: clipped, norm } = clipByGlobalNorm([a, b], 6.5);
    const [first, second, length] = await compute([...clipped, norm], { a: [3, 4], b: [12] });
    expect(length![0]).toBeCloseTo(13, digits - 1);
    expect(first![0]).toBeCloseTo(1.5, digits);
    expect(first![1]).toBeCloseTo(2, digits);
    expect(second![0]).toBeCloseTo(6, digits);
    const [same] = await compute(clipped, { a: [0.3, 0.4], b: [1.2] });
    same!.forEach((value, i) => expect(value).toBe([0.3, 0.4].map(digits === 12 ? Number : Math.fround)[i]));
  });

  it("leaves zeros, takes a tensor as limit, and does not hide a NaN", async () => {
    const { gradients: clipped, norm } = clipByGlobalNorm([a, b], limit);
    const [first, second, length] = await compute([...clipped, norm], { a: [0, 0], b: [0], limit: [0.5] });
    expect([...first!, ...second!, ...length!]).toEqual([0, 0, 0, 0]);
    const [spoilt] = await compute([...clipped], { a: [NaN, 1], b: [0], limit: [0.5] });
    expect([...spoilt!].every(Number.isNaN)).toBe(true);
  });

  it("refuses a limit that is none", () => expect(() => clipByGlobalNorm([a], 0)).toThrow(/maxGradientNorm/));
});
