import { describe, expect, it } from "vitest";
import { table } from "../src/agent/hyperparameters.ts";
import { describeAnchors, frozen, oldPolicy } from "../src/anchors/anchor.ts";
import { maskedWalk, target } from "./support/training-environments.ts";
import { createTrainer, list, type PartialHyperparameters } from "../src/index.ts";

const entries = list("algorithms");

describe("list", () => {
  it("names algorithms with their six choices, environments, objectives and estimators", () => {
    expect(entries.map(({ id }) => id)).toEqual(
      [
        "mdpo", "mdpo-off-policy", "ppo", "trpo", "npg", "a2c", "reinforce", "reinforce-without-baseline",
        "sac", "td3", "ddpg", "mdpo-tsallis", "mdpo-euclidean", "smdpo", "online-mirror-descent",
        "magnetic-mirror-descent", "warp", "v-mpo", "clipped-maximum-a-posteriori", "kl-ppo", "kl-ppo-adaptive",
        "ppo-dual-clip", "spo", "bpo", "discovered-policy-optimization", "fixpo", "espo", "ppo-sample-dropout",
        "espo-sample-dropout", "preconditioned-ppo", "ppo-ewma", "eapo", "mdac", "ampo",
        "dual-approximation-policy-optimization", "greedy-actor-critic",
      ]);
    for (const { choices, paper, name } of entries) {
      expect(Object.keys(choices)).toEqual(["map", "anchors", "signal", "schedule", "solver", "sampler"]);
      expect(`${paper}${name}`).toMatch(/\d{4}/);
    }
    expect(list("envs").map(({ name }) => name)).toContain("CartPole-v1");
    expect(list("objectives").map(({ id }) => id)).toEqual([
      "mdpo", "ppo", "surrogate-advantage", "policy-gradient", "mdpo-tsallis", "mdpo-euclidean", "smdpo",
      "online-mirror-descent", "magnetic-mirror-descent", "warp", "v-mpo", "clipped-maximum-a-posteriori", "kl-ppo",
      "kl-ppo-adaptive", "ppo-dual-clip", "spo", "bpo", "discovered-policy-optimization", "fixpo", "espo",
      "ppo-sample-dropout", "espo-sample-dropout", "preconditioned-ppo", "ppo-ewma",
      "mdpo-off-policy", "sac", "deterministic-policy-gradient", "mdac", "ampo",
      "dual-approximation-policy-optimization", "greedy-actor-critic",
    ]);
    expect(list("estimators").map(({ id }) => id)).toContain("gae");
    expect(() => list("algoritms" as never)).toThrow(/algorithms.*algoritms/);
    expect(JSON.parse(JSON.stringify(entries))).toBeTypeOf("object");
  });

  it("says in words which policies each step stays near, from the anchors of the algorithm alone", () => {
    const words = (ids: readonly string[]) => ids.map((each) => entries.find(({ id }) => id === each)!.choices.anchors);
    expect(words(["reinforce", "a2c", "td3"])).toEqual(["none", "none", "none"]);
    expect(words(["mdpo", "trpo", "v-mpo", "spo"])).toEqual(Array(4).fill("old-policy"));
    expect(words(["mdpo-off-policy", "ampo"])).toEqual(["snapshot", "snapshot"]);
    expect(words(["sac", "mdac", "greedy-actor-critic"])).toEqual(["uniform", "in the critic", "proposal"]);
    expect(words(["magnetic-mirror-descent", "ppo-ewma", "warp"])).toEqual([
      "old-policy, magnet (moving average of parameters, each iteration)",
      "old-policy, proximal (weighted mean of parameters, each step)",
      "average (moving average of parameters, each step)",
    ]);
    expect(describeAnchors([oldPolicy, frozen("reference")])).toBe("old-policy, reference (first policy, never)");
  });

  it("gives each hyperparameter's default and what it means, and each once", () => {
    for (const { hyperparameters } of entries) {
      const names = hyperparameters.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const { name, meaning } of hyperparameters) {
        expect(table).toHaveProperty(name);
        expect(meaning.length).toBeGreaterThan(4);
      }
    }
    const horizon = entries.find(({ id }) => id === "a2c")!.hyperparameters.find(({ name }) => name === "horizon");
    expect(horizon).toMatchObject({ default: 8, minimum: 1 });
  });
});

