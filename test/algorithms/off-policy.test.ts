import { describe, expect, test } from "vitest";
import { createTrainer, type EnvironmentArgument, type TrainerOptions } from "../../src/index.ts";
import { describeOnGpu, sharedDevice } from "../support/webgpu.ts";
import { forgetfulWalk, maskedWalk, target } from "../support/training-environments.ts";

const methods = ["mdpo-off-policy", "sac", "td3", "ddpg"] as const;
const box = { kind: "box", shape: [1], low: -1, high: 1 } as const;
const forward = target(box, [0.5], { kind: "box", shape: [1], low: -2, high: 4 }, ([x]: Float32Array) => x! > 2);

const options = (
  algorithm: string, hyperparameters: TrainerOptions["hyperparameters"] = {}, rest: TrainerOptions = {},
): TrainerOptions => ({
  algorithm, seed: 9, envs: 2, steps: 2 * 16 * 6, device: "wasm", ...rest,
  hyperparameters: {
    horizon: 16, warmupSteps: 20, batchSize: 8, bufferSize: 60, snapshotEvery: 7, networks: { hidden: [8] },
    ...hyperparameters,
  },
});

async function stateAfter(environment: EnvironmentArgument | undefined, given: TrainerOptions, updates: number) {
  const trainer = await createTrainer(environment, given);
  let losses: Readonly<Record<string, number>> = {};
  for (let i = 0; i < updates; i++) losses = (await trainer.update()).losses;
  const result = { hash: trainer.stateHash(), bytes: await trainer.checkpoint(), losses };
  trainer.dispose();
  return result;
}

type Case = [string, EnvironmentArgument, TrainerOptions];

const cases: Case[] = [
  ...methods.map((id): Case => [`${id} on Pendulum-v1`, "Pendulum-v1", options(id)]),
  ["mdpo-off-policy, Tsallis", "Pendulum-v1", options("mdpo-off-policy", { tsallisIndex: 1.5 })],
  ["mdpo-off-policy, hard", "Pendulum-v1", options("mdpo-off-policy", { temperature: 0 })],
  ["mdpo-off-policy as the authors' code", "Pendulum-v1", options("mdpo-off-policy", {}, { fidelity: "paper-code" })],
  ["mdpo-off-policy, learned temperature", "Pendulum-v1", options("mdpo-off-policy", { temperature: "learned" })],
  ["mdpo-off-policy on discrete actions", "CartPole-v1", options("mdpo-off-policy", { tsallisIndex: 2 })],
  ["sac on discrete actions with masks", maskedWalk, options("sac")],
  ["ampo with masks", maskedWalk, options("ampo")],
  ["sac with a V network, a delayed policy and hard targets", "Pendulum-v1",
    options("sac", { valueNetwork: true, temperature: 0.2, policyDelay: 2, targetRate: 1, targetEvery: 3 })],
  ["greedy-actor-critic", "Pendulum-v1", options("greedy-actor-critic")],
  ["greedy-actor-critic with masks", maskedWalk, options("greedy-actor-critic")],
  ["sac with proximal critics", "Pendulum-v1", options("sac", { proximalShare: 0.1 })],
  ["sac, three rewards a return, half a step a step", "Pendulum-v1",
    options("sac", { returnSteps: 3, updatesPerStep: 0.5 })],
  ["sac, normalized observations, correlated noise", "Pendulum-v1",
    options("sac", { normalizeObservations: true, exploration: { kind: "autoregressive", correlation: 0.7 } })],
  ["ddpg with the noise of its paper", "Pendulum-v1",
    options("ddpg", { exploration: { kind: "autoregressive", correlation: 0.85 }, explorationNoise: 0.38 })],
];

