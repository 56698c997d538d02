import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hyperbolicEntropy } from "../../../src/maps/geometry/hyperbolic-entropy.ts";
import { logBarrier } from "../../../src/maps/geometry/log-barrier.ts";
import { logitStep, mirrorStep, proximalStep, reverseKlStep } from "../../../src/maps/geometry/mirror-step.ts";
import { negativeEntropy } from "../../../src/maps/geometry/negative-entropy.ts";
import { euclideanStep, klStep, softKlStep, tsallisStep } from "../../support/steps.ts";

// Spec 6.1: golden values to ten digits, and what holds for every step.

const uniform = [1 / 3, 1 / 3, 1 / 3];
const skewed = [0.5, 0.3, 0.2];
const q = [1, 0, -1];

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThan(tolerance));
}

describe("exact steps have their golden values (spec 6.1)", () => {
  it.each<[string, Float64Array, number[]]>([
    ["KL, uniform, t = 0.5", klStep(uniform, q, 0.5), [0.5064803911, 0.3071958857, 0.1863237232]],
    ["KL, uniform, t = 1", klStep(uniform, q, 1), [0.6652409558, 0.2447284711, 0.0900305732]],
    ["KL, skewed, t = 0.5", klStep(skewed, q, 0.5), [0.6617826348, 0.2408348748, 0.0973824903]],
    ["Euclidean, uniform, t = 0.5", euclideanStep(uniform, q, 0.5), [0.75, 0.25, 0]],
    ["Euclidean, uniform, t = 0.25", euclideanStep(uniform, q, 0.25), [0.5833333333, 0.3333333333, 0.0833333333]],
    ["Euclidean, skewed, t = 0.5", euclideanStep(skewed, q, 0.5), [0.85, 0.15, 0]],
    ["Tsallis 2, uniform, t = 0.5", tsallisStep(uniform, q, 0.5, 2), [0.5833333333, 0.3333333333, 0.0833333333]],
    ["Tsallis 1.2, uniform, t = 1", tsallisStep(uniform, q, 1, 1.2), [0.6768909039, 0.2506507384, 0.0724583577]],
    ["Tsallis 1.5, uniform, t = 1", tsallisStep(uniform, q, 1, 1.5), [0.7098204218, 0.2592592593, 0.0309203189]],
    ["Tsallis 2, uniform, t = 1", tsallisStep(uniform, q, 1, 2), [0.75, 0.25, 0]],
    ["Tsallis 1.5, skewed, t = 0.5", tsallisStep(skewed, q, 0.5, 1.5), [0.6894672497, 0.2543091666, 0.0562235836]],
    ["Tsallis 2, skewed, t = 0.5", tsallisStep(skewed, q, 0.5, 2), [0.725, 0.275, 0]],
    ["soft KL 0.2, skewed, t = 1", softKlStep(skewed, q, 1, 0.2), [0.763654716, 0.186691075, 0.0496542089]],
    ["soft KL 0.2, t = 5 = 1/0.2", softKlStep(skewed, q, 5, 0.2), [0.9932623568, 0.0066925491, 0.0000450940]],
    ["reverse KL, spec 6.2", reverseKlStep(softmax([0.3, -0.2, 0.1]), centred([0.3, -0.2, 0.1], [1, -0.5, -0.25]), 0.5),
      [0.57717544, 0.17078051, 0.25204404]],
  ])("%s", (_, actual, expected) => expectClose(actual, expected, expected[0] === 0.57717544 ? 1e-8 : 1e-9));
});

function softmax(logits: readonly number[]): number[] {
  const weights = logits.map(Math.exp);
  const total = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / total);
}

/** The advantage of `values` under the softmax of `logits`. */
function centred(logits: readonly number[], values: readonly number[]): number[] {
  const mean = softmax(logits).reduce((sum, p, a) => sum + p * values[a]!, 0);
  return values.map((value) => value - mean);
}

const problem = fc.integer({ min: 2, max: 6 }).chain((n) => fc.record({
  policy: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: n, maxLength: n }).map((weights) => {
    const total = weights.reduce((a, b) => a + b);
    return weights.map((weight) => weight / total);
  }),
  signal: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: n, maxLength: n }),
  stepSize: fc.double({ min: 0.01, max: 2, noNaN: true }),
}));

type Step = (policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number) => Float64Array;
const steps: [string, Step][] = [
  ["KL", klStep], ["Euclidean", euclideanStep], ["reverse KL", reverseKlStep],
  ["Tsallis 1.2", (p, g, t) => tsallisStep(p, g, t, 1.2)], ["Tsallis 1.5", (p, g, t) => tsallisStep(p, g, t, 1.5)],
  ["logarithmic barrier", (p, g, t) => mirrorStep(logBarrier, p, g, t)], ["logits", logitStep],
  ["hyperbolic 0.1", (p, g, t) => mirrorStep(hyperbolicEntropy(0.1), p, g, t)],
  ["Tsallis 2", (p, g, t) => tsallisStep(p, g, t, 2)], ["Tsallis 3", (p, g, t) => tsallisStep(p, g, t, 3)],
];

