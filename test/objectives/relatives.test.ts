import { describe, expect, test } from "vitest";
import { gaussian } from "../../src/distributions/gaussian.ts";
import { bpo } from "../../src/objectives/bpo.ts";
import { discoveredPolicyOptimization } from "../../src/objectives/discovered-policy-optimization.ts";
import { fixPo } from "../../src/objectives/fixpo.ts";
import { adaptiveKlPpo, klPpo } from "../../src/objectives/kl-ppo.ts";
import type { Objective, Quantities } from "../../src/objectives/objective.ts";
import { ppoDualClip } from "../../src/objectives/ppo-dual-clip.ts";
import { ppo } from "../../src/objectives/ppo.ts";
import { spo } from "../../src/objectives/spo.ts";
import { vMpo } from "../../src/objectives/v-mpo.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";

/** Samples with these ratios and advantages; what an objective reads beside is given by name. */
interface Given {
  readonly ratio: readonly number[];
  readonly advantage: readonly number[];
  readonly parameters?: Readonly<Record<string, number>>;
  readonly multipliers?: Readonly<Record<string, number>>;
  readonly reverseKl?: readonly number[];
  readonly median?: number;
  readonly upper?: (advantage: number) => boolean;
}

const column = (values: readonly number[]): t.Tensor => t.concat(values.map((value) => t.full([1], value)), 0);

function quantities({ ratio, advantage, parameters = {}, multipliers = {}, reverseKl, median, upper }: Given) {
  const r = t.input("ratio", [ratio.length]);
  const a = column(advantage);
  const kl = reverseKl ? t.input("reverseKl", [reverseKl.length]) : t.full([ratio.length], 0);
  const all = {
    ratio: r, logProb: t.log(r), oldLogProb: t.full([ratio.length], 0), advantage: a, return: a,
    value: t.full([ratio.length], 0), median: median === undefined ? t.full([1], 0) : t.input("median", [1]),
    reverseKl: kl, reverseKlParts: [kl, t.full([1], 0)], clipRange: t.scalar(0.2), stepSize: t.scalar(1),
    isUpperHalf: t.less(0, column(advantage.map((x) => (upper?.(x) ? 1 : 0)))),
    parameter: (name: string) => parameters[name]!,
    multiplier: (name: string) => t.input(`multiplier.${name}`, []),
  } as unknown as Quantities;
  const values: Record<string, Float64Array> = {
    ratio: Float64Array.from(ratio), reverseKl: Float64Array.from(reverseKl ?? []),
    median: Float64Array.of(median ?? 0),
  };
  for (const [name, value] of Object.entries(multipliers)) values[`multiplier.${name}`] = Float64Array.of(value);
  return { all, r, values };
}

/** The surrogate, and its slope in each ratio times the number of samples. */
function work(objective: Objective, given: Given): { value: number; slopes: number[] } {
  const { all, r, values } = quantities(given);
  const value = objective.surrogate(all);
  const [gradient] = t.grad(value, [r]);
  const [first, second] = evaluate([value, gradient!], values) as [Float64Array, Float64Array];
  return { value: first[0]!, slopes: Array.from(second, (x) => x * given.ratio.length) };
}

const one = (objective: Objective, ratio: number, advantage: number, rest: Partial<Given> = {}) =>
  work(objective, { ratio: [ratio], advantage: [advantage], ...rest });

describe("at the old policy every surrogate has the slope of the policy gradient, the advantage itself", () => {
  const rest = { parameters: { klCoefficient: 1, dualClip: 3 }, multipliers: { beta: 1 } };
  test.each([klPpo, adaptiveKlPpo, spo, discoveredPolicyOptimization, fixPo, ppoDualClip])("$id", (objective) => {
    const { slopes } = work(objective, { ratio: [1, 1, 1], advantage: [2, -0.5, 0.25], ...rest });
    slopes.forEach((slope, i) => expect(slope).toBeCloseTo([2, -0.5, 0.25][i]!, 12));
  });
});

