import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categorical } from "../../src/distributions/categorical.ts";
import { gaussian } from "../../src/distributions/gaussian.ts";
import { euclidean } from "../../src/maps/euclidean.ts";
import { hyperbolicEntropy } from "../../src/maps/hyperbolic-entropy.ts";
import { kl, reverseKl } from "../../src/maps/kl.ts";
import { logBarrier } from "../../src/maps/log-barrier.ts";
import type { DivergenceFacts, MirrorMap } from "../../src/maps/mirror-map.ts";
import { omegaPotential } from "../../src/maps/geometry/omega-potential.ts";
import { separableMap } from "../../src/maps/separable.ts";
import { findGeometry } from "../../src/tabular/geometries.ts";
import { tsallis, tsallisDivergence, tsallisSample } from "../../src/maps/tsallis.ts";
import * as t from "../../src/tensor/index.ts";
import { differences } from "../support/finite-differences.ts";
import { evaluate } from "../support/interpreter.ts";
import { run } from "../support/run.ts";

const logits = t.input("logits", [1, 3]);
const oldLogits = t.input("oldLogits", [1, 3]);
const p = categorical(t.logSoftmax(logits));
const old = categorical(t.logSoftmax(oldLogits));
const unused: DivergenceFacts = {
  get ratio(): never { throw new Error("closed forms need no samples"); },
  get logProb(): never { throw new Error("closed forms need no samples"); },
  get oldLogProb(): never { throw new Error("closed forms need no samples"); },
};
const values = { logits: [0.6, 0.3, 0.1].map(Math.log), oldLogits: [0.5, 0.3, 0.2].map(Math.log) };

/** The definition, with densities or probabilities summed by `weight`. */
function tsallisByHand(a: readonly number[], b: readonly number[], q: number): number {
  return a.reduce((sum, x, i) => sum + (x ** q - b[i]! ** q - q * b[i]! ** (q - 1) * (x - b[i]!)) / (q - 1), 0);
}

describe.each([
  ["float64", evaluate, 10],
  ["wasm", run, 6],
] as const)("divergences of discrete policies in %s", (_, compute, digits) => {
  const golden: [MirrorMap, number][] = [
    [kl, 0.040078216],
    [reverseKl, 0.0474686577],
    [tsallis(1), 0.040078216],
    [tsallis(1.5), 0.0288013812],
    [tsallis(2), 0.02],
    [euclidean, 0.01],
  ];
  it.each(golden)("$id has its golden value (spec 6.1)", async (map, expected) => {
    const [value] = await compute([map.divergence(p, old, unused)], values);
    expect(value![0]).toBeCloseTo(expected, Math.min(digits, 9));
  });

  it.each([1.0001, 1.2, 1.4, 1.7, 2, 3])("Tsallis %d is the Bregman divergence of its entropy", async (index) => {
    const [value] = await compute([tsallisDivergence(p, old, index)], values);
    expect(value![0]).toBeCloseTo(tsallisByHand([0.6, 0.3, 0.1], [0.5, 0.3, 0.2], index), Math.min(digits, 8));
  });

  it.each([1, 1.0001, 1.5, 2])("Tsallis %d is 0 at the old policy, with its gradient", async (index) => {
    const self = tsallisDivergence(p, categorical(t.stopGradient(p.logProbs)), index);
    const [value, gradient] = await compute([self, ...t.grad(t.sum(self), [logits])], values);
    expect(value![0]! + 0).toBe(0);
    for (const each of gradient!) expect(Math.abs(each)).toBeLessThan(2e-7);
  });

  it("stays finite with forbidden actions", async () => {
    const forbid = (x: t.Tensor): t.Tensor => t.logSoftmax(t.where(t.equal(t.iota([1, 3], 1), 1), -1e9, x));
    for (const map of [kl, reverseKl, tsallis(1.5), euclidean, logBarrier, hyperbolicEntropy(0.1)]) {
      const divergence = map.divergence(categorical(forbid(logits)), categorical(forbid(oldLogits)), unused);
      const [value, gradient] = await compute([divergence, ...t.grad(t.sum(divergence), [logits])], values);
      expect(value![0]).toBeGreaterThan(0);
      expect(gradient!.every(Number.isFinite)).toBe(true);
      expect(gradient![1]! + 0).toBe(0);
    }
  });
});

describe("a map's two faces agree: its divergence of categorical policies is the exact engine's", () => {
  const policy = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 3 })
    .map((row) => row.map((x) => x / row.reduce((a, b) => a + b)));
  const own = separableMap({ id: "cube", name: "cube", formula: "" },
    { value: (x) => t.mul(x, t.square(x)), derivative: (x) => t.mul(3, t.square(x)) });
  const cube = omegaPotential({ id: "cube", name: "cube", formula: "" },
    { value: (x) => x ** 3, derivative: (x) => 3 * x * x });
  it.each([
    [kl, findGeometry("kl")], [euclidean, findGeometry("euclidean")], [tsallis(1.5), findGeometry("tsallis-1.5")],
    [logBarrier, findGeometry("log-barrier")], [hyperbolicEntropy(0.1), findGeometry("hyperbolic-0.1")],
    [hyperbolicEntropy(5), findGeometry("hyperbolic-5")], [own, cube],
  ] as const)("$0.name", (map, geometry) => {
    const divergence = map.divergence(p, old, unused);
    fc.assert(fc.property(policy, policy, (one, other) => {
      const [value] = evaluate([divergence], { logits: one.map(Math.log), oldLogits: other.map(Math.log) });
      const expected = geometry.divergence(one, other);
      expect(Math.abs(value![0]! - expected)).toBeLessThan(1e-12 * (1 + Math.abs(expected)));
    }));
  });
});

