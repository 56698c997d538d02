import { describe, expect, it } from "vitest";
import { euclideanStep, klStep, softKlStep, tsallisStep } from "../support/steps.ts";
import {
  advantagesOf, goldenMdp, occupancyOf, optimalValues, qOf, returnOf, uniformPolicy, valuesOf, type TabularPolicy,
} from "../support/tabular.ts";

// Spec 6.3 and 6.4: exact policy iterates on the golden MDP.

type Step = (policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number) => Float64Array;

const mdp = goldenMdp;
const skewed: TabularPolicy = [[0.6, 0.4], [0.3, 0.7]];

/** One exact mirror step in every state, on Q. */
function improve(policy: TabularPolicy, stepSize: number, step: Step = klStep): TabularPolicy {
  const q = qOf(mdp, valuesOf(mdp, policy));
  return policy.map((row, s) => step(row, q[s]!, stepSize));
}

function iterate(policy: TabularPolicy, count: number, stepSize: number): TabularPolicy {
  let next = policy;
  for (let k = 0; k < count; k++) next = improve(next, stepSize);
  return next;
}

const squareOf = (x: number): number => x * x;

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-9): void {
  expected.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThan(tolerance));
}

describe("the golden MDP (spec 6.3)", () => {
  it("has its values, occupancy and optimum", () => {
    const values = valuesOf(mdp, uniformPolicy);
    expectClose(values, [7.0974576271, 7.5211864407]);
    expectClose(qOf(mdp, values).flat(), [7.5021186441, 6.6927966102, 6.6165254237, 8.4258474576]);
    expectClose(occupancyOf(mdp, uniformPolicy), [0.5381355932, 0.4618644068]);
    expectClose(optimalValues(mdp), [12.2881355932, 13.1355932203]);
  });

  it("is climbed by exact KL steps as recorded", () => {
    const first = (policy: TabularPolicy): number[] => policy.map((row) => row[0]!);
    expectClose(first(iterate(uniformPolicy, 1, 0.1)), [0.5202220142, 0.454889944]);
    expectClose(first(iterate(uniformPolicy, 2, 0.1)), [0.539765678, 0.4111049716]);
    const fifth = iterate(uniformPolicy, 5, 0.1);
    expectClose(first(fifth), [0.5941870372, 0.2929080915]);
    expectClose(valuesOf(mdp, fifth), [8.9573185114, 9.6235453462]);
  });

  it("a step on Q is the step on the advantage", () => {
    const advantages = advantagesOf(mdp, skewed);
    improve(skewed, 0.7).forEach((row, s) =>
      expectClose(klStep(skewed[s]!, advantages[s]!, 0.7), Array.from(row), 1e-14));
  });
});

describe("NPG, TRPO and MDPO are one step on tabular softmax policies (spec 6.3)", () => {
  const advantages = advantagesOf(mdp, skewed);
  const occupancy = occupancyOf(mdp, skewed);

  it("the advantages and the policy gradient are as recorded", () => {
    expectClose(advantages.flat(), [0.2824489796, -0.4236734694, -1.1942857143, 0.5118367347]);
    const gradient = skewed.flatMap((row, s) =>
      Array.from(row, (p, a) => (occupancy[s]! * p * advantages[s]![a]!) / (1 - mdp.discount)));
    expectClose(gradient, [1.0029820908, -1.0029820908, -1.4623906706, 1.4623906706]);
    // and they are the derivatives of the return with respect to the logits
    const logits = skewed.map((row) => Array.from(row, Math.log));
    const at = (s: number, a: number, change: number): number => {
      const moved = logits.map((row, i) => row.map((x, j) => x + (i === s && j === a ? change : 0)));
      return returnOf(mdp, moved.map((row) => {
        const weights = row.map(Math.exp);
        const total = weights.reduce((x, y) => x + y);
        return weights.map((weight) => weight / total);
      }));
    };
    gradient.forEach((value, i) => {
      const [s, a] = [Math.floor(i / 2), i % 2];
      expect((at(s, a, 1e-5) - at(s, a, -1e-5)) / 2e-5).toBeCloseTo(value, 6);
    });
  });

  it("NPG with eta = 0.05 is MDPO with t = eta / (1 - discount) = 0.5", () => {
    // F^+ grad J = A / (1 - discount) in every state, up to a constant: the logits move by eta times that.
    const eta = 0.05;
    const npg = skewed.map((row, s) => {
      const weights = Array.from(row,
        (p, a) => Math.exp(Math.log(p) + (eta * advantages[s]![a]!) / (1 - mdp.discount)));
      const total = weights.reduce((x, y) => x + y);
      return weights.map((weight) => weight / total);
    });
    const expected = [0.6810336992, 0.3189663008, 0.1544183724, 0.8455816276];
    expectClose(npg.flat(), expected);
    expectClose(skewed.flatMap((row, s) => [...klStep(row, advantages[s]!, 0.5)]), expected);
  });

  it("TRPO with radius 0.01 is MDPO with the t of that radius", () => {
    const curvature = skewed.reduce((sum, row, s) =>
      sum + occupancy[s]! * Array.from(row).reduce((inner, p, a) => inner + p * squareOf(advantages[s]![a]!), 0), 0);
    const stepSize = Math.sqrt((2 * 0.01) / curvature);
    expect(stepSize).toBeCloseTo(0.2498733103, 9);
    const next = skewed.map((row, s) => klStep(row, advantages[s]!, stepSize));
    expectClose(next.flatMap((row) => [...row]), [0.6415059191, 0.3584940809, 0.2186395088, 0.7813604912]);
    const kl = skewed.reduce((sum, row, s) =>
      sum + occupancy[s]! * Array.from(row).reduce((inner, p, a) => inner + p * Math.log(p / next[s]![a]!), 0), 0);
    expect(kl).toBeCloseTo(0.0095041746, 9);
  });
});

