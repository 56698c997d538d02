import { describe, expect, it } from "vitest";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import { squaredNorm } from "../../src/maps/geometry/squared-norm.ts";
import { uniformAnchor } from "../../src/tabular/anchors.ts";
import { returnOf } from "../../src/tabular/evaluate-policy.ts";
import { makeMdp, randomMdp, uniformPolicy } from "../../src/tabular/mdp.ts";
import {
  explicitSolver, logitSolver, PolicyMirrorDescent, projectionSolver, type ExactChoices,
} from "../../src/tabular/policy-mirror-descent.ts";
import {
  actionValues, cumulative, extragradient, givenSignal, lookahead, optimistic,
} from "../../src/tabular/signals.ts";
import { adaptiveStep } from "../../src/tabular/step-sizes.ts";
import { policyIteration } from "../../src/tabular/value-iteration.ts";
import { goldenMdp } from "../support/tabular.ts";

const golden = makeMdp(goldenMdp);
const best = policyIteration(golden).values;

function after(iterations: number, choices: ExactChoices, first = uniformPolicy(golden)): PolicyMirrorDescent {
  const run = new PolicyMirrorDescent(golden, choices, first);
  for (let k = 0; k < iterations; k++) run.step();
  return run;
}
/** The largest shortfall of a state's value. */
const gap = (iterations: number, choices: ExactChoices): number =>
  after(iterations, choices).values.reduce((largest, v, s) => Math.max(largest, best[s]! - v), -Infinity);
const near = (actual: ArrayLike<number>, expected: readonly number[], digits = 9) =>
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));
const kl = { geometry: negativeEntropy };

describe("KL mirror descent on the golden process (spec 6.3)", () => {
  it.each([[1, 0.5202220142, 0.454889944], [2, 0.539765678, 0.4111049716], [5, 0.5941870372, 0.2929080915]])(
    "has its golden policy after %d steps of 0.1", (iterations, first, second) => {
      const { policy } = after(iterations, { ...kl, stepSize: 0.1 });
      near([policy[0]!, policy[2]!], [first, second]);
    });

  it("has its golden values after 5 steps, gaps that shrink as they should, and values that never fall", () => {
    near(after(5, { ...kl, stepSize: 0.1 }).values, [8.9573185114, 9.6235453462]);
    expect(gap(10, { ...kl, stepSize: 0.1 })).toBeCloseTo(2.20918, 5);
    expect(gap(50, { ...kl, stepSize: 0.1 })).toBeCloseTo(0.199666, 6);
    expect(gap(100, { ...kl, stepSize: 0.1 })).toBeCloseTo(0.00968043, 8);
    const run = new PolicyMirrorDescent(golden, { ...kl, stepSize: 2 });
    let before = run.values.slice();
    for (let k = 0; k < 20; k++) {
      run.step();
      run.values.forEach((v, s) => expect(v).toBeGreaterThan(before[s]! - 1e-12));
      before = run.values.slice();
    }
  });

  it("30: projected Q-ascent reaches the optimum after 33, 16 and 4 steps", () => {
    for (const [stepSize, steps] of [[0.05, 33], [0.1, 16], [0.5, 4]] as const) {
      expect(gap(steps, { geometry: squaredNorm, stepSize })).toBeLessThan(1e-12);
      expect(gap(steps - 1, { geometry: squaredNorm, stepSize })).toBeGreaterThan(1e-12);
    }
  });
});

