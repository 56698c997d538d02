import { describe, expect, it } from "vitest";
import type { Distribution, PolicyHead } from "../../src/distributions/distribution.ts";
import { gaussian, gaussianHead } from "../../src/distributions/gaussian.ts";
import { squashedGaussian, squashedGaussianHead } from "../../src/distributions/squashed-gaussian.ts";
import * as t from "../../src/tensor/index.ts";
import { differences } from "../support/finite-differences.ts";
import { evaluate } from "../support/interpreter.ts";
import { run } from "../support/run.ts";

const parameters = t.input("parameters", [1, 2]);
const other = t.input("other", [1, 2]);
const action = t.input("action", [1, 1]);
/** Points u of a fine grid, as rows of actions, under one distribution: [N] log-probabilities. */
function logProbsOnGrid(
  make: (row: t.Tensor) => Distribution,
  mean: number,
  logStd: number,
  grid: readonly number[],
): Float64Array {
  const rows = t.expand(parameters, [grid.length, 2]);
  const actions = t.input("action", [grid.length, 1]);
  return evaluate([make(rows).logProb(actions)], { parameters: [mean, logStd], action: grid })[0]!;
}
const step = 0.005;
const grid = Array.from({ length: 8001 }, (_, i) => -20 + step * i);

describe.each([["float64", evaluate, 9], ["wasm", run, 5]] as const)("a Gaussian in %s", (_, compute, digits) => {
  it("has the golden divergences both ways and their gradients (spec 6.5)", async () => {
    const kl = gaussian(parameters).kl(gaussian(other));
    const reverse = gaussian(other).kl(gaussian(parameters));
    const outputs = [kl, reverse, ...t.grad(t.sum(kl), [parameters])];
    const [value, back, gradient] = await compute(outputs, { parameters: [0.3, -0.2], other: [0.1, 0.1] });
    expect(value![0]).toBeCloseTo(0.0907804331, digits);
    expect(back![0]).toBeCloseTo(0.1408958941, digits);
    expect(gradient![0]).toBeCloseTo(0.1637461506, digits);
    expect(gradient![1]).toBeCloseTo(-0.4511883639, digits);
  });

  it("has divergence and gradient of exactly 0 from itself", async () => {
    const kl = gaussian(parameters).kl(gaussian(t.stopGradient(parameters)));
    const [value, gradient] = await compute([kl, ...t.grad(t.sum(kl), [parameters])], { parameters: [0.37, -0.71] });
    expect(value![0]).toBe(0);
    expect([...gradient!].map((each) => each + 0)).toEqual([0, 0]);
  });

  it("sums log-probability, entropy and divergence over actions", async () => {
    const wide = t.input("wide", [2, 6]);
    const wideOther = t.input("wideOther", [2, 6]);
    const actions = t.input("actions", [2, 3]);
    const [p, q] = [gaussian(wide), gaussian(wideOther)];
    const given = {
      wide: [0.1, -0.4, 2, -0.3, 0.2, 0.5, 1, 1, -1, 0, -1, 0.3],
      wideOther: [0.3, 0, 1, 0.1, 0, 0.2, 0.5, 1.5, -1, 0.2, -0.8, 0.3],
      actions: [0.5, -1, 1.5, 0, 1, 0.25],
    };
    const [logProb, entropy, kl, mode] = await compute([p.logProb(actions), p.entropy(), p.kl(q), p.mode()], given);
    for (const row of [0, 1]) {
      let [log, h, d] = [0, 0, 0];
      for (const i of [0, 1, 2]) {
        const [mean, logStd] = [given.wide[6 * row + i]!, given.wide[6 * row + 3 + i]!];
        const [otherMean, otherLogStd] = [given.wideOther[6 * row + i]!, given.wideOther[6 * row + 3 + i]!];
        const [variance, otherVariance] = [Math.exp(2 * logStd), Math.exp(2 * otherLogStd)];
        log += -((given.actions[3 * row + i]! - mean) ** 2) / (2 * variance) - logStd - 0.5 * Math.log(2 * Math.PI);
        h += logStd + 0.5 * Math.log(2 * Math.PI * Math.E);
        d += otherLogStd - logStd + (variance + (mean - otherMean) ** 2) / (2 * otherVariance) - 0.5;
      }
      expect(logProb![row]).toBeCloseTo(log, digits - 1);
      expect(entropy![row]).toBeCloseTo(h, digits - 1);
      expect(kl![row]).toBeCloseTo(d, digits - 1);
    }
    given.wide.filter((_, i) => i % 6 < 3).forEach((mean, i) => expect(mode![i]).toBeCloseTo(mean, 6));
  });

  it("squashed: has the golden log-probability (spec 6.5), and a finite one far out", async () => {
    const logProb = squashedGaussian(parameters).logProb(action);
    const [golden] = await compute([logProb], { parameters: [0.2, -0.5], action: [0.7] });
    expect(golden![0]).toBeCloseTo(-0.304183303, digits);
    for (const far of [30, -30]) {
      const [value, gradient] = await compute([logProb, ...t.grad(t.sum(logProb), [parameters, action])], {
        parameters: [0, 2],
        action: [far],
      });
      const [sigma, slope] = [Math.exp(2), 2 * (Math.log(2) - 30)];
      expect(value![0]).toBeCloseTo(-(30 * 30) / (2 * sigma * sigma) - 2 - 0.5 * Math.log(2 * Math.PI) - slope, 3);
      expect(gradient!.every(Number.isFinite)).toBe(true);
    }
  });
});

