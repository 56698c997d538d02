import { describe, expect, it } from "vitest";
import { createTrainer, list, type TrainerOptions } from "../../src/index.ts";
import golden from "../golden/hashes.json" with { type: "json" };
import "../support/mujoco.ts";

// The same bits in every engine: this test runs in Node, Deno and Chromium and expects one set of hashes. Every option
// is given, so that presets and defaults may change. When the arithmetic itself changes on purpose, run this test in
// one runtime and put what it received into test/golden/hashes.json (and into the README); the others then have to
// agree.

const iterations = 50;

const shared = {
  stepSize: { from: 1, to: 0 }, innerSteps: 10, epochs: 10, minibatchSize: 64, valueEpochs: 5, valueMinibatchSize: 64,
  discount: 0.99, gaeLambda: 0.95, clipRange: 0.2, valueClipRange: 0.2, klStop: 0, entropyCoefficient: 0.001,
  valueCoefficient: 0.5, maxGradientNorm: 0.5, adamEpsilon: 1e-5, tsallisIndex: 1, standardizeAdvantages: true,
  normalizeObservations: true, normalizerShare: 1, normalizeRewards: true, klRadius: 0.01, naturalStepSize: 0.1,
  conjugateGradientSteps: 10, damping: 0.1, lineSearchSteps: 10,
  initialLogStd: 0, stateDependentStd: false, squash: false, scaleActions: false, exploration: { kind: "independent" },
  valueGain: 1, networks: { hidden: [64, 64], activation: "tanh", layerNorm: false, initializer: "orthogonal" },
} as const;

const replay = {
  horizon: 10, batchSize: 32, bufferSize: 400, warmupSteps: 100, trainFrequency: 1, updatesPerStep: 1, returnSteps: 2,
  snapshotEvery: 50, temperature: 0.2, initialTemperature: 1, targetEntropy: "auto", critics: 2, valueNetwork: true,
  targetRate: 0.005, targetEvery: 1, proximalShare: 0, policyDelay: 1, stepSize: 2, stateDependentStd: true,
  squash: true,
} as const;

const runs: Record<keyof typeof golden, [string, TrainerOptions]> = {
  "mdpo on CartPole-v1": ["CartPole-v1", {
    algorithm: "mdpo", seed: 1, envs: 8, steps: iterations * 8 * 32, device: "wasm",
    hyperparameters: { ...shared, horizon: 32, learningRate: { from: 3e-3, to: 0 }, valueLearningRate: 1e-3 },
  }],
  "ppo on Pendulum-v1": ["Pendulum-v1", {
    algorithm: "ppo", seed: 1, envs: 4, steps: iterations * 4 * 64, device: "wasm",
    hyperparameters: { ...shared, horizon: 64, learningRate: 1e-3, valueLearningRate: 1e-3, discount: 0.9 },
  }],
  "mdpo on Hopper-v5": ["Hopper-v5", {
    algorithm: "mdpo", seed: 1, envs: 2, steps: iterations * 2 * 32, device: "wasm",
    hyperparameters: { ...shared, horizon: 32, learningRate: 3e-4, valueLearningRate: 1e-3 },
  }],
  "mdpo-off-policy on Hopper-v5": ["Hopper-v5", {
    algorithm: "mdpo-off-policy", seed: 1, envs: 1, steps: iterations * 10, device: "wasm",
    hyperparameters: { ...shared, ...replay, learningRate: 1e-3, valueLearningRate: 1e-3 },
  }],
};

it("nothing is left to defaults, so that hashes change with the arithmetic alone", () => {
  for (const [, { algorithm, hyperparameters }] of Object.values(runs)) {
    const read = list("algorithms").find(({ id }) => id === algorithm)!.hyperparameters.map(({ name }) => name);
    expect(read.filter((name) => !(name in hyperparameters!))).toEqual([]);
  }
});

describe(`after ${iterations} iterations the parameters have one hash in every runtime`, () => {
  it.each(Object.keys(runs) as (keyof typeof golden)[])("%s", async (name) => {
    const [environment, options] = runs[name];
    const trainer = await createTrainer(environment, options);
    for await (const _ of trainer);
    expect(trainer.iteration).toBe(iterations);
    expect({ [name]: trainer.policy.parametersHash() }).toEqual({ [name]: golden[name] });
    trainer.dispose();
  });
});
