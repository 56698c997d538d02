import { beforeAll, describe, expect, it } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import * as t from "../../src/tensor/index.ts";
import { runOn } from "../support/device-check.ts";

let device: Device;

beforeAll(async () => {
  device = await createWasmDevice();
});

type Function = (x: t.Tensor) => t.Tensor;

async function apply(f: Function, points: ArrayLike<number>): Promise<number[]> {
  return [...(await runOn(device, [f(t.input("x", [points.length]))], { x: points }))[0]!];
}

const count = 20_000;
/** float32 numbers spread evenly over [from, to]. */
const even = (from: number, to: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
/** Positive float32 numbers of all magnitudes between two powers of two. */
const magnitudes = (from: number, to: number): Float32Array => even(from, to).map((exponent) => 2 ** exponent);

/** The distance of neighbouring float32 numbers at |x|. */
const unitInLastPlace = (x: number): number => 2 ** (Math.floor(Math.log2(Math.max(Math.abs(x), 2 ** -126))) - 23);

type RealFunction = (x: number) => number;
type Measure = (error: number, exact: number) => number;
const ulps: Measure = (error, exact) => error / unitInLastPlace(exact);
const absolute: Measure = (error) => error;

async function worst(measure: Measure, f: Function, exact: RealFunction, points: Float32Array): Promise<number> {
  const values = await apply(f, points);
  return points.reduce((most, x, i) => Math.max(most, measure(Math.abs(values[i]! - exact(x)), exact(x))), 0);
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

describe("elementary functions on wasm are close to float64", () => {
  it("exp: within 1.1 ulp from -86.6 to the overflow", async () => {
    for (const points of [even(-86.59, 88.72), even(-1, 1)]) {
      expect(await worst(ulps, t.exp, Math.exp, points)).toBeLessThan(1.1);
    }
  });
  it("log: within 1 ulp over all normal numbers, and around 1", async () => {
    for (const points of [magnitudes(-125.9, 127.9), even(0.5, 2), even(0.999, 1.001)]) {
      expect(await worst(ulps, t.log, Math.log, points)).toBeLessThan(1);
    }
  });
  it("tanh: within 3.2e-7 and 6 ulp, also for tiny arguments", async () => {
    expect(await worst(absolute, t.tanh, Math.tanh, even(-12, 12))).toBeLessThan(3.2e-7);
    for (const points of [even(-12, 12), magnitudes(-100, 3)]) {
      expect(await worst(ulps, t.tanh, Math.tanh, points)).toBeLessThan(6);
    }
  });
  it("sin and cos: within 1e-7 up to 8192, 1e-6 up to 1e5; sin within 2 ulp up to a quarter turn", async () => {
    for (const [f, exact] of [[t.sin, Math.sin], [t.cos, Math.cos]] as const) {
      for (const reach of [10, 1000, 8192]) {
        expect(await worst(absolute, f, exact, even(-reach, reach))).toBeLessThan(1e-7);
      }
      expect(await worst(absolute, f, exact, even(-1e5, 1e5))).toBeLessThan(1e-6);
    }
    for (const points of [even(-1.5, 1.5), magnitudes(-120, 0)]) {
      expect(await worst(ulps, t.sin, Math.sin, points)).toBeLessThan(2);
    }
  });
  it("sqrt: correctly rounded", async () => {
    expect(await worst(ulps, t.sqrt, Math.sqrt, magnitudes(-126, 127.9))).toBeLessThan(0.50001);
  });
  it("sigmoid: within 3 ulp; softplus: within 5e-7 of max(1, x)", async () => {
    expect(await worst(ulps, t.sigmoid, sigmoid, even(-80, 80))).toBeLessThan(3);
    const beyondOne: Measure = (error, exact) => error / Math.max(1, exact);
    expect(await worst(beyondOne, t.softplus, softplus, even(-100, 100))).toBeLessThan(5e-7);
  });
});

describe("elementary functions at extremes", () => {
  const extremes: Record<string, [Function, [number, number][]]> = {
    exp: [t.exp, [[-Infinity, 0], [-1e38, 0], [-100, 0], [-86.61, 0], [-0, 1], [0, 1], [1e-45, 1], [88.73, Infinity],
      [1e38, Infinity], [Infinity, Infinity], [NaN, NaN]]],
    log: [t.log, [[-Infinity, NaN], [-1, NaN], [-0, -Infinity], [0, -Infinity], [1, 0], [Infinity, Infinity],
      [NaN, NaN]]],
    tanh: [t.tanh, [[-Infinity, -1], [-20, -1], [-0, -0], [0, 0], [20, 1], [1e38, 1], [Infinity, 1], [NaN, NaN]]],
    sin: [t.sin, [[0, 0], [-Infinity, NaN], [4194304, NaN], [-1e38, NaN], [Infinity, NaN], [NaN, NaN]]],
    cos: [t.cos, [[0, 1], [-0, 1], [-Infinity, NaN], [4194304, NaN], [1e38, NaN], [Infinity, NaN], [NaN, NaN]]],
    sqrt: [t.sqrt, [[-1, NaN], [-0, -0], [0, 0], [4, 2], [Infinity, Infinity], [NaN, NaN]]],
    sigmoid: [t.sigmoid, [[0, 0.5], [100, 1], [Infinity, 1], [NaN, NaN]]],
    softplus: [t.softplus, [[-Infinity, 0], [-100, 0], [100, 100], [Infinity, Infinity], [NaN, NaN]]],
    relu: [t.relu, [[-Infinity, 0], [-1, 0], [1, 1], [Infinity, Infinity], [NaN, NaN]]],
    floor: [t.floor, [[-0.5, -1], [2.5, 2], [1e30, Math.fround(1e30)], [Infinity, Infinity], [NaN, NaN]]],
    round: [t.round, [[-2.5, -2], [2.5, 2], [3.5, 4], [1e30, Math.fround(1e30)], [-Infinity, -Infinity], [NaN, NaN]]],
  };
  it.each(Object.entries(extremes))("%s", async (_, [f, pairs]) => {
    const values = await apply(f, pairs.map(([x]) => x));
    expect(pairs.map(([x], i) => [x, values[i]])).toEqual(pairs);
  });

  it("log of a subnormal counts it as the smallest normal number", async () => {
    for (const value of await apply(t.log, [1e-45, 1e-40])) expect(value).toBeCloseTo(-87.3365, 4);
  });
  it("sigmoid stays positive and its gradient finite far to the left", async () => {
    const x = t.input("x", [3]);
    const slopes = t.grad(t.sum(t.sigmoid(x)), [x])[0]!;
    const [value, gradient] = await runOn(device, [t.sigmoid(x), slopes], { x: [-90, -1000, -1e38] });
    for (const y of value!) expect(y > 0 && y < 1e-37).toBe(true);
    for (const slope of gradient!) expect(Math.abs(slope)).toBeLessThan(1e-37);
  });
  it("log-softmax of huge logits is finite, and a masked logit has probability 0", async () => {
    const x = t.input("x", [1, 4]);
    const [logs, probabilities] = await runOn(device, [t.logSoftmax(x), t.softmax(x)], { x: [1e9, 1e9, -1e9, 0] });
    expect([...probabilities!]).toEqual([0.5, 0.5, 0, 0]);
    expect([...logs!].map((value) => Math.round(value))).toEqual([-1, -1, -2e9, -1e9]);
  });
  it("a NaN reaches the sum that it is part of", async () => {
    const x = t.input("x", [5]);
    const [total] = await runOn(device, [t.sum(x)], { x: [1, 2, NaN, 4, 5] });
    expect(total![0]).toBeNaN();
  });
});