it("densities integrate to 1", () => {
  const plain = logProbsOnGrid(gaussian, 0.4, 0.3, grid).reduce((sum, value) => sum + step * Math.exp(value), 0);
  expect(plain).toBeCloseTo(1, 9);
  // Squashed, over a = tanh(u): da = (1 - a^2) du.
  const squashed = logProbsOnGrid(squashedGaussian, 0.4, 0.3, grid)
    .reduce((sum, value, i) => sum + step * Math.exp(value) / Math.cosh(grid[i]!) ** 2, 0);
  expect(squashed).toBeCloseTo(1, 9);
});

it("the squashed entropy follows the integral of -p log p", () => {
  const cases = [[0, -1, 1e-7], [0.5, -0.5, 1e-5], [-1.5, 0, 5e-4], [3, 0, 5e-4], [0, 1, 0.07]] as const;
  for (const [mean, logStd, tolerance] of cases) {
    const plain = logProbsOnGrid(gaussian, mean, logStd, grid);
    const squashed = logProbsOnGrid(squashedGaussian, mean, logStd, grid);
    const expected = plain.reduce((sum, value, i) => sum - step * Math.exp(value) * squashed[i]!, 0);
    const [entropy] = evaluate([squashedGaussian(parameters).entropy()], { parameters: [mean, logStd] });
    expect(Math.abs(entropy![0]! - expected)).toBeLessThan(tolerance);
  }
});

it("has the gradients that central differences give", () => {
  const given = { parameters: [0.3, -0.2], other: [0.1, 0.1], action: [0.7] };
  for (const make of [gaussian, squashedGaussian]) {
    const p = make(parameters);
    for (const quantity of [p.logProb(action), p.entropy(), p.kl(make(other)), make(other).kl(p)]) {
      const loss = t.sum(quantity);
      const expected = differences(loss, given, "parameters");
      evaluate(t.grad(loss, [parameters]), given)[0]!.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 8));
    }
  }
});

