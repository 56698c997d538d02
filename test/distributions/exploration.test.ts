import { describe, expect, it } from "vitest";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { gaussianHead } from "../../src/distributions/gaussian.ts";
import { squashedGaussianHead } from "../../src/distributions/squashed-gaussian.ts";
import { compile } from "../../src/program/compile.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";
import { run } from "../support/run.ts";

const state = t.input("state", [4], "i32");
const renew = t.input("renew", [1], "i32");
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const correlationOf = (x: readonly number[], y: readonly number[]): number => {
  const [mx, my] = [meanOf(x), meanOf(y)];
  const covariance = meanOf(x.map((value, i) => (value - mx) * (y[i]! - my)));
  const variances = meanOf(x.map((value) => (value - mx) ** 2)) * meanOf(y.map((value) => (value - my) ** 2));
  return covariance / Math.sqrt(variances);
};

describe("autoregressive noise", () => {
  const correlation = 0.8;
  const [rows, actions] = [4000, 2];
  const head = gaussianHead({ actionSize: actions, exploration: { kind: "autoregressive", correlation } });
  const output = t.input("output", [rows, actions]);
  const parameters = { "head.logStd": t.input("logStd", [actions]) };
  const noise = t.input("noise", [rows, head.explorationSize]);
  const inputs = { output, features: output, parameters, exploration: noise };
  const explored = head.explore!(inputs, state, 0, renew);
  const conditional = head.distribution(head.parametersOf(inputs));
  const logStd = [-0.5, 0.25];
  const means = Array.from({ length: rows * actions }, (_, i) => Math.sin(i));

  /** Steps of the stationary process in the trainer's way: noise and random state stay on the device. */
  async function roll(steps: number) {
    const device = await createWasmDevice();
    const logProb = conditional.logProb(explored.action);
    const program = await device.load(compile({
      outputs: { action: explored.action, before: t.add(noise, 0), logProb },
      updates: [[noise, explored.exploration], [state, t.advanceRandom(state)]],
    }));
    const [initial] = await run([t.randomNormal(state, [rows, actions], 0)], { state: [9, 0, 0, 5] });
    device.write(program.buffer("noise"), Float32Array.from(initial!));
    device.write(program.buffer("output"), Float32Array.from(means));
    device.write(program.buffer("logStd"), Float32Array.from(logStd));
    device.write(program.buffer("state"), Int32Array.of(1, 2, 0, 5));
    const records = [];
    for (let i = 0; i < steps; i++) {
      const before = [...await device.read(program.buffer("noise")) as Float32Array];
      program.run();
      const [action, logProbs, after] = await Promise.all(
        ["action", "logProb", "noise"].map(async (name) => [
          ...((await device.read(program.buffer(name))) as Float32Array),
        ]),
      );
      records.push({ before, action: action!, logProb: logProbs!, after: after! });
    }
    return records;
  }

  it("stays standard normal and remembers correlation^k after k steps", async () => {
    const records = await roll(6);
    for (const { after } of records) {
      const mean = meanOf(after);
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(after.length));
      expect(Math.abs(meanOf(after.map((value) => (value - mean) ** 2)) - 1)).toBeLessThan(
        4 * Math.sqrt(2 / after.length),
      );
    }
    for (const lag of [1, 2, 5]) {
      const found = correlationOf(records[0]!.after, records[lag]!.after);
      expect(Math.abs(found - correlation ** lag)).toBeLessThan(4 / Math.sqrt(rows * actions));
    }
  });

  it("scores what was sampled with the density by hand, from the noise of the step before", async () => {
    const records = await roll(3);
    for (const { before, action, logProb, after } of records) {
      for (const row of [0, 1, 2, 1777, rows - 1]) {
        let expected = 0;
        for (let i = 0; i < actions; i++) {
          const at = row * actions + i;
          const sigma = Math.exp(logStd[i]!);
          expect(action[at]).toBeCloseTo(means[at]! + sigma * after[at]!, 5);
          const spread = sigma * Math.sqrt(1 - correlation ** 2);
          const z = (action[at]! - means[at]! - sigma * correlation * before[at]!) / spread;
          expected += -0.5 * z * z - Math.log(spread) - 0.5 * Math.log(2 * Math.PI);
        }
        expect(logProb[row]).toBeCloseTo(expected, 4);
      }
    }
  });

  it("is the plain Gaussian without a noise row", () => {
    const small = gaussianHead({ actionSize: 1, exploration: { kind: "autoregressive", correlation } });
    const mean = t.input("mean", [1, 1]);
    const given = { output: mean, features: mean, parameters: { "head.logStd": t.input("logStd", [1]) } };
    const [row, conditioned] = evaluate(
      [small.parametersOf(given), small.parametersOf({ ...given, exploration: t.input("noise", [1, 1]) })],
      { mean: [0.5], logStd: [-1], noise: [2] });
    expect([...row!]).toEqual([0.5, -1]);
    expect(conditioned![0]).toBeCloseTo(0.5 + Math.exp(-1) * 0.8 * 2, 12);
    expect(conditioned![1]).toBeCloseTo(-1 + Math.log(0.6), 12);
    expect(() => small.explore!(given, state, 0, renew)).toThrow(/noise row/);
  });

  it("works before the squashing, too", () => {
    const squashed = squashedGaussianHead({
      actionSize: 1,
      low: -1,
      high: 1,
      exploration: { kind: "autoregressive", correlation },
    });
    expect(squashed.explorationSize).toBe(1);
    expect(squashed.explore).toBeTypeOf("function");
  });
});