describe("a resumed run has the bits of one that was never stopped, replay ring included", () => {
  test.each(cases)("%s", async (_, environment, given) => {
    const whole = await stateAfter(environment, given, 5);
    expect(Object.values(whole.losses).every(Number.isFinite)).toBe(true);
    const begun = await stateAfter(environment, given, 3);
    expect((await stateAfter(environment, { resume: begun.bytes }, 2)).hash).toBe(whole.hash);
    const start = await stateAfter(environment, given, 0);
    expect((await stateAfter(environment, { resume: start.bytes }, 5)).hash).toBe(whole.hash);
  });

  test("an environment that cannot be restored goes on with fresh episodes, the old ones counting as cut", async () => {
    const given = options("sac");
    const begun = await stateAfter(forgetfulWalk, given, 2);
    const trainer = await createTrainer(forgetfulWalk, { resume: begun.bytes });
    for (let i = 0; i < 3; i++) {
      const { losses } = await trainer.update();
      expect(Object.values(losses).every(Number.isFinite)).toBe(true);
    }
    trainer.dispose();
  });

  test("pauses change nothing", async () => {
    const given = options("mdpo-off-policy");
    const whole = await stateAfter("Pendulum-v1", given, 3);
    const trainer = await createTrainer("Pendulum-v1", given);
    while (trainer.iteration < 3) await trainer.advance({ budgetMs: 1e-6 });
    expect(trainer.stateHash()).toBe(whole.hash);
    trainer.dispose();
  });
});