describe.each(steps)("%s, on random problems", (_, step) => {
  it("gives a distribution, which a constant added to the signal does not move, and which the signal likes better",
    () => {
    fc.assert(fc.property(problem, fc.double({ min: -3, max: 3, noNaN: true }), ({ policy, signal, stepSize },
      constant) => {
      const next = step(policy, signal, stepSize);
      expect(next.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      expect(next.every((p) => p >= 0)).toBe(true);
      expectClose(step(policy, signal.map((g) => g + constant), stepSize), [...next], 1e-7);
      const gain = signal.reduce((sum, g, a) => sum + g * (next[a]! - policy[a]!), 0);
      expect(gain).toBeGreaterThan(-1e-9);
    }), { numRuns: 60 });
  });
});

describe("relations between the steps (spec 6.1)", () => {
  it("two KL steps on one signal are one of their sum; two clipped Euclidean steps are not", () => {
    expectClose(klStep(klStep(skewed, q, 0.3), q, 0.9), [...klStep(skewed, q, 1.2)], 1e-14);
    const twice = euclideanStep(euclideanStep(skewed, q, 0.5), q, 0.5);
    expect(Math.abs(twice[0]! - euclideanStep(skewed, q, 1)[0]!)).toBeLessThan(1e-12);   // both at the corner
    const through = euclideanStep(euclideanStep(uniform, [1, 0, -1], 0.5), [-1, 0, 1], 0.5);
    expect(Math.abs(through[0]! - 1 / 3)).toBeGreaterThan(0.05);
    expectClose(klStep(klStep(uniform, [1, 0, -1], 0.5), [-1, 0, 1], 0.5), uniform, 1e-14);
  });

  it("zero stays zero under KL only", () => {
    const corner = [0.6, 0.4, 0];
    expect(klStep(corner, [0, 0, 5], 1)[2]).toBe(0);
    expect(tsallisStep(corner, [0, 0, 5], 1, 1.5)[2]).toBeGreaterThan(0);
    expect(euclideanStep(corner, [0, 0, 5], 1)[2]).toBeGreaterThan(0);
  });

  it("Tsallis tends to KL as q tends to 1, and q = 2 is the Euclidean step of half the size", () => {
    fc.assert(fc.property(problem, ({ policy, signal, stepSize }) => {
      expectClose(tsallisStep(policy, signal, stepSize, 1.0001), [...klStep(policy, signal, stepSize)], 2e-3);
      expectClose(tsallisStep(policy, signal, stepSize, 1), [...klStep(policy, signal, stepSize)], 0.5e-15);
      expectClose(tsallisStep(policy, signal, stepSize, 2), [...euclideanStep(policy, signal, stepSize / 2)], 1e-9);
    }), { numRuns: 60 });
  });

  it("the soft step forgets the old policy at t = 1/temperature", () => {
    expectClose(softKlStep(skewed, q, 5, 0.2), [...softKlStep(uniform, q, 5, 0.2)], 1e-14);
    expect(() => softKlStep(skewed, q, 6, 0.2)).toThrow(/temperature/);
  });

  it("8: the hyperbolic map has its golden value, tends to KL for a small width and to Euclid for a large one", () => {
    const step = mirrorStep(hyperbolicEntropy(0.1), skewed, q, 0.5);
    expectClose(step, [0.676858646013, 0.241936452749, 0.081204901239], 1e-11);
    expectClose(mirrorStep(hyperbolicEntropy(1e-6), skewed, q, 0.5), [...klStep(skewed, q, 0.5)], 3e-12);
    expectClose(mirrorStep(hyperbolicEntropy(1e3), skewed, q, 0.5 / 1e3), [0.85, 0.15, 0], 1e-7);
  });

  it("17: several anchors under KL give p ~ exp(g / B) prod p_i^{b_i / B}, and the logit step needs no normalizer", () => {
    fc.assert(fc.property(problem, ({ policy, signal }) => {
      const uniformly = policy.map(() => 1 / policy.length);
      const step = proximalStep(negativeEntropy, signal,
        [{ policy, weight: 2 }, { policy: uniformly, weight: 0.7 }], 0.3);
      const weights = policy.map((p, a) => Math.exp(signal[a]! / 3) * p ** (2 / 3) * uniformly[a]! ** (0.7 / 3));
      const total = weights.reduce((a, b) => a + b);
      expectClose(step, weights.map((weight) => weight / total), 1e-14);
      const mean = signal.reduce((sum, g, a) => sum + g * policy[a]!, 0);
      expectClose(logitStep(policy, signal, 0.2), policy.map((p, a) => p * (1 + 0.2 * (signal[a]! - mean))), 1e-14);
    }), { numRuns: 60 });
  });

  it("refuse what is no problem", () => {
    expect(() => klStep([0.5, 0.5], [1], 1)).toThrow(/as many probabilities/);
    expect(() => klStep([0.5, 0.5], [1, 2], 0)).toThrow(/stepSize/);
    expect(() => klStep([0.5, 0.5], [1, NaN], 1)).toThrow(/action 1/);
    expect(() => tsallisStep([0.5, 0.5], [1, 0], 1, 0.5)).toThrow(/tsallisIndex/);
  });
});