describe("by hand", () => {
  test("SPO's best ratio is 1 + eps sign(A), where it is worth A + eps |A| / 2", () => {
    for (const advantage of [3, -2]) {
      const best = 1 + 0.2 * Math.sign(advantage);
      const { value, slopes } = one(spo, best, advantage);
      expect(slopes[0]).toBeCloseTo(0, 12);
      expect(value).toBeCloseTo(advantage + 0.1 * Math.abs(advantage), 12);
    }
  });

  test("the discovered drift has the values that the formula gives by hand, and none at ratio 1", () => {
    // A = 1, r = 3: x = 2, f = 2 - 2 tanh(1); A = -1, log r = -0.6: x = 0.6, f = 0.6 - 0.6 tanh(1).
    expect(3 - one(discoveredPolicyOptimization, 3, 1).value).toBeCloseTo(0.4768117, 7);
    const ratio = Math.exp(-0.6);
    expect(-ratio - one(discoveredPolicyOptimization, ratio, -1).value).toBeCloseTo(0.1430435, 7);
    expect(one(discoveredPolicyOptimization, 1, -1).value).toBe(-1);
  });

  test("the dual clip is PPO where the advantage is not negative or the ratio is small, and flat above c", () => {
    const c = { parameters: { dualClip: 3 } };
    for (const [ratio, advantage] of [[2, 1], [0.5, 1], [0.5, -1], [2, -1]] as const) {
      expect(one(ppoDualClip, ratio, advantage, c)).toEqual(one(ppo, ratio, advantage));
    }
    expect(one(ppo, 5, -1).value).toBe(-5);
    expect(one(ppoDualClip, 5, -1, c)).toEqual({ value: -3, slopes: [0] });
  });

  test("BPO pulls the ratio to 1 + eps or 1 - eps, by the side of the median that the return is on", () => {
    const rest = { parameters: { ratioTemperature: 1e-3 }, median: 0.5 };
    // |r - r*| |G - V|, V = 0, to be maximized with a minus.
    expect(one(bpo, 1, 2, rest).value).toBeCloseTo(-0.2 * 2, 9);
    expect(one(bpo, 1, 2, rest).slopes[0]).toBeCloseTo(2, 9);
    expect(one(bpo, 1, -1, rest).slopes[0]).toBeCloseTo(-1, 9);
    // Where PPO is flat BPO comes back: beyond 1 + eps it goes down.
    expect(one(bpo, 1.4, 2, rest).slopes[0]).toBeCloseTo(-2, 9);
    expect(one(ppo, 1.4, 2).slopes[0]).toBe(0);
  });

  test("the smoothed median of 0, 1 and 10 is 1.660732", () => {
    const { all, values } = quantities({ ratio: [1, 1, 1], advantage: [0, 1, 10], median: 1.660732 });
    const loss = bpo.medianLoss!(all);
    const [slope] = evaluate([t.grad(loss, [all.median])[0]!], values) as [Float64Array];
    expect(Math.abs(slope[0]!)).toBeLessThan(1e-7);
  });

  test("KL-PPO's penalty is beta times the mean divergence", () => {
    const given = { ratio: [1.1, 0.9], advantage: [1, 2], reverseKl: [0.02, 0.04] };
    const plain = (1.1 + 1.8) / 2;
    expect(work(klPpo, { ...given, parameters: { klCoefficient: 5 } }).value).toBeCloseTo(plain - 5 * 0.03, 12);
    expect(work(adaptiveKlPpo, { ...given, multipliers: { beta: 5 } }).value).toBeCloseTo(plain - 5 * 0.03, 12);
  });

  test.each([[0.001, 1], [0.0066, 1], [0.0068, 2], [0.01, 2], [0.0149, 2], [0.0151, 4], [3, 4]])(
    "after a mean divergence of %s the adaptive beta of 2 becomes %s at a target of 0.01", (divergence, wanted) => {
      const { all, values } = quantities({
        ratio: [1], advantage: [1], reverseKl: [divergence], parameters: { klTarget: 0.01 }, multipliers: { beta: 2 },
      });
      const [next] = evaluate([adaptiveKlPpo.multipliers!.beta!.next!(all)], values) as [Float64Array];
      expect(next[0]).toBe(wanted);
    });

  test("FixPO's beta grows exactly where C times the largest KL is above the bound", () => {
    for (const [largest, sign] of [[0.09, 1], [0.11, -1]] as const) {
      const { all, values } = quantities({
        ratio: [1, 1], advantage: [1, 1], reverseKl: [0.01, largest], parameters: { klBound: 0.2, klBoundMargin: 2 },
        multipliers: { beta: 1 },
      });
      const beta = all.multiplier("beta");
      const loss = fixPo.multipliers!.beta!.loss!({ ...all, multiplier: () => beta } as Quantities);
      const [slope] = evaluate([t.grad(loss, [beta])[0]!], values) as [Float64Array];
      expect(slope[0]).toBeCloseTo(0.2 - 2 * largest, 12);
      expect(Math.sign(slope[0]!)).toBe(sign);
    }
  });

  test("V-MPO weighs the upper half by softmax(A / eta): even weights clone the kept half", () => {
    const given: Given = {
      ratio: [1, 1, 1, 1], advantage: [1, 1, -1, -2], upper: (x) => x > 0,
      multipliers: { eta: 0.5, alphaMean: 0, alphaDeviation: 0 },
    };
    expect(work(vMpo, given).slopes.map((x) => x / 4)).toEqual([0.5, 0.5, 0, 0]);
    const { slopes } = work(vMpo, { ...given, advantage: [2, 1, -1, -2] });
    expect(slopes[0]! / slopes[1]!).toBeCloseTo(Math.exp(1 / 0.5), 9);
  });

  test("V-MPO's temperature for advantages 0 and 1 is 3.51779 at a radius of 0.01, which the weights then have", () => {
    const { all, values } = quantities({
      ratio: [1, 1], advantage: [0, 1], upper: () => true, parameters: { temperatureRadius: 0.01 },
      multipliers: { eta: 3.51779 },
    });
    const eta = all.multiplier("eta");
    const loss = vMpo.multipliers!.eta!.loss!({ ...all, multiplier: () => eta } as Quantities);
    const [slope] = evaluate([t.grad(loss, [eta])[0]!], values) as [Float64Array];
    expect(Math.abs(slope[0]!)).toBeLessThan(1e-7);
    const weight = 1 / (1 + Math.exp(-1 / 3.51779));
    const divergence = weight * Math.log(2 * weight) + (1 - weight) * Math.log(2 * (1 - weight));
    expect(divergence).toBeCloseTo(0.01, 6);
  });

  test("the parts of a Gaussian's divergence are those of moving the mean alone, and the deviation alone", () => {
    const [p, q] = [gaussian(column2([0.3, -0.2])), gaussian(column2([0.1, 0.1]))];
    const [movedMean] = [gaussian(column2([0.1, -0.2]))];
    const [movedDeviation] = [gaussian(column2([0.3, 0.1]))];
    const [parts0, parts1] = p.klParts!(q);
    const values = evaluate([parts0, parts1, p.kl(movedMean), p.kl(movedDeviation)], {}).map((each) => each[0]!);
    expect(values[0]).toBeCloseTo(values[2]!, 12);
    expect(values[1]).toBeCloseTo(values[3]!, 12);
  });
});

const column2 = (values: readonly number[]): t.Tensor => t.reshape(column(values), [1, 2]);
