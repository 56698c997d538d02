import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logSumExp, softmax } from "../../../src/maps/geometry/negative-entropy.ts";
import {
  BootstrappedLearner, bootstrappedMetaGradient, entropyBandit, policyMatching, squaredMatching, type InnerObjective,
} from "../../../src/tabular/parameters/bootstrapped-meta-gradient.ts";

const logits = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 });
const rewards = [1, 0.2, -0.5];

describe("M41: bootstrapped meta-gradients", () => {
  it("on a quadratic of one parameter d mu / dw is its closed form", () => {
    const curvature = 0.7;
    const quadratic: InnerObjective = {
      gradient: (x, w) => Float64Array.of(w - curvature * x[0]!),
      tangent: (_, __, change) => Float64Array.of(1 - curvature * change[0]!),
    };
    fc.assert(fc.property(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 8 }), (x, w, innerSteps, bootstrapSteps) => {
        const stepSize = 0.3;
        const after = (from: number, steps: number) => {
          const kept = (1 - stepSize * curvature) ** steps;
          return kept * from + (1 - kept) * w / curvature;
        };
        const end = after(x, innerSteps);
        const target = (1 - stepSize * curvature) * after(end, bootstrapSteps - 1);
        const { loss, slope } = bootstrappedMetaGradient(quadratic, [x], w,
          { stepSize, innerSteps, bootstrapSteps, matching: squaredMatching });
        expect(Math.abs(loss - (end - target) ** 2 / 2)).toBeLessThan(1e-12);
        expect(Math.abs(slope - (end - target) * (1 - (1 - stepSize * curvature) ** innerSteps) / curvature))
          .toBeLessThan(1e-12);
      }));
  });

  it("the bandit's direction is the gradient of <p, r> + w H(p), the slope that of mu with its target fixed", () => {
    fc.assert(fc.property(logits, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (first, w) => {
      const bandit = entropyBandit(rewards);
      const value = (z: readonly number[]) => [...softmax(z)].reduce((sum, p, a) =>
        sum + p * (rewards[a]! - w * (z[a]! - logSumExp(z))), 0);
      bandit.gradient(Float64Array.from(first), w).forEach((g, i) => {
        const [up, down] = [1e-5, -1e-5].map((h) => value(first.map((z, j) => (i === j ? z + h : z))));
        expect(g).toBeCloseTo((up! - down!) / 2e-5, 8);
      });
      const choices = { stepSize: 0.8, innerSteps: 5, bootstrapSteps: 4 };
      for (const matching of [squaredMatching, policyMatching]) {
        const { slope, target } = bootstrappedMetaGradient(bandit, first, w, { ...choices, matching });
        const [up, down] = [1e-5, -1e-5].map((h) =>
          matching(bootstrappedMetaGradient(bandit, first, w + h, { ...choices, matching }).parameters, target).value);
        expect(slope).toBeCloseTo((up! - down!) / 2e-5, 7);
      }
    }), { numRuns: 30 });
  });

  it("with one bootstrap step and squared matching is the standard meta-gradient, times the step", () => {
    fc.assert(fc.property(logits, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (first, w) => {
      const bandit = entropyBandit(rewards);
      const choices = { stepSize: 0.4, innerSteps: 3, bootstrapSteps: 1, matching: squaredMatching };
      const outer = (meta: number) =>
        [...softmax(bootstrappedMetaGradient(bandit, first, meta, choices).parameters)]
          .reduce((sum, p, a) => sum + p * rewards[a]!, 0);
      const standard = (outer(w + 1e-5) - outer(w - 1e-5)) / 2e-5;
      expect(bootstrappedMetaGradient(bandit, first, w, choices).slope).toBeCloseTo(-0.4 * standard, 8);
    }), { numRuns: 30 });
  });

  it("the learned weight rises where the goal has moved, and falls where it stays", () => {
    const learner = new BootstrappedLearner([0, 0, 0], 0.05,
      { stepSize: 1, innerSteps: 3, bootstrapSteps: 8, metaStepSize: 0.03, matching: policyMatching });
    const weights = [entropyBandit([1, 0, 0]), entropyBandit([0, 0, 1])].flatMap((goal) =>
      Array.from({ length: 60 }, () => {
        learner.step(goal);
        return learner.meta;
      }));
    expect(weights[59]).toBe(0);
    expect(Math.max(...weights.slice(60))).toBeGreaterThan(0.3);
    expect(weights[119]).toBeLessThan(0.05);
    expect(softmax(learner.parameters)[2]).toBeGreaterThan(0.9);
  });
});
