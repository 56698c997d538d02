import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/io/sha256.ts";
import { initializeParameters } from "../../src/nn/initializers.ts";
import { mlp } from "../../src/nn/mlp.ts";
import type { Initializer, ParameterSpec } from "../../src/nn/module.ts";
import { bindParameters, parameterCount, parameterPlaces } from "../../src/nn/parameters.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";

const spec = (name: string, shape: number[], initializer: Initializer = { kind: "zeros" }): ParameterSpec => ({
  name,
  shape,
  initializer,
});

describe("the flat vector", () => {
  const specs = [spec("a", [2, 3]), spec("b", [3]), spec("c", [1])];
  const flat = t.input("flat", [10]);

  it("holds the parameters in order", () => {
    expect(parameterCount(specs)).toBe(10);
    const bound = bindParameters(flat, specs);
    expect(bound.a!.shape).toEqual([2, 3]);
    const values = evaluate([bound.a!, bound.b!, bound.c!], { flat: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(values.map((each) => [...each])).toEqual([[0, 1, 2, 3, 4, 5], [6, 7, 8], [9]]);
  });

  it("gets a flat gradient", () => {
    const { a, c } = bindParameters(flat, specs);
    const [gradient] = evaluate(t.grad(t.add(t.sum(t.mul(3, a!)), t.sum(c!)), [flat]), { flat: new Float64Array(10) });
    expect([...gradient!]).toEqual([3, 3, 3, 3, 3, 3, 0, 0, 0, 1]);
  });

  it("refuses another size, and a name used twice", () => {
    expect(() => bindParameters(t.input("flat", [9]), specs)).toThrow(/expected a vector of 10, got \[9\]/);
    expect(() => parameterPlaces([...specs, spec("a", [1])])).toThrow(/"a" is used twice/);
  });
});

describe("initializers", () => {
  /** Largest deviation of the Gram matrix of rows or columns from gain^2 times the identity. */
  function gramError(values: Float32Array, [inputs, outputs]: [number, number], gain: number): number {
    const at = (i: number, o: number): number => values[i * outputs + o]!;
    const [count, length] = inputs >= outputs ? [outputs, inputs] : [inputs, outputs];
    const entry = (vector: number, k: number): number => (inputs >= outputs ? at(k, vector) : at(vector, k));
    let worst = 0;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let k = 0; k < length; k++) product += entry(a, k) * entry(b, k);
        worst = Math.max(worst, Math.abs(product - (a === b ? gain * gain : 0)));
      }
    }
    return worst;
  }

  it.each([
    [64, 64],
    [17, 64],
    [64, 6],
    [4, 1],
    [1, 1],
  ] as [number, number][])("orthogonal [%d, %d]", async (inputs, outputs) => {
    for (const gain of [Math.SQRT2, 0.01]) {
      const values = await initializeParameters([spec("w", [inputs, outputs], { kind: "orthogonal", gain })], 3);
      expect(gramError(values, [inputs, outputs], gain)).toBeLessThan(1e-6 * gain * gain);
    }
  });

  it("orthogonal is uniform: the sign of every element is open", async () => {
    const signs = new Set<number>();
    for (let seed = 0; seed < 8; seed++) {
      signs.add(
        Math.sign((await initializeParameters([spec("w", [3, 3], { kind: "orthogonal", gain: 1 })], seed))[0]!),
      );
    }
    expect(signs.size).toBe(2);
  });

  it.each([
    ["normal", "inputs", 2 / 100],
    ["uniform", "inputs", 2 / 100],
    ["normal", "average", 2 / 150],
    ["uniform", "average", 2 / 150],
  ] as const)("%s over the %s has its variance", async (kind, fan, variance) => {
    const values = await initializeParameters([spec("w", [100, 200], { kind, fan, gain: Math.SQRT2 })], 1);
    const [mean, square] = [0, 1].map(
      (power) => values.reduce((sum, x) => sum + (power ? x * x : x), 0) / values.length,
    ) as [number, number];
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / values.length));
    expect(Math.abs(square / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
    if (kind === "uniform") {
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(Math.sqrt(3 * variance)));
    }
  });

  it("constants and zeros fill", async () => {
    const values = await initializeParameters([spec("a", [2], { kind: "constant", value: -0.5 }), spec("b", [2])], 0);
    expect([...values]).toEqual([-0.5, -0.5, 0, 0]);
  });

  it("gives the same bits for a seed everywhere, other ones for another seed or draw", async () => {
    const network = mlp({ inputs: 3, hidden: [4], outputs: 2, activation: "tanh", outputGain: 0.01 });
    const values = await initializeParameters(network.parameters, 7);
    // Recorded in Node 20. Every engine has to give it: the host rounds nothing but + - * / and square roots.
    expect(sha256(new Uint8Array(values.buffer))).toBe(
      "0fc915783f834b74bce98b67a977a64cfe623158a9f8b17ee89e473be35c1703",
    );
    expect(await initializeParameters(network.parameters, 7)).toEqual(values);
    expect(await initializeParameters(network.parameters, 8)).not.toEqual(values);
    expect(await initializeParameters(network.parameters, 7, 1)).not.toEqual(values);
  });

  it("the size of one parameter leaves the others as they are", async () => {
    const normal: Initializer = { kind: "normal", gain: 1, fan: "inputs" };
    const [small, large] = await Promise.all([5, 9].map((width) =>
      initializeParameters([spec("a", [width, 2], normal), spec("b", [2, 2], normal)], 1)));
    expect([...small!.slice(10)]).toEqual([...large!.slice(18)]);
  });

  it("refuses an orthogonal vector", async () => {
    await expect(initializeParameters([spec("v", [3], { kind: "orthogonal", gain: 1 })], 0)).rejects.toThrow(
      /"v": orthogonal needs \[inputs, outputs\]/,
    );
  });
});
