import { describe, expect, it } from "vitest";
import { makeMdp, makePolicy } from "../../src/tabular/mdp.ts";
import { choicesOf, type ExactMethod } from "../../src/tabular/methods/exact-method.ts";
import { approximateMirrorPolicyOptimization } from "../../src/tabular/methods/approximate-mirror-policy-optimization.ts";
import { approximateNewton } from "../../src/tabular/methods/approximate-newton.ts";
import { clippedMaximumAPosteriori } from "../../src/tabular/methods/clipped-maximum-a-posteriori.ts";
import { entropyAnnealing } from "../../src/tabular/methods/entropy-annealing.ts";
import { fisherRaoFlow } from "../../src/tabular/methods/fisher-rao-flow.ts";
import { functionalAcceleration } from "../../src/tabular/methods/functional-acceleration.ts";
import { generalizedPolicyMirrorDescent } from "../../src/tabular/methods/generalized-policy-mirror-descent.ts";
import { softMdpo } from "../../src/tabular/methods/mdpo.ts";
import { policyMirrorDescent } from "../../src/tabular/methods/policy-mirror-descent.ts";
import { describeExactMethod, exactMethods } from "../../src/tabular/methods/registry.ts";
import { PolicyMirrorDescent } from "../../src/tabular/policy-mirror-descent.ts";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import { averageReward } from "../../src/tabular/average-reward.ts";
import { policyIteration } from "../../src/tabular/value-iteration.ts";
import { valuesOf } from "../../src/tabular/evaluate-policy.ts";
import { goldenMdp } from "../support/tabular.ts";

const golden = makeMdp(goldenMdp);
const optimum = policyIteration(golden).values;

function runOf<P extends Readonly<Record<string, number>>>(
  method: ExactMethod<P>, iterations: number, parameters: Partial<P> = {}, mdp = golden,
): PolicyMirrorDescent {
  const run = new PolicyMirrorDescent(mdp, choicesOf(method, mdp, parameters));
  for (let k = 0; k < iterations; k++) run.step();
  return run;
}
/** The shortfall of the unregularized values of a run's policy. */
const trueGap = (run: PolicyMirrorDescent): number =>
  valuesOf(run.mdp, run.policy).reduce((largest, v, s) => Math.max(largest, optimum[s]! - v), -Infinity);

describe.each(exactMethods.map((method) => [method.id, method] as const))("%s", (_, method) => {
  it("improves the golden process, to the optimum or as near as its regularizer lets it", () => {
    const run = runOf(method, 400);
    if (method.id === "politex") {
      expect(averageReward(golden, run.policy).gain).toBeCloseTo(1.25, 6);
      return;
    }
    if (method.id === "grouped-policy-mirror-descent") {   // the best policy that is the same in both states
      expect(trueGap(run)).toBeCloseTo(optimum[1]! - 9.6818134, 6);
      return;
    }
    expect(trueGap(run)).toBeLessThan(method.parameters.temperature! > 0 ? 0.25 : 0.06);
  });

  it("says its six choices", () => {
    const choices = describeExactMethod(method, golden);
    expect(Object.keys(choices)).toEqual(["map", "anchors", "signal", "schedule", "solver", "sampler"]);
    for (const words of Object.values(choices)) expect(words).toMatch(/\w/);
  });
});

