import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMdp } from "../../../src/tabular/mdp.ts";
import { proximalGradientStep, ProximalQLearning } from "../../../src/tabular/parameters/proximal-values.ts";
import { qValues } from "../../../src/tabular/evaluate-policy.ts";
import { policyIteration } from "../../../src/tabular/value-iteration.ts";
import { goldenMdp } from "../../support/tabular.ts";

const triples = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });

it("22: w - a (G + (w - w_t) / c) = (1 - a/c) w + (a/c) w_t - a G", () => {
  fc.assert(fc.property(triples, triples, triples, fc.double({ min: 0.01, max: 0.5, noNaN: true }),
    fc.double({ min: 0.5, max: 5, noNaN: true }), (w, anchor, gradient, rate, strength) => {
      const [x, y, g] = [w, anchor, gradient].map((values) => Float64Array.from(values)) as
        [Float64Array, Float64Array, Float64Array];
      proximalGradientStep(x, y, g, rate, strength).forEach((value, i) => {
        expect(Math.abs(value - (w[i]! - rate * (gradient[i]! + (w[i]! - anchor[i]!) / strength))))
          .toBeLessThan(1e-15);
      });
      proximalGradientStep(x, y, g, rate, Infinity).forEach((value, i) => {
        expect(value + 0).toBe(w[i]! - rate * gradient[i]! + 0);   // -0 is 0
      });
    }));
});

it("22: under Adam the two forms differ: the explicit loss sends the pull through its scaling", () => {
  const [rate, strength, anchor] = [0.1, 0.5, 1];
  const path = (explicit: boolean) => {
    let [w, m, v] = [0, 0, 0];
    for (let t = 1; t <= 5; t++) {
      const slope = 2 * (w + 1) + (explicit ? (w - anchor) / strength : 0);
      [m, v] = [0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope * slope];
      const step = m / (1 - 0.9 ** t) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
      w = explicit ? w - rate * step
        : proximalGradientStep(Float64Array.of(w), Float64Array.of(anchor), Float64Array.of(step), rate, strength)[0]!;
    }
    return w;
  };
  expect(Math.abs(path(true) - path(false))).toBeGreaterThan(0.1);
});

describe("M37: proximal iteration on tables", () => {
  // Every pair leads to one state, so that samples are exact.
  const sure = makeMdp({ ...goldenMdp, transitions: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]] });
  const best = qValues(sure, policyIteration(sure).values);
  const backup = (q: Float64Array) => {
    const values = Float64Array.of(Math.max(q[0]!, q[1]!), Math.max(q[2]!, q[3]!));
    return qValues(sure, values);
  };

  it("many inner steps solve (T Q + Q / c) / (1 + 1/c); without the term, T Q", () => {
    for (const strength of [0.5, 2, Infinity]) {
      const run = new ProximalQLearning(sure, { rate: 0.2, strength, innerSteps: 200 });
      for (let k = 0; k < 5; k++) {
        const before = run.q.slice();
        run.step();
        backup(before).forEach((target, i) =>
          expect(run.q[i]).toBeCloseTo((target + before[i]! / strength) / (1 + 1 / strength), 12));
      }
    }
  });

  it("ends at Q* whatever c, later for a small one", () => {
    const gaps = [0.5, Infinity].map((strength) => {
      const run = new ProximalQLearning(sure, { rate: 0.3, strength, innerSteps: 30 });
      const gapAfter = (steps: number) => {
        for (let k = 0; k < steps; k++) run.step();
        return Math.max(...run.q.map((x, i) => Math.abs(x - best[i]!)));
      };
      return [gapAfter(50), gapAfter(950)];
    });
    expect(gaps[0]![0]).toBeGreaterThan(gaps[1]![0]!);
    for (const [, last] of gaps) expect(last).toBeLessThan(1e-9);
  });
});
