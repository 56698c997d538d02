import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import {
  advantagesOf, improveValues, occupancyOf, qValues, returnOf, stateRewards, valuesOf,
} from "../../src/tabular/evaluate-policy.ts";
import { makeMdp, makePolicy, randomMdp, uniformPolicy } from "../../src/tabular/mdp.ts";
import { choicesOf } from "../../src/tabular/methods/exact-method.ts";
import { policyMirrorDescent } from "../../src/tabular/methods/policy-mirror-descent.ts";
import { PolicyMirrorDescent } from "../../src/tabular/policy-mirror-descent.ts";
import { policyIteration, valueIteration } from "../../src/tabular/value-iteration.ts";
import { goldenMdp } from "../support/tabular.ts";

const golden = makeMdp(goldenMdp);
const near = (actual: ArrayLike<number>, expected: readonly number[], digits = 9) =>
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));

describe("the golden process (spec 6.3)", () => {
  it("has the values, action values and occupancy of the uniform policy", () => {
    const values = valuesOf(golden, uniformPolicy(golden));
    near(values, [7.0974576271, 7.5211864407]);
    near(qValues(golden, values), [7.5021186441, 6.6927966102, 6.6165254237, 8.4258474576]);
    near(occupancyOf(golden, uniformPolicy(golden)), [0.5381355932, 0.4618644068]);
  });

  it("has the advantages of a skewed policy", () => {
    const policy = makePolicy(golden, [[0.6, 0.4], [0.3, 0.7]]);
    near(advantagesOf(golden, policy, qValues(golden, valuesOf(golden, policy))),
      [0.2824489796, -0.4236734694, -1.1942857143, 0.5118367347]);
  });

  it("has its optimal values, by value iteration and by policy iteration, and its soft ones", () => {
    near(valueIteration(golden), [12.2881355932, 13.1355932203]);
    near(policyIteration(golden).values, [12.2881355932, 13.1355932203], 10);
    const regularization = { geometry: negativeEntropy, temperature: 0.2 };
    const soft = policyIteration(golden, regularization);
    near(soft.values, [12.3555909483, 13.1957019537]);
    near(soft.policy, [0.9572931459, 0.0427068541, 0.0003005036, 0.9996994964]);
    near(valueIteration(golden, { regularization }), [12.3555909483, 13.1957019537]);
  });
});

describe("random processes", () => {
  const processes = fc.record({
    states: fc.integer({ min: 1, max: 25 }), actions: fc.integer({ min: 1, max: 4 }),
    discount: fc.constantFrom(0, 0.5, 0.9, 0.99, 0.999), seed: fc.nat(), successors: fc.integer({ min: 1, max: 5 }),
  });

  it("the warm-started iteration agrees with elimination to its residual", () => {
    fc.assert(fc.property(processes, (facts) => {
      const mdp = randomMdp(facts);
      const policy = uniformPolicy(mdp);
      const exact = valuesOf(mdp, policy);
      const values = exact.map((v, s) => v + Math.sin(s));
      improveValues(mdp, policy, values);
      values.forEach((v, s) => expect(Math.abs(v - exact[s]!)).toBeLessThan(4e-12 / (1 - mdp.discount)));
    }), { numRuns: 40 });
  });

  it("the return is the occupancy's reward", () => {
    fc.assert(fc.property(processes, (facts) => {
      const mdp = randomMdp(facts);
      const policy = uniformPolicy(mdp);
      const rewards = stateRewards(mdp, policy);
      const byOccupancy = occupancyOf(mdp, policy).reduce((sum, d, s) => sum + d * rewards[s]!, 0) / (1 - mdp.discount);
      expect(returnOf(mdp, valuesOf(mdp, policy)) / byOccupancy).toBeCloseTo(1, 10);
    }), { numRuns: 40 });
  });
});

describe("what is no process is refused", () => {
  it("sizes, a policy of another process, and parameters that a method does not have", () => {
    expect(() => randomMdp({ states: 0, actions: 2, discount: 0.9 })).toThrow(/states: expected a positive integer, got 0/);
    expect(() => randomMdp({ states: 2, actions: 2, discount: 1 })).toThrow(/discount/);
    const kl = { geometry: negativeEntropy, stepSize: 1 };
    expect(() => new PolicyMirrorDescent(golden, kl, Float64Array.of(1))).toThrow(/policy: expected 4 numbers, got 1/);
    expect(() => choicesOf(policyMirrorDescent, golden, { stepsize: 1 } as never)).toThrow(/did you mean stepSize/);
    expect(() => choicesOf(policyMirrorDescent, golden, { stepSize: NaN })).toThrow(/stepSize: expected a finite number/);
  });

  it.each([
    ["a discount of 1", { ...goldenMdp, discount: 1 }, /discount/],
    ["a row that sums to 0.9", { ...goldenMdp, transitions: [[[0.6, 0.3], [0.2, 0.8]], [[0.4, 0.6], [0.9, 0.1]]] },
      /transitions: row 0/],
    ["a reward that is no number", { ...goldenMdp, rewards: [[1, NaN], [0, 2]] }, /rewards: entry 1/],
    ["too few transitions", { ...goldenMdp, transitions: [[[1, 0]]] }, /transitions: expected 8 numbers, got 2/],
  ])("%s", (_, process, message) => {
    expect(() => makeMdp(process as never)).toThrow(message);
  });
});
