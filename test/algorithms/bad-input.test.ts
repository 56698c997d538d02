import { describe, expect, it } from "vitest";
import { BregmanError, createTrainer, train, type Environment, type TrainerOptions } from "../../src/index.ts";
import { maskedWalk, target } from "../support/training-environments.ts";

const quick = {
  envs: 2, steps: 64, device: "wasm", hyperparameters: { horizon: 16, networks: { hidden: [4] } },
} as const;

async function errorOf(environment: unknown, options: unknown = {}): Promise<BregmanError> {
  const caught = await train(environment as string, options as TrainerOptions)
    .then(() => "no error", (error: unknown) => error);
  if (!(caught instanceof BregmanError)) throw new Error(`expected a BregmanError, got ${String(caught)}`);
  return caught;
}

describe("wrong names are answered with the nearest ones", () => {
  it.each<[string, unknown, unknown, string, RegExp]>([
    ["environment", "CartPole-v0", {}, "unknown-environment", /CartPole-v0.*CartPole-v1/],
    ["environment, by case", "pendulum-V1", {}, "unknown-environment", /Pendulum-v1/],
    ["environment, a name every object knows", "constructor", {}, "unknown-environment", /nearest/],
    ["algorithm", "CartPole-v1", { algorithm: "mpdo" }, "unknown-algorithm", /"mpdo".*mdpo/],
    ["algorithm", "CartPole-v1", { algorithm: "toString" }, "unknown-algorithm", /did you mean/],
    ["option", "CartPole-v1", { step: 100 }, "unknown-option", /"step".*steps/],
    ["option, of the hyperparameters", "CartPole-v1", { learningRate: 0.1 }, "unknown-option", /learningRate/],
    ["hyperparameter", "CartPole-v1", { hyperparameters: { learningrate: 0.1 } }, "unknown-option",
      /learningrate.*learningRate/],
    ["hyperparameter, a name every object knows", "CartPole-v1", { hyperparameters: { hasOwnProperty: 1 } },
      "unknown-option", /did you mean/],
    ["network option", "CartPole-v1", { hyperparameters: { networks: { width: 3 } } }, "unknown-option",
      /networks.*width/],
    ["activation", "CartPole-v1", { hyperparameters: { networks: { activation: "rleu" } } }, "invalid-option",
      /rleu.*relu/],
    ["initializer", "CartPole-v1", { hyperparameters: { networks: { initializer: "ortogonal" } } }, "invalid-option",
      /ortogonal.*orthogonal/],
    ["environment option", "FrozenLake-v1", { environmentOptions: { size: 8 } }, "unknown-option", /size.*map/],
  ])("%s", async (_, environment, options, code, message) => {
    const error = await errorOf(environment, options);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe("values out of range name the field, what was given and what is accepted", () => {
  it.each<[unknown, RegExp]>([
    [{ steps: 0 }, /steps.*at least 1.*0/], [{ steps: -5 }, /steps/], [{ steps: 1.5 }, /steps/],
    [{ steps: NaN }, /steps/], [{ steps: "100" }, /steps/],
    [{ envs: 0 }, /envs/], [{ envs: 2.5 }, /envs/], [{ seed: -1 }, /seed/], [{ seed: 0.5 }, /seed/],
    [{ seed: 2 ** 53 }, /seed/],
    [{ device: "gpu" }, /device.*"auto".*"gpu"/], [{ device: 7 }, /device/], [{ device: null }, /device/],
    [{ fidelity: "paper-codes" }, /fidelity/], [{ codeLevel: "full" }, /codeLevel/],
    [{ hyperparameters: 3 }, /hyperparameters/], [{ hyperparameters: null }, /hyperparameters/],
    [{ hyperparameters: { horizon: 0 } }, /horizon/], [{ hyperparameters: { horizon: 1.5 } }, /horizon/],
    [{ hyperparameters: { learningRate: NaN } }, /learningRate/],
    [{ hyperparameters: { learningRate: "1e-3" } }, /learningRate/],
    [{ hyperparameters: { learningRate: -1 } }, /learningRate/],
    [{ hyperparameters: { stepSize: { from: 1 } } }, /stepSize.*to/],
    [{ hyperparameters: { stepSize: -1 } }, /stepSize/],
    [{ hyperparameters: { clipRange: { from: 0.2, to: -0.1 } } }, /clipRange/],
    [{ hyperparameters: { discount: 1.01 } }, /discount.*at most 1/],
    [{ hyperparameters: { gaeLambda: -0.1 } }, /gaeLambda/],
    [{ hyperparameters: { tsallisIndex: 0.5 } }, /tsallisIndex/],
    [{ hyperparameters: { normalizeRewards: 1 } }, /normalizeRewards.*true or false/],
    [{ hyperparameters: { exploration: { kind: "ornstein" } } }, /exploration.*independent/],
    [{ hyperparameters: { exploration: "independent" } }, /exploration/],
    [{ hyperparameters: { networks: { hidden: [0] } } }, /hidden/],
    [{ hyperparameters: { networks: { hidden: 64 } } }, /hidden/],
    [{ hyperparameters: { networks: { layerNorm: "yes" } } }, /layerNorm/],
    [{ hyperparameters: [] }, /hyperparameters/],
    [null, /options/], [7, /options/], [{ resume: "bytes" }, /resume/],
  ])("%j", async (options, message) => {
    const error = await errorOf("CartPole-v1", options);
    expect(error.code).toBe("invalid-option");
    expect(error.message).toMatch(message);
  });

  it.each([[undefined], [null], [7], [{}], [() => 3], [{ ...maskedWalk(), step: 3 }]])("environment %s",
    async (environment) => {
    expect(["unknown-environment", "invalid-environment"]).toContain((await errorOf(environment)).code);
  });

  it("exploration that fits no discrete actions, masks that fit no continuous ones", async () => {
    // Correlated noise belongs to Gaussian policies: discrete ones say so instead of ignoring it.
    const exploration = { kind: "autoregressive", correlation: 0.5 };
    const hyperparameters = { ...quick.hyperparameters, exploration };
    const error = await errorOf("CartPole-v1", { ...quick, hyperparameters });
    expect(error.code).toBe("invalid-option");
    expect(error.message).toMatch(/exploration/);
  });
});

describe("an own environment that goes wrong is named, with the step", () => {
  const box = { kind: "box", shape: [2], low: -10, high: 10 } as const;
  const good = target(box, [1, 2], { kind: "discrete", n: 2 }, () => true);
  /** `fault` replaces parts of what the third step of an environment returns. */
  const breaking = (fault: object) => () => {
    const environment = good();
    let steps = 0;
    return { ...environment, step: (action: number) =>
      ({ ...environment.step(action), ...(++steps === 3 ? fault : {}) }) };
  };

  it.each<[string, object, string, RegExp]>([
    ["a reward of NaN", { reward: NaN }, "invalid-reward", /Target \(copy 0\), step 3: reward: .*NaN/],
    ["an infinite reward", { reward: -Infinity }, "invalid-reward", /step 3/],
    ["no reward", { reward: undefined }, "invalid-environment", /reward/],
    ["an observation of NaN", { observation: [0, NaN] }, "invalid-observation", /step 3: observation: element 1.*NaN/],
    ["an infinite observation", { observation: [Infinity, 0] }, "invalid-observation", /element 0/],
    ["an observation of another size", { observation: [1, 2, 3] }, "invalid-observation", /step 3.*2 numbers/],
    ["an observation outside of its space", { observation: [1, 11] }, "invalid-observation", /element 1.*-10 to 10/],
    ["a flag that is none", { terminated: 1 }, "invalid-environment", /terminated.*true or false/],
    ["a mask that comes late", { info: { actionMask: [1, 1] } }, "invalid-environment", /actionMask/],
  ])("%s", async (_, fault, code, message) => {
    const error = await errorOf(breaking(fault), quick);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error).toHaveProperty("policy");
  });

  it("its own exceptions come through as they are", async () => {
    const fault = new Error("my own fault");
    await expect(train(() => ({ ...good(), step() { throw fault; } }), quick)).rejects.toBe(fault);
    await expect(train(() => { throw fault; }, quick)).rejects.toBe(fault);
  });

  it("the trainer can still be disposed, and says where it stands", async () => {
    const trainer = await createTrainer(breaking({ reward: NaN }), quick);
    await expect(trainer.update()).rejects.toMatchObject({ code: "invalid-reward" });
    expect(trainer.iteration).toBe(0);
    expect(trainer.summary().steps).toBe(0);
    trainer.dispose();
  });

  it("numbers that grow beyond all bounds end the run with an error that says what to do", async () => {
    const error = await errorOf("Pendulum-v1", {
      ...quick, algorithm: "a2c", steps: 6400,
      hyperparameters: { ...quick.hyperparameters, learningRate: 1e30, maxGradientNorm: 0, normalizeRewards: false },
    });
    expect(error.code).toBe("numerical-failure");
    expect(error.message).toMatch(/learningRate/);
  });
});

describe("what was learned survives what goes wrong later", () => {
  it("an exception of one's own environment passes through unchanged and carries the policy", async () => {
    const own = new Error("the level has no floor");
    let steps = 0;
    const environment = (): Environment => ({
      observationSpace: { kind: "box", shape: [1], low: -1, high: 1 },
      actionSpace: { kind: "discrete", n: 2 },
      reset: () => ({ observation: [0], info: {} }),
      step: () => {
        if (++steps > 40) throw own;
        return { observation: [0], reward: 1, terminated: false, truncated: false, info: {} };
      },
    });
    const caught = await train(environment, quick).catch((error: unknown) => error);
    expect(caught).toBe(own);
    const { policy } = own as Error & { policy?: { parametersHash(): string } };
    expect(policy!.parametersHash()).toMatch(/^[0-9a-f]{64}$/);
  });

  it("a run that diverged keeps its last good policy and gives no checkpoint of what is left", async () => {
    const trainer = await createTrainer("CartPole-v1", {
      ...quick, steps: 10_000, hyperparameters: { ...quick.hyperparameters, learningRate: 1e38, maxGradientNorm: 0 },
    });
    let failure: unknown;
    for (let i = 0; i < 20 && !failure; i++) await trainer.update().catch((error: unknown) => (failure = error));
    expect(failure).toMatchObject({ code: "numerical-failure" });
    await expect(trainer.checkpoint()).rejects.toBe(failure);
    await expect(trainer.update()).rejects.toBe(failure);
    expect(trainer.policy.parametersHash()).toMatch(/^[0-9a-f]{64}$/);
    trainer.dispose();
  });
});