it("gradients equal central differences", () => {
  const maps = [
    kl, reverseKl, tsallis(1.001), tsallis(1.5), tsallis(2), euclidean, logBarrier, hyperbolicEntropy(0.1),
  ];
  for (const map of maps) {
    const loss = t.sum(map.divergence(p, old, unused));
    const expected = differences(loss, values, "logits");
    evaluate(t.grad(loss, [logits]), values)[0]!.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 8));
  }
});

describe("from samples of the old policy", () => {
  const factsOf = (logProb: t.Tensor, oldLogProb: t.Tensor): DivergenceFacts => ({
    logProb,
    oldLogProb,
    ratio: t.exp(t.sub(logProb, oldLogProb)),
  });

  it.each([1, 1.2, 1.5, 2])("the mean over all actions of a discrete policy is the closed form (index %d)", (index) => {
    const every = t.iota([3], 0);
    const spread = (x: t.Tensor) => categorical(t.expand(x, [3, 3])).logProb(t.reshape(every, [3, 1]));
    const sample = tsallisSample(factsOf(spread(p.logProbs), spread(old.logProbs)), index);
    const mean = t.sum(t.mul(t.exp(spread(old.logProbs)), sample));
    const [estimate, closed, each] = evaluate([mean, tsallisDivergence(p, old, index), sample], values);
    expect(estimate![0]).toBeCloseTo(closed![0]!, 10);
    for (const value of each!) expect(value).toBeGreaterThanOrEqual(0);
  });

  it("the mean over a Gaussian is the integral", () => {
    const step = 0.01;
    const grid = Array.from({ length: 2001 }, (_, i) => -10 + step * i);
    const parameters = (name: string): t.Tensor => t.expand(t.input(name, [1, 2]), [grid.length, 2]);
    const actions = t.input("actions", [grid.length, 1]);
    const [newGaussian, oldGaussian] = [gaussian(parameters("new")), gaussian(parameters("old"))];
    const facts = factsOf(newGaussian.logProb(actions), oldGaussian.logProb(actions));
    const given = { new: [0.3, -0.2], old: [0.1, 0.1], actions: grid };
    const [sample] = evaluate([hyperbolicEntropy(0.2).divergence(newGaussian, oldGaussian, facts)], given);
    const [news, olds] = evaluate([facts.logProb, facts.oldLogProb].map(t.exp), given) as [Float64Array, Float64Array];
    expect(sample!.reduce((sum, value, i) => sum + step * olds[i]! * value, 0))
      .toBeCloseTo(step * findGeometry("hyperbolic-0.2").divergence(news, olds), 9);
    expect(() => logBarrier.divergence(newGaussian, oldGaussian, facts)).toThrow(/discrete choice/);
    for (const index of [1.3, 2]) {
      const [sample, logNew, logOld] = evaluate(
        [tsallis(index).divergence(newGaussian, oldGaussian, facts), facts.logProb, facts.oldLogProb],
        given,
      );
      const estimate = sample!.reduce((sum, value, i) => sum + step * Math.exp(logOld![i]!) * value, 0);
      const expected = step * tsallisByHand([...logNew!].map(Math.exp), [...logOld!].map(Math.exp), index);
      expect(estimate).toBeCloseTo(expected, 9);
    }
    const [euclideanSample, tsallisTwo] = evaluate(
      [euclidean, tsallis(2)].map((map) => map.divergence(newGaussian, oldGaussian, facts)),
      given,
    );
    euclideanSample!.forEach((value, i) => expect(value).toBeCloseTo(tsallisTwo![i]! / 2, 12));
  });

  it("vanishes with its gradient at the old policy, and does not overflow", async () => {
    const logProb = t.input("logProb", [3]);
    const oldLogProb = t.input("oldLogProb", [3]);
    for (const index of [1, 1.5, 2]) {
      const sample = tsallisSample(factsOf(logProb, oldLogProb), index);
      const outputs = [sample, ...t.grad(t.sum(sample), [logProb])];
      const [same, flat] = await run(outputs, { logProb: [-3, 0, 4], oldLogProb: [-3, 0, 4] });
      expect([...same!, ...flat!].map((value) => value + 0)).toEqual([0, 0, 0, 0, 0, 0]);
      const [far, slope] = await run(outputs, { logProb: [200, -200, 60], oldLogProb: [-200, 200, 100] });
      expect([...far!, ...slope!].every(Number.isFinite)).toBe(true);
    }
  });

  it("refuses an index below 1", () => {
    expect(() => tsallis(0.5)).toThrow(/tsallisIndex/);
    expect(() => tsallisDivergence(gaussian(t.input("g", [1, 2])), old, 1.5)).toThrow(/categorical/);
  });
});
