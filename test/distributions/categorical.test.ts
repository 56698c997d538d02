import { describe, expect, it } from "vitest";
import { categorical, categoricalHead } from "../../src/distributions/categorical.ts";
import * as t from "../../src/tensor/index.ts";
import { differences } from "../support/finite-differences.ts";
import { evaluate } from "../support/interpreter.ts";
import { run } from "../support/run.ts";

const head = categoricalHead({ n: 3 });
const logits = t.input("logits", [2, 3]);
const otherLogits = t.input("otherLogits", [2, 3]);
const inputsOf = (output: t.Tensor, actionMask?: t.Tensor) => ({
  output,
  features: output,
  parameters: {},
  actionMask,
});
const distribution = head.distribution(head.parametersOf(inputsOf(logits)));
const other = head.distribution(head.parametersOf(inputsOf(otherLogits)));

const logsOf = (...rows: number[][]): number[] => rows.flatMap((row) => row.map(Math.log));
const values = {
  logits: logsOf([0.6, 0.3, 0.1], [0.2, 0.2, 0.6]).map((value, i) => value + (i < 3 ? 5 : -2)),
  otherLogits: logsOf([0.5, 0.3, 0.2], [0.7, 0.2, 0.1]),
};
const klOf = (p: number[], q: number[]): number =>
  p.reduce((sum, value, i) => sum + value * Math.log(value / q[i]!), 0);

describe.each([
  ["float64", evaluate, 9],
  ["wasm", run, 5],
] as const)("a categorical distribution in %s", (_, compute, digits) => {
  it("gives log-probabilities, entropies and both divergences", async () => {
    const action = t.input("action", [2, 1], "i32");
    const outputs = [
      distribution.logProb(action),
      distribution.entropy(),
      distribution.kl(other),
      other.kl(distribution),
      distribution.logProbs!,
    ];
    const [logProb, entropy, kl, reverse, logProbs] = await compute(outputs, { ...values, action: [1, 2] });
    expect(logProb![0]).toBeCloseTo(Math.log(0.3), digits);
    expect(logProb![1]).toBeCloseTo(Math.log(0.6), digits);
    expect(entropy![0]).toBeCloseTo(-0.6 * Math.log(0.6) - 0.3 * Math.log(0.3) - 0.1 * Math.log(0.1), digits);
    expect(kl![0]).toBeCloseTo(0.040078216, digits); // spec 6.1
    expect(reverse![0]).toBeCloseTo(0.0474686577, digits);
    expect(kl![1]).toBeCloseTo(klOf([0.2, 0.2, 0.6], [0.7, 0.2, 0.1]), digits);
    expect(logProbs![5]).toBeCloseTo(Math.log(0.6), digits);
  });

  it("has divergence and gradient of exactly 0 from itself", async () => {
    const old = head.distribution(t.stopGradient(head.parametersOf(inputsOf(logits))));
    const kl = distribution.kl(old);
    const [value, gradient] = await compute([kl, ...t.grad(t.sum(kl), [logits])], values);
    expect([...value!]).toEqual([0, 0]);
    for (const each of gradient!) expect(Math.abs(each)).toBeLessThan(1e-7);
  });

  it("gives forbidden actions probability 0, without NaN in values or gradients", async () => {
    const mask = t.input("mask", [2, 3], "i32");
    const masked = head.distribution(head.parametersOf(inputsOf(logits, mask)));
    const maskedOther = head.distribution(head.parametersOf(inputsOf(otherLogits, mask)));
    const kl = masked.kl(maskedOther);
    const loss = t.sum(t.add(t.add(masked.entropy(), kl), masked.logProb(masked.mode())));
    const outputs = [t.exp(masked.logProbs!), masked.entropy(), kl, ...t.grad(loss, [logits])];
    const [probability, entropy, divergence, gradient] = await compute(outputs, {
      ...values,
      mask: [0, 1, 1, 1, 0, 0],
    });
    [0, 0.75, 0.25, 1, 0, 0].forEach((expected, i) => expect(probability![i]).toBeCloseTo(expected, digits));
    for (const i of [0, 4, 5]) {
      expect(probability![i]).toBe(0);
      expect(gradient![i]! + 0).toBe(0);
    }
    expect(entropy![0]).toBeCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), digits);
    expect(entropy![1]).toBeCloseTo(0, digits);
    expect(divergence![0]).toBeCloseTo(klOf([0.75, 0.25], [0.6, 0.4]), digits);
    expect(divergence![1]).toBeCloseTo(0, digits);
    expect(gradient!.every(Number.isFinite)).toBe(true);
  });
});

it("is uniform where everything is forbidden", () => {
  const mask = t.full([2, 3], 0, "i32");
  const [probability] = evaluate(
    [t.exp(head.distribution(head.parametersOf(inputsOf(logits, mask))).logProbs!)],
    values,
  );
  for (const each of probability!) expect(each).toBeCloseTo(1 / 3, 12);
});

it("has the gradients that central differences give", () => {
  const action = t.input("action", [2, 1], "i32");
  const given = { ...values, action: [1, 2] };
  for (const quantity of [
    distribution.logProb(action),
    distribution.entropy(),
    distribution.kl(other),
    other.kl(distribution),
  ]) {
    const loss = t.sum(quantity);
    const expected = differences(loss, given, "logits");
    evaluate(t.grad(loss, [logits]), given)[0]!.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 8));
  }
});

describe("sampling", () => {
  const rows = 20000;
  const probabilities = [0.5, 0.25, 0.125, 0.1, 0.025];
  const spread = categorical(t.logSoftmax(t.expand(t.input("row", [5]), [rows, 5])));
  const state = t.input("state", [4], "i32");

  it("follows the probabilities (chi-square, 4 degrees of freedom, 0.1%)", async () => {
    const [actions] = await run([spread.sample(state, 3)], { row: logsOf(probabilities), state: [7, 0, 0, 1] });
    const counts = new Array<number>(5).fill(0);
    for (const action of actions!) counts[action]!++;
    const statistic = counts.reduce(
      (sum, count, i) => sum + (count - rows * probabilities[i]!) ** 2 / (rows * probabilities[i]!),
      0,
    );
    expect(statistic).toBeLessThan(18.47);
  });

  it("never takes a forbidden action, and repeats itself for the same state and salt only", async () => {
    const mask = t.expand(t.input("mask", [5], "i32"), [rows, 5]);
    const wide = categoricalHead({ n: 5 });
    const row = t.expand(t.input("row", [5]), [rows, 5]);
    const masked = wide.distribution(
      wide.parametersOf({ output: row, features: row, parameters: {}, actionMask: mask }),
    );
    const given = { row: logsOf(probabilities), mask: [0, 1, 0, 1, 1], state: [7, 0, 0, 1] };
    const [first, again, salted] = await run(
      [masked.sample(state, 0), masked.sample(state, 0), masked.sample(state, 1)],
      given,
    );
    expect([...new Set(first!)].sort()).toEqual([1, 3, 4]);
    expect(again).toEqual(first);
    expect(salted).not.toEqual(first);
  });

  it("has the most probable action as its mode", async () => {
    const [mode] = await run([distribution.mode()], values);
    expect([...mode!]).toEqual([0, 2]);
  });
});

it("refuses sizes that are none", () => {
  expect(() => categoricalHead({ n: 0 })).toThrow(/n: expected a whole number of at least 1/);
});
