import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BregmanError, createTrainer, train, type EnvironmentArgument, type TrainerOptions } from "../../src/index.ts";
import { numbers } from "../support/values.ts";
import { forgetfulWalk, maskedWalk } from "../support/training-environments.ts";

const networks = { hidden: [8] };
const options = (
  algorithm: string, hyperparameters: TrainerOptions["hyperparameters"] = {}, rest: TrainerOptions = {},
): TrainerOptions => ({
  algorithm, seed: 9, envs: 3, steps: 3 * 16 * 7, device: "wasm", ...rest,
  hyperparameters: { horizon: 16, networks, valueMinibatchSize: 16, minibatchSize: 16, epochs: 2, ...hyperparameters },
});

async function stateAfter(environment: EnvironmentArgument | undefined, given: TrainerOptions, updates: number) {
  const trainer = await createTrainer(environment, given);
  for (let i = 0; i < updates; i++) await trainer.update();
  const result = { hash: trainer.stateHash(), bytes: await trainer.checkpoint(), iteration: trainer.iteration };
  trainer.dispose();
  return result;
}

const cases: [string, EnvironmentArgument, TrainerOptions][] = [
  ["mdpo on CartPole-v1", "CartPole-v1", options("mdpo")],
  ["ppo on CartPole-v1, a stop and an entropy bonus", "CartPole-v1",
    options("ppo", { klStop: 0.01, entropyCoefficient: 0.01 })],
  ["ppo on Pendulum-v1", "Pendulum-v1", options("ppo")],
  ["ppo on Pendulum-v1, autoregressive noise", "Pendulum-v1",
    options("ppo", { exploration: { kind: "autoregressive", correlation: 0.8 } })],
  ["mdpo on Pendulum-v1, state-dependent noise", "Pendulum-v1",
    options("mdpo", { exploration: { kind: "state-dependent", holdSteps: 5 }, initialLogStd: -2 })],
  ["mdpo on Pendulum-v1, squashed, state-dependent deviation", "Pendulum-v1",
    options("mdpo", { squash: true, stateDependentStd: true })],
  ["trpo on Acrobot-v1", "Acrobot-v1", options("trpo")],
  ["trpo on FrozenLake-v1", "FrozenLake-v1", options("trpo", {}, { environmentOptions: { map: "8x8" } })],
  ["a2c on MountainCar-v0", "MountainCar-v0", options("a2c")],
  ["reinforce on CliffWalking-v1", "CliffWalking-v1", options("reinforce")],
  ["npg on Bandit-v0", "Bandit-v0", options("npg", {}, { environmentOptions: { arms: 3 } })],
  ["ppo on Pendulum-v1, a rollout ahead", "Pendulum-v1", options("ppo", {}, { overlap: true })],
  ["ppo on an own environment with masks, a rollout ahead", maskedWalk, options("ppo", {}, { overlap: true })],
  ["mdpo as the authors' code", "CartPole-v1", options("mdpo", {}, { fidelity: "paper-code" })],
  ["mdpo on an own environment with masks", maskedWalk, options("mdpo")],
  ["ppo on an own environment that is an object", maskedWalk(), options("ppo", {}, { envs: 1 })],
];

