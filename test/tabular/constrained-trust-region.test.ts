import { describe, expect, it } from "vitest";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import { ConstrainedMirrorDescent } from "../../src/tabular/constrained.ts";
import {
  ConstrainedTrustRegion, type ConstrainedTrustRegionChoices,
} from "../../src/tabular/constrained-trust-region.ts";
import { occupancyOf } from "../../src/tabular/evaluate-policy.ts";
import { makeMdp, makePolicy } from "../../src/tabular/mdp.ts";
import { reverseKlDivergence } from "../../src/tabular/policy-divergences.ts";
import { PolicyMirrorDescent } from "../../src/tabular/policy-mirror-descent.ts";
import type { StepSizeRule } from "../../src/tabular/step-sizes.ts";

/** In the first state each action leads to the state of its number, in the second the first stays, the other leaves. */
const mdp = makeMdp({
  discount: 0.9, start: [0.8, 0.2], rewards: [[1, 0], [2, 0]],
  transitions: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]],
});
const constraint = { cost: Float64Array.of(0.1, 0, 1, 0.01), budget: 0.2 };
const feasible = [[[0.5, 0.5], [0.05, 0.95]], [[0.9, 0.1], [0.1, 0.9]], [[0.3, 0.7], [0.02, 0.98]]];

function costs(rows: number[][], choices: ConstrainedTrustRegionChoices, iterations = 100) {
  const run = new ConstrainedTrustRegion(mdp, constraint, choices, makePolicy(mdp, rows));
  const seen = [run.cost];
  for (let k = 0; k < iterations; k++) {
    run.step();
    seen.push(run.cost);
  }
  return { run, seen };
}

describe("M32: C-TRPO on the two-state process of its authors", () => {
  it.each([["entropy", 0.01], ["barrier", 0.01], ["entropy", 0.3], ["barrier", 0.3]] as const)(
    "every policy is feasible from a feasible one on (%s, radius %d)", (kind, radius) => {
      for (const rows of feasible) {
        const { seen } = costs(rows, { radius, kind });
        for (const cost of seen) expect(cost).toBeLessThan(0.2);
      }
    });

  it("ends near the best feasible reward, which primal-dual descent settles at", () => {
    const dual = new ConstrainedMirrorDescent(mdp, [constraint],
      { stepSize: 0.02, multiplierStepSize: 1, isOptimistic: true });
    for (let k = 0; k < 20_000; k++) dual.step();
    const best = dual.measure();
    expect(best.costs[0]).toBeCloseTo(0.2, 4);
    for (const rows of feasible) {
      expect(costs(rows, { radius: 0.01, kind: "barrier" }, 400).run.reward).toBeGreaterThan(best.reward - 0.002);
      expect(costs(rows, { radius: 0.01 }, 400).run.reward).toBeGreaterThan(best.reward - 0.005);
    }
  });

  it("from a policy beyond the budget the cost falls until it is within, and stays there", () => {
    const { seen } = costs([[0.1, 0.9], [0.9, 0.1]], { radius: 0.01 });
    const first = seen.findIndex((cost) => cost < 0.2);
    expect(first).toBeGreaterThan(2);
    for (let k = 1; k <= first; k++) expect(seen[k]).toBeLessThan(seen[k - 1]!);
    for (const cost of seen.slice(first)) expect(cost).toBeLessThan(0.2);
  });

  it("without the slack's weight it is the plain trust region, which leaves the feasible policies", () => {
    const { run, seen } = costs(feasible[0]!, { radius: 0.01, slackWeight: 0 }, 30);
    const search: StepSizeRule = {
      id: "line search",
      at: ({ policy, values, q }, policyAt) => {
        const occupancy = occupancyOf(mdp, policy);
        const square = q.reduce((sum, x, i) => sum + occupancy[i >> 1]! * policy[i]! * (x - values[i >> 1]!) ** 2, 0);
        const distance = (next: Float64Array) => [0, 1].reduce((sum, s) => sum + occupancy[s]! *
          reverseKlDivergence.value(next.subarray(2 * s, 2 * s + 2), policy.subarray(2 * s, 2 * s + 2)), 0);
        let t = Math.sqrt(0.02 / square);
        while (distance(policyAt(t)) > 0.01) t *= 0.8;
        return t;
      },
    };
    const plain = new PolicyMirrorDescent(mdp,
      { geometry: negativeEntropy, stepSize: search }, makePolicy(mdp, feasible[0]!));
    for (let k = 0; k < 30; k++) plain.step();
    run.policy.forEach((p, i) => expect(p).toBeCloseTo(plain.policy[i]!, 9));
    expect(seen[0]).toBeLessThan(0.2);
    expect(seen.at(-1)).toBeGreaterThan(0.5);
  });

  it("a constraint of another process is refused", () => {
    const other = { cost: new Float64Array(3), budget: 1 };
    expect(() => new ConstrainedTrustRegion(mdp, other, { radius: 0.01 })).toThrow(/4 costs/);
  });
});