describe("an algorithm lists exactly the hyperparameters that it reads", () => {
  const base: PartialHyperparameters = {
    horizon: 16, networks: { hidden: [6] }, minibatchSize: 16, valueMinibatchSize: 16, epochs: 2, valueEpochs: 2,
    innerSteps: 2, learningRate: 0.01, klRadius: 0.01, damping: 0.1, maxGradientNorm: 0.5, entropyCoefficient: 0,
    klStop: 0, normalizerShare: 1, batchSize: 8, warmupSteps: 16, snapshotEvery: 5,
  };
  /** Another value of each, far enough from the one above to be seen. */
  const others: PartialHyperparameters = {
    learningRate: 0.02, valueLearningRate: 0.02, stepSize: 0.03, innerSteps: 4, epochs: 3, minibatchSize: 8,
    valueEpochs: 3, valueMinibatchSize: 8, clipRange: 0.001, klRadius: 0.02, klStop: 1e-9, naturalStepSize: 0.3,
    conjugateGradientSteps: 2, damping: 0.5, lineSearchSteps: 0, valueCoefficient: 2, adamEpsilon: 0.1, tsallisIndex: 2,
    batchSize: 4, bufferSize: 8, warmupSteps: 24, trainFrequency: 2, updatesPerStep: 0.5, returnSteps: 3,
    snapshotEvery: 50, temperature: 0.7, initialTemperature: 0.1, targetEntropy: 3, critics: 1, valueNetwork: true,
    dualClip: 1, klCoefficient: 30, klTarget: 1e-9, klBound: 1e-6, klBoundMargin: 100, repairSteps: 0,
    ratioTemperature: 1, temperatureRadius: 2, meanRadius: 1e-9, deviationRadius: 1, multiplierLearningRate: 1,
    targetRate: 0.5, targetEvery: 3, policyDelay: 3, explorationNoise: 0.9, targetNoise: 0.9, targetNoiseClip: 0.01,
    ratioBound: 0.02, preconditionerSharpness: 1, anchorWeight: 5, anchorShare: 0.9, anchorDecay: 0,
    advantageShare: 0.1, advantageBound: "none", proximalShare: 0.5, eliteShare: 0.9, proposalSamples: 7,
    advantageClip: 0.1, secondDiscount: 0.5, secondLambda: 0.1, secondWeight: 5,
  };
  /** What else has to be set for a change to show: some of these settings, else none. */
  const settingsFor: Record<string, readonly PartialHyperparameters[]> = {
    // Whether a line search changes anything shows where some step is too long for its radius.
    lineSearchSteps: [1, 2, 3].map((klRadius) => ({ klRadius, damping: 1e-3 })),
    initialTemperature: [{ temperature: "learned" }],
    targetEntropy: [{ temperature: "learned" }],
    targetNoiseClip: [{ targetNoise: 0.2 }],
    // Where the bound is passed, and where ratios move far.
    repairSteps: [{ klBound: 1e-6 }],
    klBoundMargin: [{ klBound: 1e-4 }],
    dualClip: [{ epochs: 10, learningRate: 0.1, clipRange: 10 }],
    critics: [{ critics: 2 }],
    valueNetwork: [{ valueNetwork: false }],
    targetEvery: [{ targetEvery: 1 }],
  };
  const continuous = target(
    { kind: "box", shape: [2], low: -1, high: 1 }, [0.3, -0.7], { kind: "box", shape: [2], low: -2, high: 2 },
    ([first]: Float32Array) => first! > 0,
  );

  /** On own environments, for which there are no presets. */
  async function hashWith(algorithm: string, hyperparameters: PartialHyperparameters): Promise<string> {
    const needsBox = ["td3", "ddpg", "v-mpo", "greedy-actor-critic"].includes(algorithm);
    const trainer = await createTrainer(needsBox ? continuous : maskedWalk, {
      algorithm, device: "wasm", envs: 4, steps: 640, seed: 2, hyperparameters: { ...base, ...hyperparameters },
    });
    for (let i = 0; i < 3; i++) await trainer.update();
    const hash = trainer.policy.parametersHash();
    trainer.dispose();
    return hash;
  }

  it.each(entries)("$id", async ({ id, hyperparameters }) => {
    const plain = await hashWith(id, {});
    const listed = hyperparameters.map(({ name }) => name).filter((name) => name in others);
    const changes = async (name: keyof typeof others): Promise<boolean> => {
      for (const setting of settingsFor[name] ?? [{}]) {
        const before = name in settingsFor ? await hashWith(id, setting) : plain;
        if (await hashWith(id, { ...setting, [name]: others[name] }) !== before) return true;
      }
      return false;
    };
    for (const name of listed) expect(await changes(name as keyof typeof others), `${name} is read`).toBe(true);
    const rest = Object.fromEntries(Object.entries(others).filter(([name]) => !listed.includes(name)));
    expect(await hashWith(id, rest), `none of ${Object.keys(rest).join(", ")} is read`).toBe(plain);
  });
});
