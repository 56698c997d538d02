import { describe, expect, it } from "vitest";
import { activationOf, activations, type Activation } from "../../src/nn/activations.ts";
import { initializeParameters } from "../../src/nn/initializers.ts";
import { mlp } from "../../src/nn/mlp.ts";
import { bindParameters, parameterCount } from "../../src/nn/parameters.ts";
import * as t from "../../src/tensor/index.ts";
import { differences } from "../support/finite-differences.ts";
import { evaluate } from "../support/interpreter.ts";
import { run } from "../support/run.ts";

const x = t.input("x", [2, 3]);
const xValues = [0.5, -1, 2, 1.5, 0.25, -0.75];

function byHand(values: ArrayLike<number>, layerNorm: boolean): number[] {
  const flat = Array.from(values);
  const take = (count: number): number[] => flat.splice(0, count);
  const linear = (input: number[], weight: number[], bias: number[]): number[] =>
    bias.map((b, o) => input.reduce((sum, value, i) => sum + value * weight[i * bias.length + o]!, b));
  const layers = [[3, 4], [4, 5]].map(([from, to]) => ({
    weight: take(from! * to!), bias: take(to!), scale: layerNorm ? take(to!) : [], shift: layerNorm ? take(to!) : [],
  }));
  const [weight, bias] = [take(10), take(2)];
  return [xValues.slice(0, 3), xValues.slice(3)].flatMap((row) => {
    let h = row;
    for (const layer of layers) {
      h = linear(h, layer.weight, layer.bias);
      if (layerNorm) {
        const mean = h.reduce((a, b) => a + b) / h.length;
        const variance = h.reduce((sum, value) => sum + (value - mean) ** 2, 0) / h.length;
        h = h.map((value, i) => (value - mean) / Math.sqrt(variance + 1e-5) * layer.scale[i]! + layer.shift[i]!);
      }
      h = h.map(Math.tanh);
    }
    return linear(h, weight, bias);
  });
}

describe.each([false, true])("a perceptron (layer norm: %s)", (layerNorm) => {
  const network = mlp({
    inputs: 3,
    hidden: [4, 5],
    outputs: 2,
    activation: "tanh",
    layerNorm,
    initializer: "glorot-uniform",
    name: "policy",
  });
  const flat = t.input("flat", [parameterCount(network.parameters)]);
  const { output, features } = network.apply(bindParameters(flat, network.parameters), x);

  it("computes what the formula says", async () => {
    const values = (await initializeParameters(network.parameters, 4)).map((value, i) => value + 0.01 * (i % 7));
    const given = { flat: values, x: xValues };
    const expected = byHand(values, layerNorm);
    const [exact] = evaluate([output], given);
    const [single] = await run([output], given);
    expected.forEach((value, i) => {
      expect(exact![i]).toBeCloseTo(value, 12);
      expect(single![i]).toBeCloseTo(value, 5);
    });
    expect(features.shape).toEqual([2, 5]);
    expect(network.featureCount).toBe(5);
    const loss = t.sum(t.square(output));
    const slopes = differences(loss, given, "flat");
    evaluate(t.grad(loss, [flat]), given)[0]!.forEach((value, i) => expect(value).toBeCloseTo(slopes[i]!, 7));
  });

  it("names its parameters", () => {
    const names = network.parameters.map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(["policy.0.weight", "policy.0.bias"]);
    expect(names).toHaveLength(layerNorm ? 10 : 6);
  });
});

it("begins with the gains that were asked for", () => {
  const gainsOf = (options: object): number[] =>
    mlp({ inputs: 3, hidden: [4], outputs: 2, activation: "relu", ...options }).parameters
      .flatMap(({ initializer }) => ("gain" in initializer ? [initializer.gain] : []));
  expect(gainsOf({ outputGain: 0.01 })).toEqual([Math.SQRT2, 0.01]);
  expect(gainsOf({ hiddenGain: 0.5 })).toEqual([0.5, 1]);
  expect(gainsOf({ initializer: "glorot-uniform" })).toEqual([1, 1]);
});

it("without hidden layers is linear, its features the input", () => {
  const network = mlp({ inputs: 3, hidden: [], outputs: 2, activation: "relu" });
  expect(network.featureCount).toBe(3);
  const parameters = bindParameters(t.input("flat", [8]), network.parameters);
  expect(network.apply(parameters, x).features).toBe(x);
});

it("refuses what it cannot build", () => {
  const options = { inputs: 3, hidden: [4], outputs: 2, activation: "tanh" } as const;
  expect(() => mlp({ ...options, hidden: [0] })).toThrow(/every width must be a positive integer, got 3, 0, 2/);
  expect(() => mlp({ ...options, activation: "tahn" as Activation })).toThrow(/"tahn" is not known; nearest: tanh/);
  expect(() => mlp({ ...options, initializer: "orthogonl" as "orthogonal" })).toThrow(/nearest: orthogonal/);
});

describe("activations", () => {
  const z = t.input("z", [7]);
  const points = [-30, -2, -0.5, 0.1, 0.7, 3, 30];
  const formulas: Record<Activation, (z: number) => number> = {
    identity: (z) => z,
    tanh: Math.tanh,
    relu: (z) => Math.max(z, 0),
    gelu: (z) => 0.5 * z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))),
    sigmoid: (z) => 1 / (1 + Math.exp(-z)),
    softplus: (z) => Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0),
    silu: (z) => z / (1 + Math.exp(-z)),
    elu: (z) => (z > 0 ? z : Math.expm1(z)),
  };
  it.each(Object.keys(activations) as Activation[])("%s", async (name) => {
    const y = activationOf(name)(z);
    const [single] = await run([y], { z: points });
    points.forEach((point, i) => expect(single![i]).toBeCloseTo(formulas[name](point), 5));
    const expected = differences(t.sum(y), { z: points }, "z");
    evaluate(t.grad(t.sum(y), [z]), { z: points })[0]!.forEach((value, i) =>
      expect(value).toBeCloseTo(expected[i]!, 7),
    );
  });
});