describe("claims and golden numbers of the catalogue", () => {
  it("M1: geometric steps shrink the gap linearly, constant ones do not", () => {
    const gaps = [8, 16, 24].map((k) => trueGap(runOf(policyMirrorDescent, k, { stepSize: 0.1, growth: 1 / 0.9 })));
    expect(gaps[1]! / gaps[0]!).toBeLessThan(0.5);
    expect(gaps[2]! / gaps[1]!).toBeLessThan(0.1);
  });

  it("M2: errors of GPMD shrink by more than its bound says, whatever the step", () => {
    const temperature = 0.2;
    const regularization = { geometry: negativeEntropy, temperature };
    const soft = policyIteration(golden, regularization).values;
    for (const [stepSize, bound] of [[0.5, 0.9909], [2, 0.9714], [10, 0.9333]] as const) {
      const error = (k: number) => runOf(generalizedPolicyMirrorDescent, k, { stepSize, temperature }).values
        .reduce((largest, v, s) => Math.max(largest, Math.abs(v - soft[s]!)), 0);
      const errors = Array.from({ length: stepSize === 10 ? 4 : 8 }, (_, k) => error(k));
      for (let k = 1; k < errors.length; k++) {
        const ratio = errors[k]! / errors[k - 1]!;
        expect(ratio).toBeLessThan(bound);
        expect(ratio).toBeLessThan((1 + stepSize * temperature * 0.9) / (1 + stepSize * temperature));
      }
    }
  });

  it("M10: at temperatures fixed, annealed and 0 the true gaps are the printed ones", () => {
    const fixed = [10, 100, 1000].map((k) => trueGap(runOf(softMdpo, k, { temperature: 0.2 })));
    [2.386, 0.2945, 0.20165].forEach((gap, i) => expect(fixed[i]).toBeCloseTo(gap, 3));
    const annealed = [10, 100].map((k) => trueGap(runOf(entropyAnnealing, k)));
    [2.347, 0.0166].forEach((gap, i) => expect(annealed[i]).toBeCloseTo(gap, 3));
  });

  it("M11: the explicit and the implicit Euler step come to the flow with an error of first order", () => {
    const frozen = { id: "frozen", of: () => golden.rewards };
    const after = (method: ExactMethod<any>, steps: number) => {
      const run = new PolicyMirrorDescent(golden,
        { ...choicesOf(method, golden, { stepSize: 1 / steps, temperature: 0.2 }), signal: frozen });
      for (let k = 0; k < steps; k++) run.step();
      return run.policy;
    };
    const flow = after(fisherRaoFlow, 1);
    after(fisherRaoFlow, 7).forEach((p, i) => expect(p).toBeCloseTo(flow[i]!, 14));   // the flow composes
    for (const method of [softMdpo, generalizedPolicyMirrorDescent]) {
      const error = (steps: number) => after(method, steps)
        .reduce((largest, p, i) => Math.max(largest, Math.abs(p - flow[i]!)), 0);
      expect(error(10) / error(100)).toBeGreaterThan(8);
      expect(error(10) / error(100)).toBeLessThan(12);
    }
  });

  it("M13: errors of the full Newton step square", () => {
    const soft = policyIteration(golden, { geometry: negativeEntropy, temperature: 0.2 }).values;
    const errors = [0, 1, 2].map((k) => runOf(approximateNewton, k).values
      .reduce((largest, v, s) => Math.max(largest, Math.abs(v - soft[s]!)), 0));
    [4.288, 1.569e-2, 4.606e-7].forEach((error, k) => expect(errors[k]! / error).toBeCloseTo(1, 3));
  });

  it("M3, 7: AMPO's step has its printed value", () => {
    const bandit = makeMdp({ rewards: [[1, 0, -1]], transitions: [[[1], [1], [1]]], discount: 0 });
    const run = new PolicyMirrorDescent(bandit, choicesOf(approximateMirrorPolicyOptimization, bandit),
      makePolicy(bandit, [[0.5, 0.3, 0.2]]));
    run.step();
    [0.676858646013, 0.241936452749, 0.081204901239].forEach((p, a) => expect(run.policy[a]).toBeCloseTo(p, 11));
  });

  it("19: CMPO moves no state by more than tanh(bound / 2) in total variation", () => {
    for (const bound of [0.5, 1, 2]) {
      const limit = (Math.exp(bound) - 1) / (Math.exp(bound) + 1);
      const run = runOf(clippedMaximumAPosteriori, 0, { bound });
      for (let k = 0; k < 30; k++) {
        const before = run.policy.slice();
        run.step();
        for (let s = 0; s < 2; s++) {
          expect(Math.abs(run.policy[2 * s]! - before[2 * s]!)).toBeLessThan(limit + 1e-12);
        }
      }
    }
  });

  it("M7: momentum gains on one process and loses on another: no uniform claim", () => {
    const helped = makeMdp({
      discount: 0.9, rewards: [[-0.45, -0.1], [0.5, 0.5]],
      transitions: [[[0.7, 0.3], [0.99, 0.01]], [[0.2, 0.8], [0.99, 0.01]]],
    });
    const best = policyIteration(helped).values;
    const gap = (momentum: number) => runOf(functionalAcceleration, 6, { stepSize: 5, momentum }, helped).values
      .reduce((largest, v, s) => Math.max(largest, best[s]! - v), 0);
    expect(gap(1)).toBeLessThan(gap(0));
  });
});
