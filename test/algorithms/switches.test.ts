import { describe, expect, it, vi } from "vitest";
import { codeLevelOf } from "../../src/algorithms/presets.ts";
import { algorithms, findAlgorithm } from "../../src/algorithms/registry.ts";
import type { Trainer } from "../../src/algorithms/trainer.ts";
import type { WasmBuffer } from "../../src/devices/wasm/wasm-device.ts";
import { createTrainer, type PartialHyperparameters, type TrainerOptions } from "../../src/index.ts";
import { maskedWalk, target } from "../support/training-environments.ts";

const tiny = { horizon: 16, networks: { hidden: [8] }, valueMinibatchSize: 16, minibatchSize: 16, epochs: 3 } as const;
const base: TrainerOptions = { algorithm: "mdpo", device: "wasm", envs: 4, steps: 640 };

/** On an own environment, for which there are no presets. */
const trainerOf = (
  hyperparameters: PartialHyperparameters = {}, options: TrainerOptions = {}, environment: any = maskedWalk,
): Promise<Trainer> =>
  createTrainer(environment, { ...base, ...options, hyperparameters: { ...tiny, ...hyperparameters } });

/** What an update program was given or left behind. */
const valuesOf = (trainer: Trainer, name: string, program = 0): number[] =>
  [...(trainer.programs[program]!.buffer(name) as WasmBuffer).view()];

describe("schedules", () => {
  it("MDPO's step size goes from 1 to 1/iterations; learning rates and the clip range follow theirs", async () => {
    const trainer = await trainerOf({ learningRate: { from: 0.01, to: 0 }, clipRange: { from: 0.4, to: 0.2 } });
    const seen: number[][] = [];
    for await (const _ of trainer) seen.push(valuesOf(trainer, "schedule"));
    seen.forEach(([learningRate, valueLearningRate, stepSize, clipRange], k) => {
      expect(stepSize).toBeCloseTo(1 - k / 10, 6);
      expect(learningRate).toBeCloseTo(0.01 * (1 - k / 10), 8);
      expect(valueLearningRate).toBe(Math.fround(1e-3));
      expect(clipRange).toBeCloseTo(0.4 - 0.02 * k, 6);
    });
    expect(seen).toHaveLength(10);
    trainer.dispose();
  });

  it("the step size stays at 1/iterations beyond the planned end", async () => {
    const trainer = await trainerOf({}, { steps: 128 });
    for (let i = 0; i < 4; i++) await trainer.update();
    expect(valuesOf(trainer, "schedule")[2]).toBe(0.5);
    trainer.dispose();
  });
});

describe("terms of weight zero are not traced", () => {
  it.each(["mdpo", "ppo", "trpo", "a2c"])("%s", async (algorithm) => {
    const none = { entropyCoefficient: 0, klStop: 0, valueClipRange: 0 };
    const instructionsWith = async (terms: PartialHyperparameters): Promise<number> => {
      const trainer = await trainerOf({ ...none, ...terms }, { algorithm });
      const stops = trainer.programs.some(({ program }) => program.inputs.has("active"));
      expect(stops).toBe((terms.klStop ?? 0) > 0 && algorithm !== "trpo");
      const total = trainer.programs.reduce((sum, { program: { kernels } }) =>
        sum + kernels.reduce((inner, each) => inner + (each.kind === "map" ? each.instructions.length : 0), 0), 0);
      trainer.dispose();
      return total;
    };
    const bare = await instructionsWith({});
    expect(await instructionsWith({ entropyCoefficient: 0.01 })).toBeGreaterThan(bare);
    expect(await instructionsWith({ valueClipRange: 0.2 })).toBeGreaterThan(bare);
    if (algorithm !== "trpo") expect(await instructionsWith({ klStop: 0.01 })).toBeGreaterThan(bare);
  });

  it("the entropy bonus holds a policy back from a certain choice", async () => {
    const easy = target({ kind: "box", shape: [1], low: 0, high: 1 }, [1], { kind: "discrete", n: 3 }, (a) => a === 0);
    const entropyAfter = async (entropyCoefficient: number): Promise<number> => {
      const learningRate = { from: 0.03, to: 0 };
      const trainer = await trainerOf({ entropyCoefficient, learningRate }, { steps: 1280 }, easy);
      let entropy = 0;
      for await (const { losses } of trainer) entropy = losses.entropy!;
      trainer.dispose();
      return entropy;
    };
    expect(await entropyAfter(0)).toBeLessThan(0.5);
    expect(await entropyAfter(10)).toBeGreaterThan(1);
  });
});

