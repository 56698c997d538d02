import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mirrorStep } from "../../../src/maps/geometry/mirror-step.ts";
import { negativeEntropy } from "../../../src/maps/geometry/negative-entropy.ts";
import { makeBandit, makeMdp } from "../../../src/tabular/mdp.ts";
import {
  epochs, hessianMomentum, momentum, recursiveMomentum,
} from "../../../src/tabular/parameters/gradient-estimators.ts";
import { diagonalMap, entropyMap, fisherMap, normMap } from "../../../src/tabular/parameters/parameter-maps.ts";
import { decayingRules, ParameterMirrorAscent } from "../../../src/tabular/parameters/parameter-mirror-ascent.ts";
import { allTrajectories, sampledTrajectories } from "../../../src/tabular/parameters/trajectories.ts";
import {
  meanCurvature, meanFisher, meanGradient, reweighted,
} from "../../../src/tabular/parameters/trajectory-gradients.ts";
import { softmaxPolicy } from "../../../src/tabular/softmax-policy.ts";
import { goldenMdp } from "../../support/tabular.ts";

// Rewards of both signs: an advantage cut at 0 would show.
const process = makeMdp({ ...goldenMdp, rewards: [[1, -0.5], [0, 2]] });
const horizon = 4;
const all = allTrajectories(process, horizon);
const theta = Float64Array.of(0.3, -0.2, -0.5, 0.4);
const sampled = (count: number, seed = 0) => sampledTrajectories(process, horizon, count, seed);
const exact = (parameters: Float64Array) => meanGradient(process, parameters, all(parameters));
const add = (x: Float64Array, by: ArrayLike<number>, scale = 1) => x.map((value, i) => value + scale * by[i]!);
const farthest = (x: ArrayLike<number>, y: ArrayLike<number>) =>
  Array.from(x).reduce((most, value, i) => Math.max(most, Math.abs(value - y[i]!)), 0);

/** J by the values of a finite horizon, backwards: no trajectory in it. */
function expectedReturn(parameters: Float64Array): number {
  const { actions, discount, rewards, start, states, transitions } = process;
  const policy = softmaxPolicy(process, parameters);
  let values = new Float64Array(states) as Float64Array;
  for (let t = 0; t < horizon; t++) {
    values = values.map((_, s) => [0, 1].reduce((sum, a) => {
      const i = s * actions + a;
      const next = values.reduce((total, v, to) => total + v * transitions[i * states + to]!, 0);
      return sum + policy[i]! * (rewards[i]! + discount * next);
    }, 0));
  }
  return values.reduce((sum, v, s) => sum + start[s]! * v, 0);
}

