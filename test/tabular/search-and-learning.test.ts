import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { softMirrorStep } from "../../src/maps/geometry/mirror-step.ts";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import {
  AdvantageLearning, clippedBound, softAdvantage, tanhBound, type AdvantageLearningChoices,
} from "../../src/tabular/advantage-learning.ts";
import { completedValues, improvedPolicy, mixedValue, visitSchedule } from "../../src/tabular/gumbel-search.ts";
import { makeBandit, makeMdp, makePolicy, uniformPolicy } from "../../src/tabular/mdp.ts";
import { PolicyMirrorDescent } from "../../src/tabular/policy-mirror-descent.ts";
import { gumbelSearch } from "../../src/tabular/search-signal.ts";
import { goldenMdp } from "../support/tabular.ts";

const golden = makeMdp(goldenMdp);

describe("advantage learning (M34)", () => {
  const gaps = (choices: Omit<AdvantageLearningChoices, "temperature">, steps: number) => {
    const run = new AdvantageLearning(golden, { temperature: 0.2, ...choices });
    for (let k = 0; k < steps; k++) run.step();
    return [run.q[0]! - run.q[1]!, run.q[3]! - run.q[2]!];
  };

  it.each([
    ["SAC", { share: 0 }, 400, [0.62195, 1.62195]],
    ["clip", { share: 0.99, rewardBound: clippedBound, targetBound: clippedBound }, 600, [0.678298, 1.788176]],
    ["tanh", { share: 0.99, rewardBound: tanhBound, targetBound: tanhBound }, 600, [0.678176, 1.786111]],
    // 100 times the gaps of beta 0. (Where log pi is taken of a probability that underflowed, the second stops at
    // 138.4.)
    ["no bound", { share: 0.99 }, 6000, [61.8644, 161.8644]],
  ] as const)("%s has its known action gaps at its fixed point", (_, choices, steps, expected) => {
    gaps(choices, steps).forEach((gap, i) => expect(gap / expected[i]!).toBeCloseTo(1, 5));
  });

  it("11: Munchausen is MDVI with KL weight 0.15 and entropy weight 0.05, for 50 iterations", () => {
    const [klWeight, entropyWeight] = [0.15, 0.05];
    const total = klWeight + entropyWeight;
    const munchausen = new AdvantageLearning(golden, { temperature: total, share: klWeight / total });
    let policy = uniformPolicy(golden);
    let q = new Float64Array(4) as Float64Array;
    for (let k = 0; k < 50; k++) {
      // The policy of MDVI: argmax <q, p> - klWeight KL(p || old) + entropyWeight H(p).
      const next = Float64Array.from([0, 2].flatMap((at) => [...softMirrorStep(negativeEntropy,
        policy.subarray(at, at + 2), q.subarray(at, at + 2), 1 / total, entropyWeight)]));
      munchausen.policy.forEach((p, i) => expect(p).toBeCloseTo(next[i]!, 12));
      const values = [0, 2].map((at) => [at, at + 1].reduce((sum, i) => sum + next[i]! * (q[i]! -
        klWeight * Math.log(next[i]! / policy[i]!) - entropyWeight * Math.log(next[i]!)), 0));
      q = Float64Array.from(golden.rewards, (r, i) =>
        r + 0.9 * [0, 1].reduce((sum, s) => sum + golden.transitions[2 * i + s]! * values[s]!, 0));
      policy = next;
      munchausen.step();
    }
  });

  it("12: alpha log pi is the soft advantage Q - V", () => {
    const run = new AdvantageLearning(golden, { temperature: 0.2, share: 0 });
    for (let k = 0; k < 20; k++) run.step();
    const soft = softAdvantage(run.policy, 0.2);
    for (const at of [0, 2]) {
      const value = 0.2 * Math.log([0, 1].reduce((sum, a) => sum + Math.exp(run.q[at + a]! / 0.2), 0));
      for (const a of [0, 1]) expect(Math.abs(soft[at + a]! - (run.q[at + a]! - value))).toBeLessThan(1e-14);
    }
  });
});

describe("search with Gumbel noise (M39)", () => {
  it("visits by sequential halving", () => {
    expect(visitSchedule(4, 16)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(visitSchedule(8, 16)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3]);
    expect(visitSchedule(1, 3)).toEqual([0, 1, 2]);
  });

  it("completes values and improves the policy to the printed numbers", () => {
    const result = { prior: [0.5, 0.3, 0.2], values: [0.2, 0.9, NaN], visits: [2, 1, 0], stateValue: 0.1 };
    expect(mixedValue(result)).toBeCloseTo(0.371875, 12);
    expect([...completedValues(result)]).toEqual([0.2, 0.9, mixedValue(result)]);
    const improved = improvedPolicy(result);
    [0.008993017303, 0.978110644591, 0.012896338106].forEach((p, a) => expect(improved[a]).toBeCloseTo(p, 11));
  });

  it("is a signal: a visit of each action's sure next state gives the step on its own values", () => {
    const sure = makeMdp({
      rewards: [[1, 0.4, -0.2], [0, 2, 0.5]], transitions: [[[1, 0], [0, 1], [1, 0]], [[0, 1], [1, 0], [0, 1]]],
      discount: 0.9,
    });
    const first = makePolicy(sure, [[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]]);
    const run = new PolicyMirrorDescent(sure,
      { geometry: negativeEntropy, signal: gumbelSearch({ simulations: 3 }), stepSize: 1 }, first);
    const { q, values } = run;
    const expected = [0, 1].map((s) => improvedPolicy({
      prior: first.subarray(3 * s, 3 * s + 3), values: q.subarray(3 * s, 3 * s + 3), visits: [1, 1, 1],
      stateValue: values[s]!,
    }));
    run.step();
    [...expected[0]!, ...expected[1]!].forEach((p, i) => expect(run.policy[i]).toBeCloseTo(p, 12));
  });

  it("raises the expected value with two simulations, on average over draws, and is the same for one seed", () => {
    const arms = Array.from({ length: 8 }, (_, a) => [0.9, 0.2, 0.5, 0.1, 0.7, 0.3, 0.6, 0.4][a]!);
    const bandit = makeBandit([arms]);
    const after = (seed: number): number => {
      const run = new PolicyMirrorDescent(bandit,
        { geometry: negativeEntropy, signal: gumbelSearch({ simulations: 2, considered: 2, seed }), stepSize: 1 });
      run.step();
      return arms.reduce((sum, q, a) => sum + q * run.policy[a]!, 0);
    };
    const means = Array.from({ length: 100 }, (_, seed) => after(seed));
    expect(means.reduce((a, b) => a + b) / 100).toBeGreaterThan(0.4625 + 0.05);   // the uniform policy's is 0.4625
    expect(after(7)).toBe(means[7]);
    expect(() => gumbelSearch({ simulations: 0 })).toThrow(/simulations: expected a positive integer/);
  });

  it("never expects less than the prior does", () => {
    const row = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(fc.property(row, row, fc.array(fc.nat(5), { minLength: 4, maxLength: 4 }), (weights, values, visits) => {
      const total = weights.reduce((a, b) => a + b);
      const prior = weights.map((weight) => weight / total);
      const result = { prior, values, visits, stateValue: 0.5 };
      const completed = completedValues(result);
      const expected = (policy: ArrayLike<number>) => completed.reduce((sum, q, a) => sum + q * policy[a]!, 0);
      expect(expected(improvedPolicy(result))).toBeGreaterThan(expected(prior) - 1e-12);
    }));
  });
});