describe("klStop", () => {
  it("stops an iteration's steps where the divergence first passes the limit", async () => {
    const full = { ...tiny, minibatchSize: 64 };
    const one = await trainerOf({ ...full, epochs: 1 }, { algorithm: "ppo" });
    const stopped = await trainerOf({ ...full, epochs: 6, klStop: 1e-12 }, { algorithm: "ppo" });
    const free = await trainerOf({ ...full, epochs: 6, klStop: 1e6 }, { algorithm: "ppo" });
    const never = await trainerOf({ ...full, epochs: 6 }, { algorithm: "ppo" });
    for (const trainer of [one, stopped, free, never]) await trainer.update();
    // At the first step the divergence is 0; at the second it is not.
    expect(valuesOf(stopped, "policyMetrics").at(-1)).toBe(1);
    expect(valuesOf(free, "policyMetrics").at(-1)).toBe(6);
    expect(valuesOf(stopped, "policyParameters")).toEqual(valuesOf(one, "policyParameters"));
    expect(valuesOf(stopped, "valueParameters")).toEqual(valuesOf(one, "valueParameters"));
    expect(valuesOf(free, "policyParameters")).toEqual(valuesOf(never, "policyParameters"));
    expect(valuesOf(free, "policyParameters")).not.toEqual(valuesOf(one, "policyParameters"));
    // The next iteration begins afresh.
    await stopped.update();
    expect(valuesOf(stopped, "policyMetrics").at(-1)).toBeGreaterThan(0);
    for (const trainer of [one, stopped, free, never]) trainer.dispose();
  });
});

describe("what the record says of a step", () => {
  it("the clip fraction: no ratio leaves a wide range, most leave a narrow one, none where nothing clips", async () => {
    const fraction = async (clipRange: number, algorithm = "ppo"): Promise<number | undefined> => {
      const trainer = await trainerOf({ ...tiny, epochs: 6, clipRange }, { algorithm });
      const { losses } = await trainer.update();
      trainer.dispose();
      return losses.clipFraction;
    };
    expect(await fraction(1e6)).toBe(0);
    const narrow = (await fraction(1e-6))!;
    expect(narrow).toBeGreaterThan(0.5);
    expect(narrow).toBeLessThanOrEqual(1);
    expect(await fraction(0.2, "kl-ppo")).toBeUndefined();
  });

  it("the step size t_k of methods that weigh a divergence by it", async () => {
    const trainer = await trainerOf({ ...tiny, stepSize: { from: 1, to: 0.5 } }, { algorithm: "mdpo" });
    const sizes: (number | undefined)[] = [];
    for await (const { losses } of trainer) sizes.push(losses.stepSize);
    trainer.dispose();
    expect(sizes[0]).toBe(1);
    expect(sizes.at(-1)).toBeLessThan(0.6);
    const ppo = await trainerOf(tiny, { algorithm: "ppo" });
    expect((await ppo.update()).losses).not.toHaveProperty("stepSize");
    ppo.dispose();
  });
});

describe("klStop on minibatches", () => {
  it("once passed, the limit ends the iteration, though later minibatches may diverge less", async () => {
    const options = { algorithm: "ppo" } as const;
    const hyperparameters = { ...tiny, minibatchSize: 4, epochs: 4, learningRate: 0.003 };
    const seen: number[] = [];
    for (const klStop of [1e-6, 1e-5, 1e-4, 1e-3]) {
      const stopped = await trainerOf({ ...hyperparameters, klStop }, options);
      await stopped.update();
      const steps = valuesOf(stopped, "policyMetrics").at(-1)!;
      const free = await trainerOf(hyperparameters, options);
      const [program] = free.programs;
      const run = program!.run.bind(program);
      vi.spyOn(program!, "run").mockImplementation(() => run(steps));
      await free.update();
      expect(valuesOf(stopped, "policyParameters")).toEqual(valuesOf(free, "policyParameters"));
      seen.push(steps);
      for (const trainer of [stopped, free]) trainer.dispose();
    }
    expect(seen.filter((steps) => steps > 1 && steps < 64).length).toBeGreaterThan(1);
  });
});

describe("gradient clipping", () => {
  it("scales the gradient to the norm, and 0 leaves it", async () => {
    // After one step Adam's first moment is a tenth of the gradient.
    const momentOf = async (maxGradientNorm: number): Promise<number[]> => {
      const trainer = await trainerOf({ maxGradientNorm, innerSteps: 1 });
      await trainer.update();
      const moment = valuesOf(trainer, "policy.mean");
      trainer.dispose();
      return moment;
    };
    const norm = (x: readonly number[]): number => Math.sqrt(x.reduce((sum, each) => sum + each * each, 0));
    const free = await momentOf(0);
    const clipped = await momentOf(0.001);
    expect(norm(clipped)).toBeCloseTo(0.1 * 0.001, 7);
    const factor = norm(clipped) / norm(free);
    clipped.forEach((x, i) => expect(Math.abs(x - factor * free[i]!)).toBeLessThan(1e-9));
  });
});