describe("a resumed run has the bits of one that was never stopped", () => {
  it.each(cases)("%s", async (_, environment, given) => {
    const whole = await stateAfter(environment, given, 5);
    const begun = await stateAfter(environment, given, 2);
    const resumed = await stateAfter(environment, { ...given, resume: begun.bytes }, 3);
    expect(resumed.hash).toBe(whole.hash);
    expect(resumed.iteration).toBe(5);
    // The checkpoint alone says what the run was; for own environments the code is needed too.
    const own = typeof environment !== "string";
    const alone = await stateAfter(own ? environment : undefined, { resume: begun.bytes }, 3);
    expect(alone.hash).toBe(whole.hash);
  });

  it("from before the first update, and twice over", async () => {
    const [, environment, given] = cases[0]!;
    const whole = await stateAfter(environment, given, 4);
    const start = await stateAfter(environment, given, 0);
    const first = await stateAfter(environment, { resume: start.bytes }, 1);
    const second = await stateAfter(environment, { resume: first.bytes }, 2);
    const third = await stateAfter(environment, { resume: second.bytes }, 1);
    expect(third.hash).toBe(whole.hash);
    // A checkpoint of what was just resumed is the checkpoint itself, but for the clock.
    expect((await stateAfter(environment, { resume: whole.bytes }, 0)).hash).toBe(whole.hash);
  });

  it("a checkpoint asked for in the middle of an iteration finishes that iteration", async () => {
    const [, environment, given] = cases[0]!;
    const trainer = await createTrainer(environment, given);
    await trainer.advance({ budgetMs: 1e-9 });
    const bytes = await trainer.checkpoint();
    expect(trainer.iteration).toBe(1);
    const whole = await stateAfter(environment, given, 2);
    expect((await stateAfter(environment, { resume: bytes }, 1)).hash).toBe(whole.hash);
    trainer.dispose();
  });

  it("a finished run resumes to its end at once", async () => {
    const [, environment, given] = cases[0]!;
    const trainer = await createTrainer(environment, given);
    for await (const _ of trainer);
    const bytes = await trainer.checkpoint();
    const { history, summary, policy } = await train(environment, { resume: bytes });
    expect(history).toEqual([]);
    expect(summary).toMatchObject({
      steps: trainer.step, parametersHash: trainer.policy.parametersHash(), meanReturn: trainer.summary().meanReturn,
    });
    expect(policy.parametersHash()).toBe(trainer.policy.parametersHash());
    trainer.dispose();
  });

  it("an own environment that cannot be restored begins fresh episodes, always the same ones", async () => {
    const given = options("mdpo");
    const begun = await stateAfter(forgetfulWalk, given, 2);
    const first = await stateAfter(forgetfulWalk, { resume: begun.bytes }, 2);
    expect((await stateAfter(forgetfulWalk, { resume: begun.bytes }, 2)).hash).toBe(first.hash);
    expect((await stateAfter(forgetfulWalk, given, 4)).hash).not.toBe(first.hash);
  });
});

describe("what is said beside a checkpoint has to agree with it", () => {
  const [, environment, given] = cases[0]!;
  const bytes = stateAfter(environment, given, 1);

  it("the same options again are fine", async () => {
    expect((await stateAfter(environment, { ...given, resume: (await bytes).bytes }, 0)).iteration).toBe(1);
  });

  it.each<[string, EnvironmentArgument | undefined, TrainerOptions]>([
    ["env", "Acrobot-v1", {}], ["algorithm", undefined, { algorithm: "ppo" }], ["seed", undefined, { seed: 1 }],
    ["envs", undefined, { envs: 4 }], ["steps", undefined, { steps: 100 }],
    ["fidelity", undefined, { fidelity: "paper-code" }],
    ["hyperparameters.horizon", undefined, { hyperparameters: { horizon: 8 } }],
    ["hyperparameters.networks", undefined, { hyperparameters: { networks: { hidden: [9] } } }],
    ["environmentOptions", undefined, { environmentOptions: { maxEpisodeSteps: 10 } }],
    ["codeLevel", undefined, { codeLevel: "minimal" }],
    ["env", maskedWalk, {}],
  ])("another %s is refused, by name", async (field, other, rest) => {
    const resume = (await bytes).bytes;
    await expect(createTrainer(other, { ...rest, resume })).rejects.toMatchObject({
      code: "checkpoint-mismatch", message: expect.stringContaining(field),
    });
  });

  it("extend allows more steps, and schedules follow", async () => {
    const trainer = await createTrainer(environment, { resume: (await bytes).bytes, steps: 960, extend: true });
    expect(trainer.totalSteps).toBe(960);
    let updates = 0;
    for await (const _ of trainer) updates++;
    expect(updates).toBe(19);
    trainer.dispose();
  });
});