describe("rates (spec 6.4)", () => {
  const optimum = optimalValues(mdp);
  const best = optimum.reduce((sum, v, s) => sum + mdp.start[s]! * v, 0);
  const gapOf = (policy: TabularPolicy): number => best - returnOf(mdp, policy);

  it.each<[string, Step]>([
    ["KL", klStep], ["Euclidean", euclideanStep],
    ["Tsallis 1.5", (p, g, t) => tsallisStep(p, g, t, 1.5)], ["Tsallis 2", (p, g, t) => tsallisStep(p, g, t, 2)],
  ])("exact %s steps of any size never lower the value of any state", (_, step) => {
    for (const stepSize of [0.01, 0.3, 2, 50]) {
      let policy = skewed;
      let values = valuesOf(mdp, policy);
      for (let k = 0; k < 30; k++) {
        policy = improve(policy, stepSize, step);
        const next = valuesOf(mdp, policy);
        next.forEach((v, s) => expect(v).toBeGreaterThan(values[s]! - 1e-9));
        values = next;
      }
    }
  });

  it("constant KL steps keep the bound log|A| / (t (1 - discount) K) + 1 / ((1 - discount)^2 K)", () => {
    const recorded: [number, number][] = [[10, 2.192], [50, 0.189], [100, 9.15e-3], [200, 1.89e-5]];
    const bound = (k: number): number => Math.log(2) / (0.1 * 0.1 * k) + 1 / (0.01 * k);
    const expected = [16.9, 3.39, 1.69, 0.847];
    recorded.forEach(([k, gap], i) => {
      const actual = gapOf(iterate(uniformPolicy, k, 0.1));
      expect(Math.abs(actual / gap - 1)).toBeLessThan(1e-3);
      expect(Math.abs(bound(k) / expected[i]! - 1)).toBeLessThan(5e-3);
      expect(actual).toBeLessThan(bound(k));
    });
  });

  it("steps that grow geometrically converge linearly", () => {
    let policy = uniformPolicy;
    let stepSize = 0.1;
    for (let k = 0; k < 40; k++) {
      const before = gapOf(policy);
      policy = improve(policy, stepSize);
      stepSize /= mdp.discount;
      if (before > 1e-6) expect(gapOf(policy)).toBeLessThan(before * 0.999);
    }
    expect(gapOf(policy)).toBeLessThan(1e-6);
  });
});

describe("the regularized case (spec 6.4)", () => {
  const temperature = 0.2;
  const softly = (policy: TabularPolicy, stepSize: number): TabularPolicy => {
    const q = qOf(mdp, valuesOf(mdp, policy, temperature));
    return policy.map((row, s) => softKlStep(row, q[s]!, stepSize, temperature));
  };
  const run = (count: number, stepSize: number): TabularPolicy => {
    let policy = uniformPolicy;
    for (let k = 0; k < count; k++) policy = softly(policy, stepSize);
    return policy;
  };
  const best = run(60, 1 / temperature);
  const bestQ = qOf(mdp, valuesOf(mdp, best, temperature)).flat();
  const distance = (count: number, lambdaT: number): number => {
    const q = qOf(mdp, valuesOf(mdp, run(count, lambdaT / temperature), temperature)).flat();
    return Math.max(...q.map((x, i) => Math.abs(x - bestQ[i]!)));
  };

  it("has its soft optimum", () => {
    expectClose(valuesOf(mdp, best, temperature), [12.3555909483, 13.1957019537]);
    expectClose(best.flatMap((row) => Array.from(row)), [0.9572931459, 0.0427068541, 0.0003005036, 0.9996994964]);
  });

  it.each([
    [1, 0, 3.784], [1, 1, 1.4e-2], [1, 2, 4.1e-7],
    [0.5, 0, 3.784], [0.5, 1, 7.45e-2], [0.5, 2, 1.22e-2], [0.5, 5, 1.4e-4], [0.5, 10, 1.3e-7],
    [0.1, 5, 0.2731], [0.1, 20, 4.59e-3],
  ])("lambda t = %d comes within the recorded distance after %d steps", (lambdaT, count, expected) => {
    expect(Math.abs(distance(count, lambdaT) / expected - 1)).toBeLessThan(0.05);
  });
});
