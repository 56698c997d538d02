import { describe, expect, it } from "vitest";
import { categorical } from "../../src/distributions/categorical.ts";
import { gaussian } from "../../src/distributions/gaussian.ts";
import { headForSpace } from "../../src/distributions/head-for-space.ts";
import { multiCategorical } from "../../src/distributions/multi-categorical.ts";
import type { Space } from "../../src/envs/spaces.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";
import { run } from "../support/run.ts";
import { valuesFor } from "../support/values.ts";

// move: 2 numbers, fire: 1 of 3 from 5 on, gear: choices of 2 and 4.
const space: Space = {
  kind: "dict",
  spaces: {
    move: { kind: "box", shape: [2], low: -1, high: 1 },
    fire: { kind: "discrete", n: 3, start: 5 },
    gear: { kind: "multi-discrete", nvec: [2, 4] },
  },
};
const head = headForSpace(space);
const rows = 6;
const output = t.input("output", [rows, head.outputs]);
const otherOutput = t.input("otherOutput", [rows, head.outputs]);
const logStd = t.input("logStd", [2]);
const action = t.input("action", [rows, head.actionSize]);
const of = (network: t.Tensor, actionMask?: t.Tensor) =>
  head.distribution(head.parametersOf({ output: network, features: network, parameters: { "head.0.logStd": logStd },
    actionMask }));
const joint = of(output);
const other = of(otherOutput);
/** The same parts, made by hand. */
const partsOf = (network: t.Tensor) => ({
  move: gaussian(t.concat([t.slice(network, 1, 0, 2), t.expand(logStd, [rows, 2])], 1)),
  fire: categorical(t.logSoftmax(t.slice(network, 1, 2, 5))),
  gear: multiCategorical(
    t.concat([t.logSoftmax(t.slice(network, 1, 5, 7)), t.logSoftmax(t.slice(network, 1, 7, 11))], 1), [2, 4]),
});
const own = partsOf(output);
const others = partsOf(otherOutput);
const integers = (from: number, to: number) => t.cast(t.slice(action, 1, from, to), "i32");
const sum = (a: t.Tensor, b: t.Tensor, c: t.Tensor) => t.add(t.add(a, b), c);
const values = {
  ...valuesFor({
    output: { shape: [rows, 11] }, otherOutput: { shape: [rows, 11] }, logStd: { shape: [2] },
  }, 3),
  action: Array.from({ length: rows }, (_, i) => [0.25 * i - 0.5, -0.125 * i, i % 3, i % 2, i % 4]).flat(),
};

const engines = [["float64", evaluate, 10], ["wasm", run, 4]] as const;

describe.each(engines)("an action of parts in %s", (_, compute, digits) => {
  it("has the sum of its parts' log-probabilities, entropies and divergences, gradients included", async () => {
    const pairs: [t.Tensor, t.Tensor][] = [
      [joint.logProb(action), sum(own.move.logProb(t.slice(action, 1, 0, 2)), own.fire.logProb(integers(2, 3)),
        own.gear.logProb(integers(3, 5)))],
      [joint.entropy(), sum(own.move.entropy(), own.fire.entropy(), own.gear.entropy())],
      [joint.kl(other), sum(own.move.kl(others.move), own.fire.kl(others.fire), own.gear.kl(others.gear))],
    ];
    const results = await compute(pairs.flatMap(([a, b]) => [
      a, b, ...t.grad(t.sum(a), [output, logStd]), ...t.grad(t.sum(b), [output, logStd]),
    ]), values);
    for (let i = 0; i < results.length; i += 6) {
      for (const [a, b] of [[i, i + 1], [i + 2, i + 4], [i + 3, i + 5]] as const) {
        results[a]!.forEach((value, j) => expect(value).toBeCloseTo(results[b]![j]!, digits));
      }
    }
  });

  it("draws and prefers what its parts do, choices as whole numbers within their ranges", async () => {
    const state = t.input("state", [4], "i32");
    const [drawn, again, preferred, move, fire] = await compute([
      joint.sample(state, 1), joint.sample(state, 1), joint.mode(), own.move.mode(), own.fire.mode(),
    ], { ...values, state: [5, 6, 7, 8] });
    expect(drawn).toEqual(again);
    for (let row = 0; row < rows; row++) {
      const [, , shot, first, second] = drawn!.slice(5 * row, 5 * row + 5);
      expect([0, 1, 2]).toContain(shot);
      expect([0, 1]).toContain(first);
      expect([0, 1, 2, 3]).toContain(second);
      expect(preferred![5 * row]).toBeCloseTo(move![2 * row]!, digits);
      expect(preferred![5 * row + 2]).toBe(fire![row]);
    }
  });

  it("reaches the environment with its discrete parts from their start on", async () => {
    const [given] = await compute([head.toEnvironment(action)], values);
    for (let i = 0; i < rows; i++) expect(given![5 * i + 2]).toBe(5 + (i % 3));
  });

  it("never draws what its mask forbids", async () => {
    const actionMask = t.input("mask", [rows, 9], "i32");
    const state = t.input("state", [4], "i32");
    const mask = Array.from({ length: rows }, () => [0, 1, 0, 1, 0, 0, 0, 0, 1]).flat();
    const [drawn] = await compute([of(output, actionMask).sample(state, 1)], { ...values, mask, state: [1, 2, 3, 4] });
    for (let i = 0; i < rows; i++) expect([...drawn!.slice(5 * i + 2, 5 * i + 5)]).toEqual([1, 0, 3]);
  });
});

describe("the head of an action of parts", () => {
  it("names the free parameters of each part", () => {
    const box: Space = { kind: "box", shape: [3], low: -1, high: 1 };
    const two = headForSpace({ kind: "tuple", spaces: [box, { kind: "tuple", spaces: [box] }] });
    expect(two.parameters.map(({ name }) => name)).toEqual(["head.0.logStd", "head.1.logStd"]);
    expect(two).toMatchObject({ kind: "mixed", outputs: 6, actionSize: 6, parameterCount: 12 });
  });

  it("stored parameters make the same distribution again", async () => {
    const inputs = { output, features: output, parameters: { "head.0.logStd": logStd } };
    const [stored] = evaluate([head.parametersOf(inputs)], values);
    const again = head.distribution(t.input("stored", [rows, head.parameterCount]));
    const [direct, from, apart] = evaluate([joint.logProb(action), again.logProb(action), joint.kl(again)],
      { ...values, stored: stored! });
    direct!.forEach((value, i) => expect(value).toBeCloseTo(from![i]!, 10));
    apart!.forEach((value) => expect(value).toBeCloseTo(0, 10));
  });
});
