import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Geometry } from "../../src/maps/geometry/geometry.ts";
import { mirrorStep, proximalStep, softMirrorStep } from "../../src/maps/geometry/mirror-step.ts";
import { hyperbolicEntropy } from "../../src/maps/geometry/hyperbolic-entropy.ts";
import { negativeEntropy, softmax } from "../../src/maps/geometry/negative-entropy.ts";
import { omegaPotential } from "../../src/maps/geometry/omega-potential.ts";
import { squaredNorm } from "../../src/maps/geometry/squared-norm.ts";
import { tsallisEntropy } from "../../src/maps/geometry/tsallis-entropy.ts";
import { dualIndex, normLink } from "../../src/maps/norm-link.ts";
import { slackDivergence } from "../../src/maps/slack-divergence.ts";
import { sphericalMean } from "../../src/math/spherical-mean.ts";
import { directCriticLoss, matchedStepSize, softmaxCriticLoss } from "../../src/tabular/decision-aware.ts";
import { inverseReward, mixInDual } from "../../src/tabular/inverse-reward.ts";
import { exponentialSolver } from "../../src/tabular/methods/fisher-rao-flow.ts";
import { optimistic, type IterationContext } from "../../src/tabular/signals.ts";
import { exactNormalizer, groupNormalizer, logRatioResiduals } from "../../src/tabular/log-ratio-residual.ts";

// The identities of the catalogue that need no process; those on processes and games stand beside them.

const skewed = [0.5, 0.3, 0.2];
const q = [1, 0, -1];
const near = (actual: ArrayLike<number>, expected: readonly number[], digits = 11) =>
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));
const simplex = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 3 })
  .map((row) => row.map((x) => x / row.reduce((a, b) => a + b)));
const signals = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 });
const weights = fc.double({ min: 0.05, max: 3, noNaN: true });

it("3: the magnetic step is stationary: eta q - eta alpha (log p - log m) - (log p - log old) is a constant", () => {
  fc.assert(fc.property(simplex, simplex, signals, weights, weights, (old, magnet, g, eta, alpha) => {
    const p = proximalStep(negativeEntropy, g, [{ policy: old, weight: 1 / eta }, { policy: magnet, weight: alpha }]);
    const rest = g.map((x, a) =>
      eta * x - eta * alpha * Math.log(p[a]! / magnet[a]!) - Math.log(p[a]! / old[a]!));
    near(rest, [rest[0]!, rest[0]!, rest[0]!], 12);
  }));
});

it("4: the explicit step of MTPO is the magnetic one with eta / (1 + eta alpha)", () => {
  fc.assert(fc.property(simplex, simplex, signals, weights, weights, (old, reference, g, eta, alpha) => {
    const explicit = eta / (1 + eta * alpha);
    const logits = g.map((x, a) => explicit * alpha * Math.log(reference[a]!) +
      (1 - explicit * alpha) * Math.log(old[a]!) + explicit * x);
    near(proximalStep(negativeEntropy, g, [{ policy: old, weight: 1 / eta }, { policy: reference, weight: alpha }]),
      [...softmax(logits)], 13);
  }));
});

describe("5: the entropy-regularized flow with a frozen signal (M11)", () => {
  const [first, temperature, time] = [[0.6, 0.3, 0.1], 0.2, 1.5];
  const flow = (policy: ArrayLike<number>, duration: number): Float64Array => exponentialSolver.step({
    geometry: negativeEntropy, signal: Float64Array.from(q), policy: Float64Array.from(policy), stepSize: duration,
    temperature, anchors: [],
  });

  it("has the closed form log p_T = e^{-tau T} log p_0 + (1 - e^{-tau T}) q / tau + c, and composes", () => {
    const kept = Math.exp(-temperature * time);
    near(flow(first, time), [...softmax(q.map((x, a) => kept * Math.log(first[a]!) + (1 - kept) * x / temperature))], 14);
    near(flow(flow(first, 0.4), time - 0.4), [...flow(first, time)], 14);
  });

  it.each([1000, 10_000])("is 2.07e-2 / N away from %d Euler steps", (steps) => {
    let policy: Float64Array = Float64Array.from(first);
    for (let k = 0; k < steps; k++) policy = softMirrorStep(negativeEntropy, policy, q, time / steps, temperature);
    const error = Math.max(...flow(first, time).map((p, a) => Math.abs(p - policy[a]!)));
    expect(Math.abs(error * steps - 2.07e-2)).toBeLessThan(1e-4);
  });
});

