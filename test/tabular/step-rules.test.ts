import { describe, expect, it } from "vitest";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import { occupancyOf } from "../../src/tabular/evaluate-policy.ts";
import { learnedTemperature } from "../../src/tabular/learned-temperature.ts";
import { makeBandit, makeMdp, makePolicy } from "../../src/tabular/mdp.ts";
import {
  implicitSolver, logitSolver, PolicyMirrorDescent, reverseKlSolver, type ExactChoices, type StateSolver,
} from "../../src/tabular/policy-mirror-descent.ts";
import {
  chiSquareDivergence, klDivergence, reverseKlDivergence, type PolicyDivergence,
} from "../../src/tabular/policy-divergences.ts";
import { givenSignal } from "../../src/tabular/signals.ts";
import { adaptivePenaltyStep, radiusStep, type StepSizeRule } from "../../src/tabular/step-sizes.ts";
import { policyIteration } from "../../src/tabular/value-iteration.ts";
import { goldenMdp } from "../support/tabular.ts";

const golden = makeMdp(goldenMdp);
const rowsOf = (policy: Float64Array) => [policy.subarray(0, 2), policy.subarray(2, 4)];
const entropy = (policy: Float64Array) => -rowsOf(policy).reduce((sum, row) => sum + negativeEntropy.value(row) / 2, 0);
/** A rule that writes down what it says. */
function noting(rule: StepSizeRule, notes: number[]): StepSizeRule {
  return { id: rule.id, at: (...given) => { notes.push(rule.at(...given)); return notes.at(-1)!; } };
}

describe("M17: the dual of a radius", () => {
  const advantages = [0.7, -0.3, -1.3];
  const arms = makeBandit([advantages]);
  const old = makePolicy(arms, [[0.5, 0.3, 0.2]]);
  const within = (divergence: PolicyDivergence, solver: StateSolver, factor = 1) => {
    const notes: number[] = [];
    const run = new PolicyMirrorDescent(arms, {
      geometry: negativeEntropy, solver, signal: givenSignal(Float64Array.from(advantages, (x) => factor * x)),
      stepSize: noting(radiusStep(0.01, { divergence }), notes),
    }, old);
    run.step();
    return { policy: run.policy, stepSize: notes[0]! };
  };

  it.each([
    [klDivergence, implicitSolver, [0.564037723174, 0.28072236833, 0.155239908497]],
    [reverseKlDivergence, reverseKlSolver, [0.564522016246, 0.2781610359, 0.157316947854]],
    [chiSquareDivergence, logitSolver, [0.544812907977, 0.288476680806, 0.166710411217]],
  ] as const)("has its golden policy in the ball of %o", (divergence, solver, expected) => {
    const { policy } = within(divergence, solver);
    expected.forEach((p, a) => expect(policy[a]).toBeCloseTo(p, 11));
    expect(divergence.value(policy, old)).toBeCloseTo(0.01, 12);
  });

  it("is 0.1869293427 for KL(p || p_k), and a signal c times as large makes it 1/c of that", () => {
    const [one, other] = [1, 10].map((factor) => within(klDivergence, implicitSolver, factor));
    expect(one!.stepSize).toBeCloseTo(0.1869293427, 10);
    expect(other!.stepSize).toBeCloseTo(0.01869293427, 10);
    one!.policy.forEach((p, a) => expect(other!.policy[a]).toBeCloseTo(p, 12));
  });

  it.each(["mean", "largest"] as const)("binds the %s over states, as long as the best policy is farther", (over) => {
    const run = new PolicyMirrorDescent(golden, {
      geometry: negativeEntropy, solver: reverseKlSolver,
      stepSize: radiusStep(0.02, { divergence: reverseKlDivergence, over }),
    });
    for (let k = 0; k < 5; k++) {
      const before = run.policy;
      const weights = occupancyOf(golden, before);
      run.step();
      const far = rowsOf(run.policy).map((row, s) => reverseKlDivergence.value(row, rowsOf(before)[s]!));
      expect(over === "mean" ? weights[0]! * far[0]! + weights[1]! * far[1]! : Math.max(...far)).toBeCloseTo(0.02, 11);
    }
    const wide = new PolicyMirrorDescent(golden, { geometry: negativeEntropy, stepSize: radiusStep(5) });
    for (let k = 0; k < 10; k++) wide.step();
    policyIteration(golden).values.forEach((best, s) => expect(wide.values[s]).toBeCloseTo(best, 8));
  });

  it("a radius that is none is refused", () => {
    expect(() => radiusStep(0)).toThrow(/radius: expected a positive number/);
  });
});

it("an adaptive penalty keeps what its steps move within a factor of its target", () => {
  const arms = makeBandit([[1, 0, -1]]);
  const notes: number[] = [];
  const run = new PolicyMirrorDescent(arms, {
    geometry: negativeEntropy, stepSize: noting(adaptivePenaltyStep(50, 0.01), notes),
  });
  for (let k = 0; k < 3; k++) run.step();
  expect(notes).toEqual([50, 25, 50]);   // too far at first; then all is at the best arm, and nothing moves
  const slow = new PolicyMirrorDescent(arms, { geometry: negativeEntropy, stepSize: adaptivePenaltyStep(1e-3, 0.01) });
  const steps = Array.from({ length: 14 }, () => {
    const before = slow.policy;
    slow.step();
    return klDivergence.value(slow.policy, before);
  });
  for (const far of steps.slice(9)) expect(far > 0.01 / 6 && far < 0.06).toBe(true);
});

describe("a learned temperature", () => {
  const after = (iterations: number, choices: Partial<ExactChoices>) => {
    const run = new PolicyMirrorDescent(golden, { geometry: negativeEntropy, stepSize: 2, ...choices });
    for (let k = 0; k < iterations; k++) run.step();
    return run;
  };

  it.each([0.05, 0.3, 0.6])("brings the mean entropy to its target %d", (target) => {
    const temperature = learnedTemperature(2, { target });
    const run = after(600, { temperature });
    expect(entropy(run.policy)).toBeCloseTo(target, 6);
    const fixed = after(600, { temperature: temperature.now });
    run.policy.forEach((p, i) => expect(fixed.policy[i]).toBeCloseTo(p, 5));
  });

  it("is 1 at first, and refuses a target that no policy has", () => {
    expect(learnedTemperature(2, { target: 0.3 }).now).toBe(1);
    expect(() => learnedTemperature(2, { target: 0 })).toThrow(/target: expected a positive number/);
    expect(after(1, { temperature: learnedTemperature(2, { target: 0.3 }) }).policy)
      .toEqual(after(1, { temperature: 1 }).policy);
  });
});