describe("trajectories", () => {
  it("all of them have the probabilities of a distribution, and their mean gradient is that of J", () => {
    const trajectories = all(theta);
    expect(trajectories.length).toBe(256);
    expect(trajectories.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 14);
    const slopes = theta.map((_, i) => {
      const unit = theta.map((_, j) => (i === j ? 1e-5 : 0));
      return (expectedReturn(add(theta, unit)) - expectedReturn(add(theta, unit, -1))) / 2e-5;
    });
    expect(farthest(exact(theta), slopes)).toBeLessThan(1e-9);
  });

  it("are drawn as often as their probabilities say, and the same for the same seed", () => {
    const drawn = sampled(4000, 3)(theta);
    expect(farthest(meanGradient(process, theta, drawn), exact(theta))).toBeLessThan(0.06);
    expect(sampled(5, 3)(theta)).toEqual(sampled(5, 3)(theta));
    expect(sampled(5, 4)(theta)).not.toEqual(sampled(5, 3)(theta));
  });

  it("stand for those of other parameters by their likelihood ratios", () => {
    const other = Float64Array.of(-0.4, 0.1, 0.7, 0);
    expect(farthest(meanGradient(process, other, reweighted(process, all(theta), theta, other)), exact(other)))
      .toBeLessThan(1e-14);
    const weights = reweighted(process, sampled(50)(theta), theta, other, [0.2, 1.2]).map(({ weight }) => 50 * weight);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0.2);
    expect(Math.max(...weights)).toBeCloseTo(1.2, 14);
  });

  it("refuse counts that are none, and to list too many", () => {
    expect(() => sampledTrajectories(process, 0, 1)).toThrow(expect.objectContaining({ code: "invalid-option" }));
    expect(() => sampledTrajectories(process, 1, 1.5)).toThrow(expect.objectContaining({ code: "invalid-option" }));
    expect(() => allTrajectories(process, 11)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});

describe("M20: mirror ascent on parameters (BGPO)", () => {
  it("under the norm of index 2 is gradient ascent with momentum, to the bit", () => {
    const run = new ParameterMirrorAscent(theta,
      { map: normMap(2), estimator: momentum(process, sampled(5), 0.4), stepSize: 0.1 });
    const source = sampled(5);
    let [x, u] = [theta as Float64Array, undefined as Float64Array | undefined];
    for (let t = 0; t < 20; t++) {
      const g = meanGradient(process, x, source(x));
      u = u ? g.map((value, i) => 0.4 * value + 0.6 * u![i]!) : g;
      x = add(x, u, 0.1);
      expect(run.step()).toEqual(u);
      expect(run.parameters).toEqual(x);
    }
  });

  const directions = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
  it.each([1.5, 3])("under the norm of index %f the step goes to the maximum of <u, x> - D / size", (p) => {
    fc.assert(fc.property(directions, (u) => {
      const size = 0.2;
      const next = normMap(p).step(theta, Float64Array.from(u), size);
      const half = (y: Float64Array) => y.reduce((sum, v) => sum + Math.abs(v) ** p, 0) ** (2 / p) / 2;
      const slope = theta.map((_, i) => [1, -1].reduce((sum, sign) =>
        sum + sign * half(add(theta, theta.map((_, j) => (i === j ? sign * 1e-6 : 0)))), 0) / 2e-6);
      const at = (x: Float64Array) => x.reduce((sum, v, i) => sum + u[i]! * v, 0) -
        (half(x) - half(theta) - x.reduce((sum, v, i) => sum + slope[i]! * (v - theta[i]!), 0)) / size;
      for (const i of [0, 1, 2, 3]) {
        for (const by of [0.01, -0.01]) {
          expect(at(next)).toBeGreaterThan(at(next.map((x, j) => (i === j ? x + by : x))) - 1e-8);
        }
      }
    }), { numRuns: 30 });
  });

  it("under the diagonal map starts with steps of the same size everywhere, as Adam does", () => {
    const next = diagonalMap().step(theta, Float64Array.of(5, -1e-3, 2, -7), 0.1);
    expect(farthest(next, add(theta, [0.1, -0.1, 0.1, -0.1]))).toBeLessThan(1e-5);
  });

  it("under the entropy of sizes keeps signs and norm, and multiplies by the exponential of the direction", () => {
    const u = Float64Array.of(1, 0.5, 2, -0.3);
    const next = entropyMap.step(theta, u, 0.5);
    expect(next.reduce((sum, x) => sum + Math.abs(x), 0)).toBeCloseTo(1.4, 14);
    const logs = next.map((x, i) => Math.log(x / theta[i]!) - 0.5 * u[i]! * Math.sign(theta[i]!));
    expect(farthest(logs, logs.map(() => logs[0]!))).toBeLessThan(1e-14);
    expect([...entropyMap.step(new Float64Array(2), u, 1)]).toEqual([0, 0]);
  });

  it("points uphill from the first step on, also with variance reduction", () => {
    for (const estimator of [momentum(process, all, 0.3), recursiveMomentum(process, all, 0.3),
      epochs(process, all, all, 3), hessianMomentum(process, all, 0.3, { uniform: () => 0.5 })]) {
      expect(farthest(estimator.next(theta), exact(theta))).toBeLessThan(1e-15);
      expect(farthest(estimator.next(add(theta, [0.01, 0, 0, 0])), exact(theta))).toBeLessThan(0.05);
    }
  });

  it("cuts directions, goes part of the way and lets both rules decay", () => {
    const run = new ParameterMirrorAscent(theta,
      { map: normMap(2), estimator: momentum(process, all), stepSize: 1, share: 0.5, largest: 0.05 });
    expect(Math.max(...run.step().map(Math.abs))).toBe(0.05);
    expect(farthest(run.parameters, theta)).toBeCloseTo(0.025, 15);
    const { share, momentum: fresh } = decayingRules({ rate: 2, offset: 4, root: 2, scale: 0.8 });
    expect([0, 12].map(share)).toEqual([expect.closeTo(1, 14), expect.closeTo(0.5, 14)]);
    expect([0, 1, 13].map(fresh)).toEqual([1, expect.closeTo(0.8, 14), 0.3]);
  });

  it("improves J under every map", () => {
    const fisher = fisherMap(process, all, { iterations: 20 });
    const maps = [normMap(1.5), normMap(2), normMap(3), diagonalMap(), entropyMap, fisher];
    for (const map of maps) {
      const run = new ParameterMirrorAscent(theta, { map, estimator: momentum(process, all), stepSize: 0.05 });
      for (let t = 0; t < 10; t++) run.step();
      expect(expectedReturn(run.parameters), map.id).toBeGreaterThan(expectedReturn(theta) + 3e-4);
    }
    expect(() => normMap(1)).toThrow(expect.objectContaining({ code: "invalid-option" }));
    expect(() => diagonalMap(1)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});

describe("M21: recursion in epochs (VRMPO)", () => {
  it("is exact where all trajectories are counted", () => {
    const estimator = epochs(process, all, all, 5);
    let x = theta as Float64Array;
    for (let t = 0; t < 12; t++) {
      const G = estimator.next(x);
      expect(farthest(G, exact(x))).toBeLessThan(1e-13);
      x = add(x, G, 0.3);
    }
  });

  it("begins an epoch with the mean of a large batch alone, and is plain ascent with epochs of one step", () => {
    const [estimator, source] = [epochs(process, sampled(7), all, 1), sampled(7)];
    for (const x of [theta, add(theta, [1, 0, 0, 0])]) {
      expect(farthest(estimator.next(x), meanGradient(process, x, source(x)))).toBeLessThan(1e-15);
    }
  });
});

describe("M14: Hessian-aided momentum (NPG-HM)", () => {
  const direction = Float64Array.of(0.5, -1, 0.2, 0.7);

  it("the expected product with the Hessian is the difference of gradients", () => {
    const [up, down] = [1e-5, -1e-5].map((h) => exact(add(theta, direction, h)));
    const slopes = up!.map((x, i) => (x - down![i]!) / 2e-5);
    expect(farthest(meanCurvature(process, theta, all(theta), direction), slopes)).toBeLessThan(1e-9);
  });

  it("u_t has the gradient as its mean, over all trajectories and all points of the segment", () => {
    // Gauss and Legendre's five points stand for the uniform point.
    const points = [[0.5, 0.28444444444444444], ...[0.5384693101056831, 0.906179845938664].flatMap((x, i) =>
      [-x, x].map((y) => [(1 + y) / 2, [0.23931433524968324, 0.11846344252809454][i]!]))];
    const next = add(theta, direction, 0.2);
    const mean = new Float64Array(4);
    for (const [point, weight] of points) {
      const estimator = hessianMomentum(process, all, 0.25, { uniform: () => point! });
      estimator.next(theta);
      estimator.next(next).forEach((u, i) => { mean[i]! += weight! * u; });
    }
    expect(farthest(mean, exact(next))).toBeLessThan(1e-11);
  });

  it("with share 1 is the plain natural gradient, which solves F w = grad J", () => {
    const size = 0.3;
    const source = sampled(4, 2);
    const estimator = hessianMomentum(process, sampled(4, 2), 1, { uniform: () => 0.5 }, all);
    for (const x of [theta, add(theta, direction, 0.1)]) {
      const g = meanGradient(process, x, source(x));
      expect(farthest(estimator.next(x), g)).toBeLessThan(1e-15);
      const next = fisherMap(process, all, { iterations: 200 }).step(x, g, size);
      const w = add(next, x, -1).map((value) => value / size);
      expect(farthest(meanFisher(process, x, all(x), w), g)).toBeLessThan(1e-9);
    }
  });

  it("on a bandit takes the step of policy mirror descent under negative entropy", () => {
    const bandit = makeBandit([[1, 0.2, -0.4]]);
    const every = allTrajectories(bandit, 1);
    const run = new ParameterMirrorAscent([0.5, 0, -0.1], {
      map: fisherMap(bandit, every, { iterations: 300 }), stepSize: 0.7,
      estimator: hessianMomentum(bandit, every, 1, { uniform: () => 0.5 }),
    });
    const step = mirrorStep(negativeEntropy, softmaxPolicy(bandit, run.parameters), [1, 0.2, -0.4], 0.7);
    run.step();
    expect(farthest(softmaxPolicy(bandit, run.parameters), step)).toBeLessThan(1e-12);
  });
});
