import { describe, expect, it } from "vitest";
import { categorical } from "../../src/distributions/categorical.ts";
import { headForSpace } from "../../src/distributions/head-for-space.ts";
import { multiCategoricalHead } from "../../src/distributions/multi-categorical.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";
import { run } from "../support/run.ts";
import { valuesFor } from "../support/values.ts";

const nvec = [3, 3, 2, 4];
const width = 12;
const starts = [0, 3, 6, 8];
const head = multiCategoricalHead({ nvec });
const logits = t.input("logits", [5, width]);
const otherLogits = t.input("otherLogits", [5, width]);
const action = t.input("action", [5, 4], "i32");
const distributionOf = (output: t.Tensor, actionMask?: t.Tensor) =>
  head.distribution(head.parametersOf({ output, features: output, parameters: {}, actionMask }));
const joint = distributionOf(logits);
const otherJoint = distributionOf(otherLogits);
const partsOf = (x: t.Tensor) =>
  nvec.map((n, i) => categorical(t.logSoftmax(t.slice(x, 1, starts[i]!, starts[i]! + n))));
const values = {
  ...valuesFor({ logits: { shape: [5, width] }, otherLogits: { shape: [5, width] } }, 3),
  action: [0, 1, 0, 3, 2, 2, 1, 0, 1, 0, 1, 2, 0, 0, 0, 1, 2, 1, 1, 3],
};

describe.each([["float64", evaluate, 10], ["wasm", run, 4]] as const)("several choices in %s", (_, compute, digits) => {
  it("are the sums of their parts, in values and gradients", async () => {
    const parts = partsOf(logits);
    const others = partsOf(otherLogits);
    const total = (f: (i: number) => t.Tensor): t.Tensor => nvec.map((_, i) => f(i)).reduce((a, b) => t.add(a, b));
    const pairs: [t.Tensor, t.Tensor][] = [
      [joint.logProb(action), total((i) => parts[i]!.logProb(t.slice(action, 1, i, i + 1)))],
      [joint.entropy(), total((i) => parts[i]!.entropy())],
      [joint.kl(otherJoint), total((i) => parts[i]!.kl(others[i]!))],
    ];
    const withGradients = pairs.flatMap(([a, b]) => [
      a,
      b,
      ...t.grad(t.sum(a), [logits]),
      ...t.grad(t.sum(b), [logits]),
    ]);
    const results = await compute(withGradients, values);
    for (let i = 0; i < results.length; i += 4) {
      results[i]!.forEach((value, j) => expect(value).toBeCloseTo(results[i + 1]![j]!, digits));
      results[i + 2]!.forEach((value, j) => expect(value).toBeCloseTo(results[i + 3]![j]!, digits));
    }
  });

  it("stored parameters make the same distribution again", async () => {
    const [stored] = await compute([head.parametersOf({ output: logits, features: logits, parameters: {} })], values);
    const again = head.distribution(t.input("stored", [5, head.parameterCount]));
    const [direct, kl] = [joint.logProb(action), joint.kl(again)];
    const [before, after, distance] = await compute([direct, again.logProb(action), kl], {
      ...values,
      stored: stored!,
    });
    expect(after).toEqual(before);
    for (const each of distance!) expect(Math.abs(each)).toBeLessThan(1e-12);
  });

  it("honour a mask over all choices, without NaN", async () => {
    const mask = t.input("mask", [5, width], "i32");
    const masked = distributionOf(logits, mask);
    const maskValues = Array.from({ length: 5 }, () => [1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0]).flat();
    const loss = t.sum(t.add(masked.entropy(), masked.kl(distributionOf(otherLogits, mask))));
    const [sample, mode, gradient] = await compute(
      [masked.sample(t.input("state", [4], "i32"), 0), masked.mode(), ...t.grad(loss, [logits])],
      { ...values, mask: maskValues, state: [1, 2, 3, 4] });
    for (const actions of [sample!, mode!]) {
      actions.forEach((choice, i) => expect(maskValues[starts[i % 4]! + choice]).toBe(1));
    }
    expect(gradient!.every(Number.isFinite)).toBe(true);
    gradient!.forEach((value, i) => maskValues[i] === 0 && expect(value + 0).toBe(0));
  });
});

it("choices are drawn independently of each other", async () => {
  const rows = 20000;
  const switches = headForSpace({ kind: "multi-binary", n: 2 });
  const output = t.full([rows, 4], 0);
  const distribution = switches.distribution(switches.parametersOf({ output, features: output, parameters: {} }));
  const [actions] = await run([distribution.sample(t.input("state", [4], "i32"), 0)], { state: [5, 0, 0, 1] });
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < rows; i++) counts[actions![2 * i]! * 2 + actions![2 * i + 1]!]!++;
  const statistic = counts.reduce((sum, count) => sum + (count - rows / 4) ** 2 / (rows / 4), 0);
  expect(statistic).toBeLessThan(16.27);   // 3 degrees of freedom, 0.1%
});

describe("the head of a space", () => {
  it("fits every action space", () => {
    expect(headForSpace({ kind: "discrete", n: 4, start: 2 })).toMatchObject({
      kind: "categorical",
      outputs: 4,
      actionSize: 1,
    });
    expect(headForSpace({ kind: "multi-discrete", nvec: [2, 5] })).toMatchObject({
      kind: "multi-categorical",
      outputs: 7,
      actionSize: 2,
    });
    expect(headForSpace({ kind: "multi-binary", n: 3 })).toMatchObject({
      kind: "multi-categorical",
      outputs: 6,
      actionSize: 3,
    });
    const box = { kind: "box", shape: [2], low: -1, high: [1, 3] } as const;
    expect(headForSpace(box)).toMatchObject({ kind: "gaussian", outputs: 2, actionType: "f32", explorationSize: 0 });
    expect(headForSpace(box, { squash: true, stateDependent: true })).toMatchObject({
      kind: "squashed-gaussian",
      outputs: 4,
      parameters: [],
    });
  });

  it("refuses what it cannot have", () => {
    expect(() => headForSpace({ kind: "box", shape: [1], low: 0, high: Infinity }, { squash: true })).toThrow(
      /finite bounds/,
    );
    expect(() => multiCategoricalHead({ nvec: [] })).toThrow(/nvec/);
  });
});