describe("the authors' code", () => {
  const paperCode: TrainerOptions = { fidelity: "paper-code" };

  it("lists what it switches, and only MDPO has it", async () => {
    expect(algorithms.find(({ id }) => id === "mdpo")!.paperCode!.switches).toHaveLength(5);
    await expect(trainerOf({}, { ...paperCode, algorithm: "ppo" })).rejects.toMatchObject({ code: "invalid-option" });
  });

  it("begins with a step size above 1", async () => {
    const trainer = await trainerOf({}, paperCode);
    const seen: number[] = [];
    for await (const _ of trainer) seen.push(valuesOf(trainer, "schedule")[2]!);
    seen.forEach((stepSize, k) => expect(stepSize).toBeCloseTo(1.1 - k / 10, 6));
    trainer.dispose();
  });

  it("keeps the learning rates at 3e-4 and clips values, unless told otherwise", async () => {
    const trainer = await trainerOf({}, paperCode);
    const { hyperparameters } = trainer.plan;
    expect(hyperparameters).toMatchObject({ learningRate: 3e-4, valueLearningRate: 3e-4, valueClipRange: 0.2 });
    expect((await trainerOf({ learningRate: 0.5 }, paperCode)).plan.hyperparameters.learningRate).toBe(0.5);
    trainer.dispose();
  });

  it("starts with another old policy: the divergence is not 0 at the first step, and is from the second iteration on",
    async () => {
    const divergences = async (options: TrainerOptions): Promise<number[]> => {
      const trainer = await trainerOf({ innerSteps: 1 }, options);
      const first = (await trainer.update()).losses.kl!;
      const second = (await trainer.update()).losses.kl!;
      const third = (await trainer.update()).losses.kl!;
      trainer.dispose();
      return [first, second, third];
    };
    const [first, second, third] = await divergences(paperCode);
    expect(first).toBeGreaterThan(1e-7);
    expect([second, third].map((x) => Math.abs(x!) < 1e-7)).toEqual([true, true]);
    for (const kl of await divergences({})) expect(Math.abs(kl)).toBeLessThan(1e-7);
  });

  it("takes a cut episode as ended: its last step is worth its reward alone", async () => {
    const always = target({ kind: "box", shape: [1], low: 0, high: 1 }, [1], { kind: "discrete", n: 2 }, () => true);
    const lastReturns = async (options: TrainerOptions): Promise<number[]> => {
      const trainer = await trainerOf({ normalizeRewards: false, normalizeObservations: false }, options, always);
      await trainer.update();
      const critic = 1;
      const returns = valuesOf(trainer, "returns", critic);
      trainer.dispose();
      // Episodes are cut after eight steps; rows are [step, copy] with four copies.
      return [7, 15].flatMap((step) => returns.slice(4 * step, 4 * step + 4));
    };
    for (const value of await lastReturns(paperCode)) expect(value).toBeCloseTo(1, 5);
    for (const value of await lastReturns({})) expect(Math.abs(value - 1)).toBeGreaterThan(1e-3);
  });

  it("divides by the bare deviation of the advantages: equal ones break it", async () => {
    // Where nothing is seen and nothing is paid every value and advantage is exactly 0.
    const never = target({ kind: "box", shape: [1], low: 0, high: 1 }, [0], { kind: "discrete", n: 2 }, () => false);
    const broken = await trainerOf({}, paperCode, never);
    await expect(broken.update()).rejects.toMatchObject({ code: "numerical-failure" });
    const mended = await trainerOf({}, {}, never);
    expect((await mended.update()).losses.objective).toBe(0);
  });
});

describe("the code-level choices", () => {
  it("are one switch each, and hyperparameters of the caller win", async () => {
    for (const codeLevel of ["loaded", "minimal"] as const) {
      const trainer = await trainerOf({}, { codeLevel });
      const { networks, ...rest } = codeLevelOf(findAlgorithm("mdpo"), codeLevel);
      expect(trainer.plan.hyperparameters).toMatchObject(rest);
      expect(trainer.plan.hyperparameters.networks).toMatchObject({ ...networks, hidden: [8] });
      await trainer.update();
      trainer.dispose();
    }
    const trainer = await trainerOf({ gaeLambda: 0.5 }, { codeLevel: "minimal" });
    expect(trainer.plan.hyperparameters.gaeLambda).toBe(0.5);
    trainer.dispose();
  });
});

describe("Tsallis indices", () => {
  it("1 is KL to the bit; others differ", async () => {
    const hashOf = async (hyperparameters: PartialHyperparameters): Promise<string> => {
      const trainer = await trainerOf(hyperparameters);
      for (let i = 0; i < 2; i++) await trainer.update();
      const hash = trainer.policy.parametersHash();
      trainer.dispose();
      return hash;
    };
    const plain = await hashOf({});
    expect(await hashOf({ tsallisIndex: 1 })).toBe(plain);
    expect(await hashOf({ tsallisIndex: 1.5 })).not.toBe(plain);
  });
});