describe("state-dependent noise", () => {
  const [rows, featureCount, actionSize] = [5000, 3, 2];
  const head = gaussianHead({ actionSize, exploration: { kind: "state-dependent", holdSteps: 4, featureCount } });
  const output = t.expand(t.input("output", [actionSize]), [rows, actionSize]);
  const features = t.expand(t.input("features", [featureCount]), [rows, featureCount]);
  const parameters = { "head.logStd": t.input("logStd", [featureCount, actionSize]) };
  const noise = t.input("noise", [rows, head.explorationSize]);
  const inputs = { output, features, parameters, exploration: noise };
  const explored = head.explore!(inputs, state, 0, renew);
  const given = {
    output: [0.3, -1], features: [0.5, -0.8, 0.1], logStd: [-1, 0, 0.2, -0.3, 0.5, 1], state: [3, 0, 0, 5],
    noise: Float64Array.from({ length: rows * 6 }, (_, i) => Math.fround(Math.cos(i))),
  };
  const scale = (f: number, a: number): number => Math.exp(given.logStd[f * actionSize + a]!);

  it("says how long it holds, and starts at a log scale of -2", () => {
    expect(head.explorationSize).toBe(6);
    expect(head.exploration).toEqual({ kind: "state-dependent", holdSteps: 4, featureCount });
    expect(head.parameters).toEqual([
      { name: "head.logStd", shape: [featureCount, actionSize], initializer: { kind: "constant", value: -2 } }]);
  });

  it.each([
    ["float64", evaluate],
    ["wasm", run],
  ] as const)("held, it is the same function of the features (%s)", async (_, compute) => {
    const [action, held] = await compute([explored.action, explored.exploration], { ...given, renew: [0] });
    expect([...held!]).toEqual([...given.noise]);
    for (const row of [0, 1, rows - 1]) {
      for (let a = 0; a < actionSize; a++) {
        const sum = given.features.reduce(
          (total, phi, f) => total + phi * scale(f, a) * given.noise[row * 6 + f * actionSize + a]!,
          0,
        );
        expect(action![row * actionSize + a]).toBeCloseTo(given.output[a]! + sum, 5);
      }
    }
  });

  it("renewed, it has the mean and variance that it is scored with", async () => {
    const distribution = head.distribution(head.parametersOf(inputs));
    const [action, fresh, logProb] = await run(
      [explored.action, explored.exploration, distribution.logProb(explored.action)], { ...given, renew: [1] });
    expect(fresh).not.toEqual(given.noise);
    const sigmas = [0, 1].map((a) =>
      Math.sqrt(given.features.reduce((sum, phi, f) => sum + (phi * scale(f, a)) ** 2, 1e-6)),
    );
    for (const a of [0, 1]) {
      const column = Array.from({ length: rows }, (_, row) => action![row * actionSize + a]!);
      const mean = meanOf(column);
      expect(Math.abs(mean - given.output[a]!)).toBeLessThan(4 * sigmas[a]! / Math.sqrt(rows));
      const variance = meanOf(column.map((value) => (value - mean) ** 2));
      expect(Math.abs(variance / sigmas[a]! ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / rows));
    }
    const byHand = [0, 1].reduce((sum, a) => {
      const z = (action![a]! - given.output[a]!) / sigmas[a]!;
      return sum - 0.5 * z * z - Math.log(sigmas[a]!) - 0.5 * Math.log(2 * Math.PI);
    }, 0);
    expect(logProb![0]).toBeCloseTo(byHand, 4);
  });

  it("can be renewed row by row", async () => {
    const each = t.cast(t.less(t.iota([rows], 0), 2), "i32");
    const [noiseAfter] = await run([head.explore!(inputs, state, 0, each).exploration], given);
    expect(noiseAfter!.slice(12)).toEqual(given.noise.slice(12));
    expect(noiseAfter!.slice(0, 12)).not.toEqual(given.noise.slice(0, 12));
  });

  it("passes no gradient to the features, but one to the scales", () => {
    const feature = t.input("features", [1, featureCount]);
    const mean = t.input("output", [1, actionSize]);
    const distribution = head.distribution(head.parametersOf({ output: mean, features: feature, parameters }));
    const gradients = t.grad(t.sum(distribution.logProb(t.full([1, actionSize], 0.5))), [
      feature,
      parameters["head.logStd"],
    ]);
    const [none, some] = evaluate(gradients, given);
    expect(none!.every((value) => value === 0)).toBe(true);
    expect(some!.every((value) => value !== 0)).toBe(true);
  });
});
