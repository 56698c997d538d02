import { expect, it } from "vitest";
import type { TrainerOptions } from "../../src/algorithms/trainer-options.ts";
import { createTrainer } from "../../src/index.ts";
import { deviation } from "../support/differentiable.ts";
import { replayedTraining } from "../support/replayed-training.ts";
import { describeOnGpu, sharedDevice } from "../support/webgpu.ts";

// Small batches: a software GPU takes up to a second to compile a kernel.

const shared = {
  horizon: 16, networks: { hidden: [16, 16], activation: "tanh", layerNorm: false, initializer: "orthogonal" },
  standardizeAdvantages: true, normalizeObservations: true, normalizeRewards: true, entropyCoefficient: 0, klStop: 0,
  maxGradientNorm: 0.5, gaeLambda: 0.95, tsallisIndex: 1, adamEpsilon: 1e-5,
} as const;

const mdpo: TrainerOptions = {
  algorithm: "mdpo", seed: 2, envs: 4, steps: 1280,
  hyperparameters: {
    ...shared, learningRate: 1e-3, valueLearningRate: 1e-3, stepSize: { from: 1, to: 0 }, innerSteps: 10,
    valueEpochs: 2, valueMinibatchSize: 32, valueClipRange: 0, discount: 0.99,
  },
};
const ppo: TrainerOptions = {
  algorithm: "ppo", seed: 2, envs: 4, steps: 1280,
  hyperparameters: {
    ...shared, learningRate: 1e-3, epochs: 4, minibatchSize: 32, clipRange: 0.2, valueClipRange: 0.2,
    valueCoefficient: 0.5, discount: 0.9, initialLogStd: 0, squash: false, stateDependentStd: false,
    exploration: { kind: "independent" },
  },
};

describeOnGpu("training on webgpu", () => {
  it.each([
    ["mdpo", "CartPole-v1", mdpo, 2], ["ppo", "Pendulum-v1", ppo, 1],
  ] as const)("%s on %s stays with wasm on the same rollouts: 1e-5 after one iteration, 1e-4 after five",
    async (_, environment, options, programs) => {
    const gpu = await sharedDevice();
    const training = await replayedTraining(environment, options);
    const onWasm = await training.learnerOn("wasm");
    const onGpu = await training.learnerOn(gpu);
    const start = Float32Array.from(onWasm.policyParameters.view());
    for (let iteration = 1; iteration <= 5; iteration++) {
      const before = gpu.counters.submits;
      await training.iterate([onWasm, onGpu]);
      expect(gpu.counters.submits - before, "one submit an update program").toBe(programs);
      for (const name of ["policyParameters", "valueParameters"] as const) {
        const { norm } = deviation(onGpu[name].view(), onWasm[name].view());
        expect(norm, `${name} after ${iteration}`).toBeLessThan(iteration === 1 ? 1e-5 : 1e-4);
      }
    }
    // and there was something to agree on
    expect(deviation(onWasm.policyParameters.view(), start).norm).toBeGreaterThan(1e-3);
    onGpu.learner.dispose();
  }, 240_000);

  it("a trainer runs its updates there, acts with what it learned, and resumes", async () => {
    const { gpu } = await sharedDevice();
    const trainer = await createTrainer("CartPole-v1", { ...mdpo, device: gpu });
    const first = trainer.policy.parametersHash();
    await trainer.update();
    expect(trainer.policy.parametersHash()).not.toBe(first);
    expect(trainer.summary()).toMatchObject({ device: "webgpu", steps: 64 });
    expect([0, 1]).toContain(trainer.policy.act([0, 0, 0, 0]));
    const bytes = await trainer.checkpoint();
    await trainer.update();
    const resumed = await createTrainer("CartPole-v1", { device: gpu, resume: bytes });
    await resumed.update();
    // The same adapter repeats itself.
    expect(resumed.stateHash()).toBe(trainer.stateHash());
    trainer.dispose();
    resumed.dispose();
    // The page's own device is not destroyed with its trainers.
    const last = await createTrainer("CartPole-v1", { ...mdpo, device: gpu });
    await last.update();
    last.dispose();
  }, 240_000);
});