describe("7: AMPO with an exact f = q + grad h(p) / eta, projected from eta f, is the mirror step (M3)", () => {
  it.each([
    [negativeEntropy, [0.661782634807, 0.240834874845, 0.097382490348]],
    [squaredNorm, [0.85, 0.15, 0]],
    [tsallisEntropy(1.5), [0.689467249737, 0.254309166634, 0.05622358363]],
    [hyperbolicEntropy(0.1), [0.676858646013, 0.241936452749, 0.081204901239]],
  ] as const)("$0.id", (geometry, expected) => {
    const stepSize = 0.5;
    const f = Float64Array.from(geometry.gradient(skewed), (slope, a) => q[a]! + slope / stepSize);
    near(geometry.project(f.map((x) => stepSize * x)), expected, 11);
    near(mirrorStep(geometry, skewed, q, stepSize), expected, 11);
  });
});

it("17: several anchors weigh as the product of their powers does, the dual solved by the root finder", () => {
  const byRoot = omegaPotential({ id: "entropy", name: "entropy", formula: "sum x log x" },
    { derivative: (x) => Math.log(x), inverse: Math.exp });
  fc.assert(fc.property(simplex, simplex, simplex, signals, weights, (one, two, three, g, weight) => {
    const anchors = [{ policy: one, weight }, { policy: two, weight: 0.7 }, { policy: three, weight: 1.3 }];
    const total = weight + 2;
    const product = g.map((x, a) => Math.exp(x / total) *
      anchors.reduce((all, { policy, weight: b }) => all * policy[a]! ** (b / total), 1));
    const sum = product.reduce((a, b) => a + b);
    for (const geometry of [negativeEntropy, byRoot]) {
      near(proximalStep(geometry, g, anchors), product.map((x) => x / sum), 13);
    }
  }));
});

it("28: plain ascent-descent on x y multiplies the squared norm by 1 + eta^2 a step; optimism shrinks it (M42)", () => {
  const played = (steps: number, optimism: number): number => {
    let [x, y] = [1, 1];
    const [down, up] = [() => Float64Array.of(-y), () => Float64Array.of(x)]
      .map((slope) => optimistic({ id: "slope", of: slope }, optimism));
    for (let k = 0; k < steps; k++) {
      const [stepX, stepY] = [down!, up!].map((signal) => 0.1 * signal.of({} as IterationContext)[0]!);
      [x, y] = [x + stepX!, y + stepY!];
    }
    return x * x + y * y;
  };
  expect(played(100, 0)).toBeCloseTo(5.4096276588, 9);
  expect(played(100, 0)).toBeCloseTo(2 * 1.01 ** 100, 12);
  expect(played(1000, 1)).toBeCloseTo(7.9e-5, 5);
});

describe("15: decision-aware critics (M16)", () => {
  const critic = [0.8, 0.3, -1.2];
  it("have their golden losses", () => {
    near([1e-4, 0.5, 2].map((c) => directCriticLoss(skewed, q, critic, c)),
      [-2.62501767e-6, -0.0135426563, -0.0578676109], 10);
    near([0.5, 1].map((c) => softmaxCriticLoss(skewed, q, critic, c)), [-0.0127338479, -0.0248435969], 10);
    expect(matchedStepSize(1, 1)).toBe(0.5);
  });

  it("do not see a shift of the critic, are 0 at the true one, and tend to the variance of its error", () => {
    fc.assert(fc.property(simplex, signals, signals, fc.double({ min: -3, max: 3, noNaN: true }), (p, one, other, by) => {
      for (const loss of [directCriticLoss, softmaxCriticLoss]) {
        const shifted = other.map((x) => x + by);
        expect(Math.abs(loss(p, one, shifted, 0.5) - loss(p, one, other, 0.5))).toBeLessThan(1e-12);
        expect(Math.abs(loss(p, one, one, 0.5))).toBeLessThan(1e-14);
        expect(loss(p, one, other, 0.1)).toBeLessThan(1e-13);
      }
      const errors = other.map((x, a) => x - one[a]!);
      const mean = errors.reduce((sum, x, a) => sum + p[a]! * x, 0);
      const variance = errors.reduce((sum, x, a) => sum + p[a]! * (x - mean) ** 2, 0);
      expect(directCriticLoss(p, one, other, 1e-4) / 5e-5 + variance).toBeLessThan(1e-2);
    }));
  });
});