describe("samples", () => {
  const rows = 40000;
  const wide = t.expand(parameters, [rows, 2]);
  const given = { parameters: [0.5, -0.7], state: [11, 0, 0, 1] };

  it("have the mean, the deviation and (by Monte Carlo) the entropy of the distribution", async () => {
    for (const make of [gaussian, squashedGaussian]) {
      const p = make(wide);
      const sample = p.sample(t.input("state", [4], "i32"), 2);
      const [drawn, logProb, entropy] = await run([sample, p.logProb(sample), p.entropy()], given);
      const mean = drawn!.reduce((sum, value) => sum + value, 0) / rows;
      const variance = drawn!.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
      const sigma = Math.exp(-0.7);
      expect(Math.abs(mean - 0.5)).toBeLessThan(4 * sigma / Math.sqrt(rows));
      expect(Math.abs(variance / sigma ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / rows));
      const estimate = -logProb!.reduce((sum, value) => sum + value, 0) / rows;
      expect(Math.abs(estimate - entropy![0]!)).toBeLessThan(0.02);
    }
  });

  it("are normal: 10 equally likely intervals (chi-square, 9 degrees of freedom, 0.1%)", async () => {
    const [drawn] = await run([gaussian(wide).sample(t.input("state", [4], "i32"), 5)], given);
    const deciles = [
      -1.2815515655, -0.8416212336, -0.5244005127, -0.2533471031, 0, 0.2533471031, 0.5244005127, 0.8416212336,
      1.2815515655,
    ];
    const counts = new Array<number>(10).fill(0);
    for (const value of drawn!) counts[deciles.filter((edge) => (value - 0.5) / Math.exp(-0.7) > edge).length]!++;
    const statistic = counts.reduce((sum, count) => sum + (count - rows / 10) ** 2 / (rows / 10), 0);
    expect(statistic).toBeLessThan(27.88);
  });
});

describe("heads", () => {
  const output = t.input("output", [2, 2]);
  const inputsOf = (head: PolicyHead, given = output) => ({
    output: given, features: given,
    parameters: Object.fromEntries(head.parameters.map(({ name, shape }) => [name, t.input(name, shape)])),
  });

  it("take the log standard deviation from free parameters, limited where asked", () => {
    const head = gaussianHead({ actionSize: 2, initialLogStd: -0.5, logStdRange: [-1, 0.5] });
    expect(head.parameters).toEqual([
      { name: "head.logStd", shape: [2], initializer: { kind: "constant", value: -0.5 } },
    ]);
    const [row] = evaluate([head.parametersOf(inputsOf(head))], { output: [1, 2, 3, 4], "head.logStd": [-0.3, 2] });
    expect([...row!]).toEqual([1, 2, -0.3, 0.5, 3, 4, -0.3, 0.5]);
  });

  it("or from the network, beginning at initialLogStd", () => {
    const head = gaussianHead({ actionSize: 1, stateDependent: true, initialLogStd: -1 });
    expect(head).toMatchObject({ outputs: 2, parameters: [], parameterCount: 2 });
    const [row] = evaluate([head.parametersOf(inputsOf(head))], { output: [1, 0, 3, 50] });
    expect([...row!]).toEqual([1, -1, 3, 2]);
  });

  it("squash into the box", async () => {
    const head = squashedGaussianHead({ actionSize: 2, low: [-2, 0], high: [2, 1] });
    const [given, gaussianAction] = await run(
      [head.toEnvironment(output), gaussianHead({ actionSize: 2 }).toEnvironment(output)],
      { output: [0, 0, 100, -100] },
    );
    expect([...given!]).toEqual([0, 0.5, 2, 0]);
    expect([...gaussianAction!]).toEqual([0, 0, 100, -100]);
  });

  it("refuse options outside of their range", () => {
    expect(() => gaussianHead({ actionSize: 0 })).toThrow(/actionSize/);
    expect(() => gaussianHead({ actionSize: 1, initialLogStd: NaN })).toThrow(/initialLogStd/);
    expect(() => gaussianHead({ actionSize: 1, logStdRange: [1, 0] })).toThrow(/logStdRange/);
    expect(() => gaussianHead({ actionSize: 1, exploration: { kind: "autoregressive", correlation: 1 } })).toThrow(
      /correlation/,
    );
    expect(() => gaussianHead({
      actionSize: 1, stateDependent: true, exploration: { kind: "state-dependent", holdSteps: 4, featureCount: 8 },
    })).toThrow(/state-dependent exploration has its own scales/);
    expect(() => gaussian(parameters).kl({} as Distribution)).toThrow(/two Gaussian/);
  });
});
