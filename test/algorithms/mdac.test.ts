import { describe, expect, it } from "vitest";
import { createTrainer, type EnvironmentArgument, type PartialHyperparameters } from "../../src/index.ts";
import { target } from "../support/training-environments.ts";

const parts = ["policy", "critics", "targets"] as const;
const small: PartialHyperparameters = {
  horizon: 4, warmupSteps: 0, batchSize: 16, networks: { hidden: [16] }, bufferSize: 500,
};

async function trainerOf(
  algorithm: string, environment: EnvironmentArgument, own: PartialHyperparameters = {}, steps = 800,
) {
  return await createTrainer(environment, {
    algorithm, seed: 3, steps, device: "wasm", envs: 2, hyperparameters: { ...small, ...own },
  });
}

describe("MDAC without a share of the advantage and without a bound is SAC to the bit", () => {
  it.each(["Pendulum-v1", "CartPole-v1"])("on %s, learned temperature", async (environment) => {
    const [mdac, sac] = await Promise.all([
      trainerOf("mdac", environment, { advantageShare: 0, advantageBound: "none" }), trainerOf("sac", environment),
    ]);
    const first = sac.stateHash({ parts });
    while (!sac.isDone) {
      await Promise.all([mdac.update(), sac.update()]);
      expect(mdac.stateHash({ parts }), `step ${sac.step}`).toBe(sac.stateHash({ parts }));
    }
    expect(sac.stateHash({ parts })).not.toBe(first);
    mdac.dispose();
    sac.dispose();
  });
});

describe("MDAC", () => {
  const box = { kind: "box", shape: [1], low: -1, high: 1 } as const;
  const upperHalf = target(box, [0.5], { kind: "box", shape: [1], low: -2, high: 4 }, ([x]: Float32Array) => x! > 2);
  const quick: PartialHyperparameters = {
    horizon: 64, batchSize: 32, learningRate: 0.01, valueLearningRate: 0.01, discount: 0.5, warmupSteps: 20,
  };

  it.each(["clip", "tanh"] as const)("finds the half of the box that pays, bound: %s", async (advantageBound) => {
    const trainer = await trainerOf("mdac", upperHalf, { ...quick, advantageBound }, 1280);
    for await (const _ of trainer);
    expect((trainer.policy.act([0.5]) as Float32Array)[0]).toBeGreaterThan(2);
    trainer.dispose();
  });

  it("goes on from a checkpoint to the same bits, actions of the warm-up included", async () => {
    const own: PartialHyperparameters = { warmupSteps: 20, horizon: 8 };
    const whole = await trainerOf("mdac", "Pendulum-v1", own);
    for (let i = 0; i < 5; i++) await whole.update();
    const begun = await trainerOf("mdac", "Pendulum-v1", own);
    for (let i = 0; i < 3; i++) await begun.update();
    const resumed = await createTrainer("Pendulum-v1", { resume: await begun.checkpoint() });
    for (let i = 0; i < 2; i++) await resumed.update();
    expect(resumed.stateHash()).toBe(whole.stateHash());
    for (const trainer of [whole, begun, resumed]) trainer.dispose();
  });

  it("refuses a bound that it does not know", async () => {
    await expect(trainerOf("mdac", "Pendulum-v1", { advantageBound: "sigmoid" as never })).rejects.toMatchObject(
      { code: "invalid-option", message: expect.stringMatching(/advantageBound.*"clip", "tanh", "none".*sigmoid/) });
    await expect(trainerOf("mdac", "Pendulum-v1", { advantageBound: 3 as never })).rejects.toMatchObject(
      { code: "invalid-option", message: expect.stringMatching(/"clip", "tanh", "none"/) });
  });
});