describe("21: the reward for which a policy is best", () => {
  it("is log p under negative entropy", () => near(inverseReward(negativeEntropy, skewed), skewed.map(Math.log), 14));
  it.each([negativeEntropy, tsallisEntropy(1.5), tsallisEntropy(2)])("makes it best under $id", (geometry: Geometry) => {
    fc.assert(fc.property(simplex, (p) => {
      near(geometry.project(inverseReward(geometry, p)), p, 11);
      expect(geometry.conjugate(inverseReward(geometry, p))).toBeCloseTo(0, 11);
    }));
  });
  it("mixes policies geometrically, to the printed numbers", () => {
    const expert = [0.1, 0.2, 0.7];
    const first = mixInDual(negativeEntropy, [0.6, 0.3, 0.1], expert, 1 / 2);
    near(first, [0.324662311858, 0.324662311858, 0.350675376283]);
    const third = mixInDual(negativeEntropy, mixInDual(negativeEntropy, first, expert, 1 / 3), expert, 1 / 4);
    near(third, [0.193651480198, 0.27386454967, 0.532483970132]);
  });
});

it("25: links of norms are the gradient of half the squared norm, and their inverse is the dual link", () => {
  fc.assert(fc.property(fc.array(fc.double({ min: 0.1, max: 2, noNaN: true }), { minLength: 2, maxLength: 5 }),
    fc.constantFrom(1.5, 2, 3), (x, p) => {
      near(normLink(normLink(x, p), dualIndex(p)), x, 12);
      const half = (y: readonly number[]) => y.reduce((sum, v) => sum + Math.abs(v) ** p, 0) ** (2 / p) / 2;
      const slopes = x.map((_, i) => [1e-5, -1e-5].map((h) => half(x.map((v, j) => (i === j ? v + h : v)))));
      near(normLink(x, p), slopes.map(([up, down]) => (up! - down!) / 2e-5), 6);
    }));
  near(normLink([1, -2, 0.5], 2), [1, -2, 0.5], 14);
});

describe("26: log-ratio residuals (M56)", () => {
  it("are zero at the mirror step of size 1/tau, whose golden value this is", () => {
    const step = mirrorStep(negativeEntropy, skewed, q, 1 / 2);
    near(step, [0.661782634807, 0.240834874845, 0.097382490348]);
    near(logRatioResiduals(step, skewed, q, 2), [0, 0, 0], 14);
  });
  it("know their normalizer only roughly from a group's mean", () => {
    expect(exactNormalizer(skewed, q, 2)).toBeCloseTo(0.4393418852, 10);
    expect(groupNormalizer(skewed, q)).toBeCloseTo(0.3, 14);
  });
});

it("27: divergences of the slack begin flat, curve by 1/slack and its square, and have their golden values", () => {
  for (const [kind, curvature] of [["entropy", 1 / 0.7], ["barrier", 1 / 0.49]] as const) {
    const h = 1e-4;
    const [up, down] = [slackDivergence(h, 0.7, kind), slackDivergence(-h, 0.7, kind)];
    expect(slackDivergence(0, 0.7, kind)).toBeCloseTo(0, 15);
    expect((up - down) / (2 * h)).toBeCloseTo(0, 6);
    expect((up + down) / (h * h)).toBeCloseTo(curvature, 4);
  }
  near([slackDivergence(0.3, 0.7), slackDivergence(0.3, 0.7, "barrier")], [0.0761536848, 0.1310443594], 10);
  near([slackDivergence(-0.3, 0.7), slackDivergence(-0.3, 0.7, "barrier")], [0.0566749439, 0.0718964846], 10);
  expect(slackDivergence(0.7, 0.7)).toBe(Infinity);
});

it("spherical means keep the length that straight ones lose (M57)", () => {
  const [a, b] = [[1, 0, 0], [0, 1, 0]];
  const length = (x: ArrayLike<number>) => Math.sqrt(Array.from(x).reduce((sum, v) => sum + v * v, 0));
  for (const share of [0, 0.3, 0.5, 1]) expect(length(sphericalMean(a, b, share))).toBeCloseTo(1, 14);
  near(sphericalMean(a, b), [Math.SQRT1_2, Math.SQRT1_2, 0], 14);
  near(sphericalMean([1, 2, 3], [1, 2, 3], 0.4), [1, 2, 3], 14);
});
