import { describe, expect, it } from "vitest";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import { returnOf, valuesOf } from "../../src/tabular/evaluate-policy.ts";
import { makeMdp, makePolicy, randomMdp, type Mdp } from "../../src/tabular/mdp.ts";
import { choicesOf } from "../../src/tabular/methods/exact-method.ts";
import { groupedPolicyMirrorDescent } from "../../src/tabular/methods/grouped-policy-mirror-descent.ts";
import { logLinearNaturalGradient } from "../../src/tabular/methods/log-linear-natural-gradient.ts";
import { PolicyMirrorDescent } from "../../src/tabular/policy-mirror-descent.ts";
import { fittedValues, groupedValues, oneHotFeatures, randomFeatures } from "../../src/tabular/restricted-signals.ts";
import { actionValues, type Signal } from "../../src/tabular/signals.ts";
import { policyIteration } from "../../src/tabular/value-iteration.ts";
import { goldenMdp } from "../support/tabular.ts";

const golden = makeMdp(goldenMdp);
const returnAfter = (iterations: number, mdp: Mdp, signal: Signal, stepSize = 0.5): number => {
  const run = after(iterations, mdp, signal, stepSize);
  return returnOf(mdp, run.values);
};
function after(iterations: number, mdp: Mdp, signal: Signal, stepSize = 0.5): PolicyMirrorDescent {
  const run = new PolicyMirrorDescent(mdp, { geometry: negativeEntropy, signal, stepSize });
  for (let k = 0; k < iterations; k++) run.step();
  return run;
}
const farthest = (a: Float64Array, b: Float64Array) => a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);

describe("M9: a class whose states share one distribution", () => {
  it("reaches the best of its class on the golden process, 9.4478527607, within 400 steps of 0.5", () => {
    const run = new PolicyMirrorDescent(golden, choicesOf(groupedPolicyMirrorDescent, golden));
    while (run.iteration < 400) run.step();
    expect(returnOf(golden, run.values)).toBeCloseTo(9.4478527607, 10);
    expect(run.policy[1]).toBeCloseTo(1, 12);
    expect(returnOf(golden, valuesOf(golden, makePolicy(golden, [[0, 1], [0, 1]])))).toBeCloseTo(9.4478527607, 10);
    expect(returnOf(golden, policyIteration(golden).values)).toBeCloseTo(12.7118644068, 9);
  });

  it("keeps to its class: multiplicative weights on the occupancy's mean of Q", () => {
    const run = after(3, golden, groupedValues([0, 0]));
    expect([...run.policy.subarray(0, 2)]).toEqual([...run.policy.subarray(2, 4)]);
    const first = after(1, golden, groupedValues([0, 0])).policy;
    const golds = [[7.5021186441, 6.6927966102], [6.6165254237, 8.4258474576]];
    const q = [0, 1].map((a) => 0.5381355932 * golds[0]![a]! + 0.4618644068 * golds[1]![a]!);
    expect(Math.log(first[1]! / first[0]!)).toBeCloseTo(0.5 * (q[1]! - q[0]!), 8);
  });

  it("without the restriction the weights of the states change nothing", () => {
    const plain = after(5, golden, actionValues()).policy;
    for (const weights of ["occupancy", "equal"] as const) {
      expect(farthest(after(5, golden, groupedValues([0, 1], weights)).policy, plain)).toBeLessThan(1e-14);
    }
  });

  it("with equal weights it ends elsewhere than at the best of its class", () => {
    const mdp = randomMdp({ states: 4, actions: 2, discount: 0.9, successors: 2, seed: 8 });
    const one = [0, 0, 0, 0];
    const best = Array.from({ length: 1001 }, (_, i) => i / 1000).reduce((most, p) =>
      Math.max(most, returnOf(mdp, valuesOf(mdp, makePolicy(mdp, one.map(() => [p, 1 - p]))))), 0);
    expect(returnAfter(400, mdp, groupedValues(one))).toBeCloseTo(best, 4);
    expect(returnAfter(400, mdp, groupedValues(one, "equal"))).toBeLessThan(best - 1);
    expect(() => returnAfter(1, mdp, groupedValues([0, 0]))).toThrow(/4 entries/);
  });
});

describe("M12: log-linear natural gradient", () => {
  const mdp = randomMdp({ states: 4, actions: 3, discount: 0.9, seed: 3 });
  const plain = after(20, mdp, actionValues()).policy;
  const oneHot = oneHotFeatures(mdp);

  it.each([{}, { weights: "own" }, { isCentered: true }] as const)(
    "one-hot features: KL mirror descent to 1e-12 (%o)", (options) => {
      expect(farthest(after(20, mdp, fittedValues(oneHot, options)).policy, plain)).toBeLessThan(1e-12);
    });

  it("features of the state alone change nothing beside one-hot ones, and do beside fewer", () => {
    const besideState = (features: Float64Array) => {
      const count = features.length / 12;
      return Float64Array.from({ length: 12 * (count + 4) }, (_, i) => {
        const [pair, j] = [Math.floor(i / (count + 4)), i % (count + 4)];
        return j < count ? features[pair * count + j]! : Number(Math.floor(pair / 3) === j - count);
      });
    };
    expect(farthest(after(20, mdp, fittedValues(besideState(oneHot))).policy, plain)).toBeLessThan(1e-11);
    const few = randomFeatures(mdp, 3);
    const [without, beside] = [few, besideState(few)].map((features) => after(5, mdp, fittedValues(features)).policy);
    expect(farthest(without!, beside!)).toBeGreaterThan(1e-2);
  });

  it("geometric steps fall linearly, to a floor with few features and to none with one for each pair", () => {
    const best = returnOf(mdp, policyIteration(mdp).values);
    const gaps = (features: number): number[] => {
      const run = new PolicyMirrorDescent(mdp,
        choicesOf(logLinearNaturalGradient, mdp, { stepSize: 0.5, growth: 1 / 0.9, features, seed: 1 }));
      return [0, 20, 40, 60].map((k) => {
        while (run.iteration < k) run.step();
        return best - returnOf(mdp, run.values);
      });
    };
    const [few, all] = [gaps(8), gaps(12)];
    expect(all[3]!).toBeLessThan(1e-10);
    expect(few[1]!).toBeLessThan(few[0]!);
    expect(few[3]!).toBeGreaterThan(1e-3);
  });
});