describe("gradient steps", () => {
  test.each([
    [{}, 64 - 20], [{ updatesPerStep: 2 }, 2 * 44], [{ updatesPerStep: 0.25 }, 11], [{ warmupSteps: 0 }, 64],
    [{ trainFrequency: 8 }, 44], [{ warmupSteps: 100 }, 0],
  ])("with %j there are %i after 64 environment steps", async (hyperparameters, wanted) => {
    const trainer = await createTrainer("Pendulum-v1", options("sac", hyperparameters));
    for (let i = 0; i < 2; i++) await trainer.update();
    const bytes = await trainer.checkpoint();
    const text = new TextDecoder().decode(bytes.subarray(0, 20_000));
    expect(Number(/updates\\*":(\d+)/.exec(text)![1])).toBe(wanted);
    trainer.dispose();
  });

  test("each is one program: critics, policy, temperature and targets together", async () => {
    for (const [id, programs] of [["mdpo-off-policy", 1], ["sac", 1], ["ddpg", 1], ["td3", 2]] as const) {
      const trainer = await createTrainer("Pendulum-v1", options(id));
      expect(trainer.programs.length, id).toBe(programs);
      trainer.dispose();
    }
    const trainer = await createTrainer("Pendulum-v1", options("mdpo-off-policy"));
    expect(trainer.programs[0]!.program.kernels.length).toBeLessThanOrEqual(90);
    trainer.dispose();
  });

  test("a learned temperature falls while the policy is more random than asked, and rises while less", async () => {
    const temperatureWith = async (targetEntropy: number): Promise<number> => {
      const given = options("sac", { targetEntropy, learningRate: 0.01 });
      return (await stateAfter("Pendulum-v1", given, 4)).losses.temperature!;
    };
    expect(await temperatureWith(-5)).toBeLessThan(0.9);
    expect(await temperatureWith(3)).toBeGreaterThan(1.1);
  });

  test("after the warm-up the authors' code acts with the mean, the paper's form draws", async () => {
    const actionsOf = async (fidelity: "paper" | "paper-code"): Promise<number> => {
      const still = { learningRate: 0, valueLearningRate: 0, horizon: 40 };
      const given = options("mdpo-off-policy", still, { fidelity, envs: 1 });
      const seen = new Set<number>();
      const recording = (): any => {
        const environment = forward();
        const step = (action: Float32Array) => {
          seen.add(action[0]!);
          return environment.step(action);
        };
        return { ...environment, step };
      };
      const trainer = await createTrainer(recording, given);
      await trainer.update();
      seen.clear();
      await trainer.update();
      trainer.dispose();
      return seen.size;
    };
    expect(await actionsOf("paper-code")).toBe(1);
    expect(await actionsOf("paper")).toBeGreaterThan(20);
  });
});

describe("learning", () => {
  test.each([...methods, "greedy-actor-critic"])("%s finds the half of the box that pays", async (algorithm) => {
    const trainer = await createTrainer(forward, options(algorithm, {
      batchSize: 32, bufferSize: 1000, learningRate: 0.01, valueLearningRate: 0.01, horizon: 64, discount: 0.5,
    }, { steps: 640 }));
    for await (const _ of trainer);
    const action = trainer.policy.act([0.5]) as Float32Array;
    expect(action[0]).toBeGreaterThan(2);
    expect(action[0]).toBeLessThanOrEqual(4);
    trainer.dispose();
  });

  test.each([
    "mdpo-off-policy", "sac", "mdac", "ampo", "dual-approximation-policy-optimization", "greedy-actor-critic",
  ])("%s walks to the end with discrete actions and masks", async (algorithm) => {
    const trainer = await createTrainer(maskedWalk, options(algorithm, {
      batchSize: 32, bufferSize: 2000, learningRate: 0.01, valueLearningRate: 0.01, temperature: 0.02, horizon: 64,
    }, { steps: 1920 }));
    let mean = 0;
    for await (const { meanReturn } of trainer) mean = meanReturn ?? 0;
    expect(mean).toBeGreaterThan(0.7);
    trainer.dispose();
  });
});

describe("bad input", () => {
  const failing = (environment: EnvironmentArgument, given: TrainerOptions) => createTrainer(environment, given);
  const several = target(box, [0.5], { kind: "multi-discrete", nvec: [2, 2] }, () => true);

  test("actions that a method has no critic for are named", async () => {
    await expect(failing(several, options("sac"))).rejects.toMatchObject(
      { code: "invalid-space", message: expect.stringContaining("box or discrete") });
    await expect(failing("Pendulum-v1", options("ampo"))).rejects.toMatchObject(
      { code: "invalid-space", message: expect.stringMatching(/ampo takes discrete actions, these are box/) });
    await expect(failing("CartPole-v1", options("td3"))).rejects.toMatchObject(
      { code: "invalid-space", message: expect.stringContaining("td3") });
  });

  test("a replay ring larger than memory is refused with the sizes", async () => {
    await expect(failing("Pendulum-v1", options("sac", { bufferSize: 1e9 }))).rejects.toMatchObject(
      { code: "out-of-memory", message: expect.stringMatching(/bufferSize.*1000000000.*MB/) });
  });

  test("options that do not fit are named", async () => {
    const rejects = (hyperparameters: any, pattern: RegExp) =>
      expect(failing("Pendulum-v1", options("sac", hyperparameters))).rejects.toMatchObject(
        { code: "invalid-option", message: expect.stringMatching(pattern) });
    await rejects({ trainFrequency: 5 }, /trainFrequency.*divisor.*16.*5/);
    await rejects({ temperature: "auto" }, /temperature.*"learned".*"auto"/);
    await rejects({ critics: 3 }, /critics.*at most 2/);
    await rejects({ targetRate: -0.1 }, /targetRate/);
    const trainer = await createTrainer("Pendulum-v1", options("sac"));
    expect(() => trainer.stateHash({ parts: ["polcy" as never] })).toThrowError(/polcy.*policy, critics, targets/);
    trainer.dispose();
  });
});

describeOnGpu("on webgpu", () => {
  const onGpu = ["mdpo-off-policy", "mdac"];
  test.each(onGpu)("%s: gradient steps from the same replay agree with wasm", async (algorithm) => {
    await sharedDevice();
    const given = options(algorithm, { warmupSteps: 28, batchSize: 4, networks: { hidden: [4] } });
    const run = async (device: "wasm" | "webgpu") => {
      const trainer = await createTrainer("Pendulum-v1", { ...given, device });
      const { losses } = await trainer.update();
      const { parameters } = trainer.policy.weights;
      trainer.dispose();
      return { losses, parameters };
    };
    const [wasm, webgpu] = [await run("wasm"), await run("webgpu")];
    const difference = wasm.parameters.reduce((sum, x, i) => sum + (x - webgpu.parameters[i]!) ** 2, 0);
    const norm = wasm.parameters.reduce((sum, x) => sum + x * x, 0);
    expect(Math.sqrt(difference / norm)).toBeLessThan(1e-4);
    expect(webgpu.losses.valueLoss).toBeCloseTo(wasm.losses.valueLoss!, 3);
  });
});