describe("identities of the catalogue", () => {
  const temperature = 0.2;
  it("1, 2: soft MDPO is GPMD with t = eta / (1 + eta tau), which is MMD with a uniform magnet", () => {
    for (const eta of [0.5, 2, 10]) {
      const implicit = after(6, { ...kl, temperature, stepSize: eta }).policy;
      const explicit = after(6, {
        ...kl, temperature, solver: explicitSolver, stepSize: eta / (1 + eta * temperature),
      }).policy;
      near(implicit, [...explicit], 14);
      const run = new PolicyMirrorDescent(golden, { ...kl, stepSize: eta });
      const { q } = run;
      const magnetic = new PolicyMirrorDescent(golden, {
        ...kl, stepSize: eta, anchors: [uniformAnchor(golden, temperature)], signal: givenSignal(q),
      });
      magnetic.step();
      const once = new PolicyMirrorDescent(golden, { ...kl, stepSize: eta, temperature, signal: givenSignal(q) });
      once.step();
      near(magnetic.policy, [...once.policy], 14);
    }
  });

  it("9: Politex from the uniform policy is KL mirror descent", () => {
    const politex = after(7, {
      ...kl, signal: cumulative(actionValues()), stepSize: 0.1, solver: projectionSolver,
    });
    near(politex.policy, [...after(7, { ...kl, stepSize: 0.1 }).policy], 14);
    near([politex.policy[0]!, politex.policy[2]!], [0.627070950835, 0.227994264121], 11);
  });

  it("10: a proposal and a correction from it are the extragradient", () => {
    const run = new PolicyMirrorDescent(golden, { ...kl, stepSize: 0.5, signal: extragradient() });
    const plain = new PolicyMirrorDescent(golden, { ...kl, stepSize: 0.5 });
    const q = plain.q.slice();
    plain.step();
    const difference = plain.q.map((x, i) => x - q[i]!);
    const corrected = new PolicyMirrorDescent(golden, { ...kl, stepSize: 0.5, signal: givenSignal(difference) }, plain.policy);
    corrected.step();
    run.step();
    near(run.policy, [...corrected.policy], 14);
  });

  it("14: the logit step of sMDPO has its golden policies", () => {
    const choices: ExactChoices = { ...kl, stepSize: 0.1, solver: logitSolver };
    const [once, twice] = [after(1, choices).policy, after(2, choices).policy];
    near([once[0]!, once[2]!, twice[0]!, twice[2]!],
      [0.520233050847, 0.454766949153, 0.539815729561, 0.410517283765], 11);
    expect(gap(10, choices)).toBeCloseTo(2.15937, 5);
    expect(gap(100, choices)).toBeCloseTo(0.00836294, 8);
  });

  it("16: lookahead of depth 1 is plain, and of depth 2 has its golden signal and step", () => {
    near(after(3, { ...kl, stepSize: 0.1, signal: lookahead(1) }).policy,
      [...after(3, { ...kl, stepSize: 0.1 }).policy], 15);
    let seen = new Float64Array();
    const deep = lookahead(2);
    const { policy } = after(1, { ...kl, stepSize: 0.1, signal: { id: "", of: (context) => (seen = deep.of(context).slice()) } });
    near(seen, [8.001313559322, 7.416991525424, 7.250720338983, 8.835042372881], 11);
    near([policy[0]!, policy[2]!], [0.514603895883, 0.46047459108], 11);
  });

  it.each([[1, 0.446], [2, 0.175], [3, 0.0588], [4, 0.0178]])(
    "16: at depth %d with the adaptive step the gap stays below its bound, and is the printed one after 6", (depth, last) => {
      const { discount } = golden;
      const run = new PolicyMirrorDescent(golden,
        { ...kl, signal: lookahead(depth), stepSize: adaptiveStep(negativeEntropy, depth) });
      const optimum = policyIteration(golden).values;
      const gap = () => run.values.reduce((largest, v, s) => Math.max(largest, optimum[s]! - v), 0);
      const first = gap();
      let slack = 0;
      for (let k = 1; k <= 6; k++) {
        run.step();
        slack += discount ** (2 * depth * k) / discount ** (depth * k);
        expect(gap()).toBeLessThan(discount ** (depth * k) * (first + slack / (1 - discount)));
      }
      expect(gap() / last).toBeCloseTo(1, 2);
    });

  it("29: soft policy iteration squares its errors", () => {
    const { values } = policyIteration(golden, { ...kl, temperature });
    const errors = [0, 1, 2].map((k) => {
      const run = after(k, { ...kl, temperature, stepSize: 1 / temperature, solver: explicitSolver });
      return run.values.reduce((largest, v, s) => Math.max(largest, Math.abs(v - values[s]!)), 0);
    });
    near(errors, [4.288, 1.569e-2, 4.606e-7], 3);
    expect(errors[2]! / errors[1]! ** 2).toBeLessThan(1e-2);
  });
});

describe("lookahead on a chain of twelve states", () => {
  const chain = makeMdp({
    discount: 0.95,
    rewards: Array.from({ length: 12 }, (_, s) => [s === 0 ? 0.01 : 0, s === 11 ? 1 : 0]),
    transitions: Array.from({ length: 12 }, (_, s) => [-1, 1].map((move) =>
      Array.from({ length: 12 }, (_, next) => (next === Math.min(11, Math.max(0, s + move)) ? 1 : 0)))),
  });
  const optimum = policyIteration(chain).values;

  it.each([[2, 25], [4, 14], [8, 8]])("with the adaptive step depth %d needs %d iterations to 1e-3", (depth, expected) => {
    expect(optimum[0]).toBeCloseTo(11.3760018455, 9);
    const run = new PolicyMirrorDescent(chain,
      { ...kl, signal: lookahead(depth), stepSize: adaptiveStep(negativeEntropy, depth) });
    const shortfall = () => run.values.reduce((largest, v, s) => Math.max(largest, optimum[s]! - v), 0);
    while (shortfall() > 1e-3 && run.iteration < 60) run.step();
    expect(run.iteration).toBe(expected);
  });
});

it("optimism is 2 g_k - g_{k-1}, and plain on a signal that stays", () => {
  const fixed = givenSignal(golden.rewards);
  near(after(5, { ...kl, stepSize: 0.3, signal: optimistic(fixed) }).policy,
    [...after(5, { ...kl, stepSize: 0.3, signal: fixed }).policy], 14);
  const given = [Float64Array.of(1, 2, 3, 4), Float64Array.of(2, 2, 0, 1)];
  const signal = optimistic(givenSignal((k) => given[k]!));
  const seen: number[][] = [];
  after(2, { ...kl, stepSize: 0.3, signal: { id: "", of: (context) => {
    const g = signal.of(context);
    seen.push([...g]);
    return g;
  } } });
  expect(seen).toEqual([[1, 2, 3, 4], [3, 2, -3, -2]]);
});

it("a step of a large process evaluates it to the residual", () => {
  const mdp = randomMdp({ states: 60, actions: 5, discount: 0.95, seed: 3 });
  const run = new PolicyMirrorDescent(mdp, { ...kl, stepSize: 1 });
  for (let k = 0; k < 30; k++) run.step();
  expect(returnOf(mdp, policyIteration(mdp).values) - returnOf(mdp, run.values)).toBeLessThan(0.2);
});
