import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hyperbolicEntropy } from "../../../src/maps/geometry/hyperbolic-entropy.ts";
import { mirrorStep } from "../../../src/maps/geometry/mirror-step.ts";
import { negativeEntropy } from "../../../src/maps/geometry/negative-entropy.ts";
import { squaredNorm } from "../../../src/maps/geometry/squared-norm.ts";
import { makeMdp } from "../../../src/tabular/mdp.ts";
import { areaUnderCurve, EvolutionStrategy } from "../../../src/tabular/parameters/evolution-strategy.ts";
import { comparableWeights, learnedMap, mapUnits } from "../../../src/tabular/parameters/learned-map.ts";
import { PolicyMirrorDescent } from "../../../src/tabular/policy-mirror-descent.ts";
import { goldenMdp } from "../../support/tabular.ts";

const golden = makeMdp(goldenMdp);
const only = (...given: [number, number][]) =>
  Float64Array.from(mapUnits, (_, i) => given.find(([unit]) => unit === i)?.[1] ?? 0);
const farthest = (x: ArrayLike<number>, y: ArrayLike<number>) =>
  Array.from(x).reduce((most, value, i) => Math.max(most, Math.abs(value - y[i]!)), 0);
const simplex = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 3 })
  .map((row) => row.map((x) => x / row.reduce((a, b) => a + b)));
const signals = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 });
const weights = fc.array(fc.nat(20), { minLength: mapUnits.length, maxLength: mapUnits.length })
  .map((row) => row.map((w, i) => (i === 1 ? w + 1 : w) / 10));

describe("M5: learned maps", () => {
  it("the logarithm alone is policy mirror descent under negative entropy, to the bit", () => {
    const [learned, known] = [learnedMap(only([0, 1])), negativeEntropy].map((geometry) =>
      new PolicyMirrorDescent(golden, { geometry, stepSize: 0.3 }));
    for (let k = 0; k < 30; k++) {
      learned!.step();
      known!.step();
      expect(learned!.policy).toEqual(known!.policy);
    }
  });

  it("so it is to 1e-14 by the roots that every mix takes, and the line alone is the squared norm", () => {
    fc.assert(fc.property(simplex, signals, (p, g) => {
      for (const [mix, known] of [[only([0, 1], [1, 1e-300]), negativeEntropy], [only([1, 1]), squaredNorm]] as const) {
        expect(farthest(mirrorStep(learnedMap(mix), p, g, 0.7), mirrorStep(known, p, g, 0.7))).toBeLessThan(1e-14);
      }
    }));
  });

  it("have one root: steps under any mix are distributions, stationary where an action is kept", () => {
    fc.assert(fc.property(weights, simplex, signals, (mix, p, g) => {
      const geometry = learnedMap(mix);
      const next = mirrorStep(geometry, p, g, 0.5);
      expect(next.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 13);
      const [before, after] = [geometry.gradient(p), geometry.gradient(next)];
      const shifts = g.map((x, a) => before[a]! + 0.5 * x - after[a]!);
      const highest = Math.max(...shifts.filter((_, a) => next[a]! > 0));
      shifts.forEach((shift, a) => {
        if (next[a]! > 0) expect(Math.abs(shift - highest)).toBeLessThan(1e-9);
        else expect(shift).toBeLessThan(highest + 1e-9);
      });
    }));
  });

  it("invert and integrate what they are the derivative of", () => {
    fc.assert(fc.property(weights, simplex, simplex, (mix, p, q) => {
      const geometry = learnedMap(mix);
      expect(farthest(geometry.inverse(geometry.gradient(p)), p)).toBeLessThan(1e-13);
      expect(geometry.divergence(p, q)).toBeGreaterThan(-1e-12);
    }), { numRuns: 30 });
    expect(learnedMap(only([0, 2])).divergence([0.5, 0.3, 0.2], [0.2, 0.2, 0.6]))
      .toBeCloseTo(2 * negativeEntropy.divergence([0.5, 0.3, 0.2], [0.2, 0.2, 0.6]), 8);
  });

  it("8: the hyperbolic family lies between negative entropy and the squared norm: one number to learn first", () => {
    const [p, g] = [[0.5, 0.3, 0.2], [1, 0, -1]];
    expect(farthest(mirrorStep(hyperbolicEntropy(1e-6), p, g, 0.5), mirrorStep(negativeEntropy, p, g, 0.5)))
      .toBeLessThan(3e-12);
    expect(farthest(mirrorStep(hyperbolicEntropy(1e3), p, g, 0.5 / 1e3), [0.85, 0.15, 0])).toBeLessThan(1e-7);
  });

  it("scale to the curvature of negative entropy at the uniform policy", () => {
    expect(comparableWeights(only([0, 5]), 4)).toEqual(only([0, 1]));
    expect(comparableWeights(only([1, 0.1]), 4)).toEqual(only([1, 4]));
  });

  it("refuse weights that are negative, missing, or flat", () => {
    expect(() => learnedMap([1])).toThrow(expect.objectContaining({ code: "invalid-shape" }));
    expect(() => learnedMap(only([0, 1], [3, -1]))).toThrow(expect.objectContaining({ code: "invalid-option" }));
    expect(() => learnedMap(only([7, 1]))).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});

describe("evolution strategies", () => {
  const choices = { pairs: 8, deviation: 0.1, learningRate: 0.05 };
  const climb = (fitness: (x: Float64Array) => number, generations: number) => {
    const search = new EvolutionStrategy([1, -2], fitness, choices);
    for (let k = 0; k < generations; k++) search.step();
    return search.parameters;
  };

  it("climb, by ranks alone: an increasing function of the fitness changes nothing", () => {
    const fitness = (x: Float64Array) => -((x[0]! - 0.3) ** 2) - (x[1]! + 0.5) ** 2;
    expect(farthest(climb(fitness, 100), [0.3, -0.5])).toBeLessThan(0.1);
    expect(climb((x) => Math.exp(fitness(x)), 20)).toEqual(climb(fitness, 20));
  });

  it("stand still where every point is as good", () => expect([...climb(() => 1, 3)]).toEqual([1, -2]));

  it("see runs by the area under their curve", () => {
    const run = new PolicyMirrorDescent(golden, { geometry: negativeEntropy, stepSize: 0.3 });
    const returns = [0, 1].map(() => {
      run.step();
      return (run.values[0]! + run.values[1]!) / 2;
    });
    expect(areaUnderCurve(golden, { geometry: negativeEntropy, stepSize: 0.3 }, 2))
      .toBeCloseTo((returns[0]! + returns[1]!) / 2, 13);
  });
});