describe("an aborted run", () => {
  it("rejects with policy, summary and a checkpoint from which the same end is reached", async () => {
    const [, environment, given] = cases[2]!;
    const whole = await train(environment, given);
    const controller = new AbortController();
    const error = await train(environment, {
      ...given, signal: controller.signal, onUpdate: ({ iteration }) => {
        if (iteration === 3) controller.abort();
      },
    }).catch((caught: unknown) => caught as BregmanError & { policy: any; summary: any; checkpoint: Uint8Array });
    expect(error).toMatchObject({ code: "aborted", name: "BregmanError" });
    if (!(error instanceof BregmanError)) throw error;
    expect(error.summary).toMatchObject({ steps: 144, parametersHash: error.policy.parametersHash() });
    expect(error.policy.act([1, 0, 0])).toHaveLength(1);
    const { policy, history } = await train(environment, { resume: error.checkpoint });
    expect(history[0]!.iteration).toBe(4);
    expect(policy.parametersHash()).toBe(whole.policy.parametersHash());
  });

  it("a signal that fired before does no update, one that fires after the end changes nothing", async () => {
    const [, environment, given] = cases[0]!;
    await expect(train(environment, { ...given, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted", summary: { steps: 0 },
    });
    const controller = new AbortController();
    const { summary } = await train(environment, {
      ...given, signal: controller.signal, onUpdate: ({ iteration }) => {
        if (iteration === 7) controller.abort();
      },
    });
    expect(summary.steps).toBe(336);
  });

  it("an error inside keeps what was learned so far", async () => {
    let calls = 0;
    const fragile = () => ({ ...maskedWalk(), step: (action: number) => {
      const result = { observation: 1, reward: 0, terminated: false, truncated: false,
        info: { actionMask: [1, 1, 1] } };
      return action >= 0 && calls++ > 100 ? { ...result, reward: NaN } : result;
    } });
    await expect(train(fragile, options("mdpo"))).rejects.toMatchObject({
      code: "invalid-reward", message: expect.stringMatching(/MaskedWalk.*step 34/), policy: expect.anything(),
    });
  });
});

describe("bytes that are no checkpoint", () => {
  const [, environment, given] = cases[0]!;
  const valid = stateAfter(environment, given, 1).then(({ bytes }) => bytes);
  const codeOf = async (resume: Uint8Array): Promise<string> => {
    try {
      (await createTrainer(environment, { resume })).dispose();
      return "accepted";
    } catch (error) {
      return error instanceof BregmanError ? error.code : `${String(error)}`;
    }
  };

  it("nothing, noise, a policy, a checkpoint of something else", async () => {
    const next = numbers(3);
    expect(await codeOf(new Uint8Array(0))).toBe("checkpoint-corrupt");
    expect(await codeOf(Uint8Array.from({ length: 5000 }, () => 256 * next()))).toBe("checkpoint-corrupt");
    const { policy } = await train(environment, { ...given, steps: 1 });
    expect(await codeOf(policy.save())).toBe("checkpoint-corrupt");
    await expect(createTrainer(environment, { resume: [1, 2, 3] as never }))
      .rejects.toMatchObject({ code: "invalid-option" });
  });

  it("any beginning of one", async () => {
    const bytes = await valid;
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
      expect(await codeOf(bytes.slice(0, length))).toBe("checkpoint-corrupt");
    }), { numRuns: 60, examples: [[0], [7], [8], [bytes.length - 1], [bytes.length - 4]] });
    expect(await codeOf(Uint8Array.of(...bytes, 0))).toBe("checkpoint-corrupt");
  });

  it("one with a changed byte anywhere", async () => {
    const bytes = await valid;
    const header = Number(new DataView(bytes.buffer).getBigUint64(0, true)) + 8;
    const place = fc.oneof(fc.nat(header - 1), fc.integer({ min: header, max: bytes.length - 1 }));
    await fc.assert(fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = bytes.slice();
      changed[at]! ^= change;
      // The header's padding may be any white space.
      const padding = at < header && bytes[at] === 0x20;
      expect(padding ? ["checkpoint-corrupt", "accepted"] : ["checkpoint-corrupt"]).toContain(await codeOf(changed));
    }), { numRuns: 150 });
  });

  it("one with two stretches swapped, and one with a stretch of zeros, as a torn write leaves", async () => {
    const bytes = await valid;
    const half = Math.floor(bytes.length / 2);
    expect(await codeOf(Uint8Array.of(...bytes.slice(half), ...bytes.slice(0, half)))).toBe("checkpoint-corrupt");
    expect(await codeOf(bytes.slice().fill(0, bytes.length - 300))).toBe("checkpoint-corrupt");
  });
});
