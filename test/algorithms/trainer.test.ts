import { describe, expect, it, vi } from "vitest";
import { createTrainer, train, type TrainerOptions, type UpdateRecord } from "../../src/index.ts";
import { maskedWalk } from "../support/training-environments.ts";

const small: TrainerOptions = {
  algorithm: "mdpo", seed: 3, envs: 4, steps: 320,
  hyperparameters: { horizon: 16, networks: { hidden: [8] }, valueMinibatchSize: 16 },
};
const smallPpo: TrainerOptions = {
  ...small, algorithm: "ppo", hyperparameters: { horizon: 16, networks: { hidden: [8] }, minibatchSize: 16, epochs: 3 },
};

async function hashesAfter(environment: Parameters<typeof createTrainer>[0], options: TrainerOptions, updates = 3) {
  const trainer = await createTrainer(environment, options);
  for (let i = 0; i < updates; i++) await trainer.update();
  const hashes = { parameters: trainer.policy.parametersHash(), state: trainer.stateHash() };
  trainer.dispose();
  return hashes;
}

/** A clock that moves on with every look at it. */
function ticking(ms: number) {
  let now = 0;
  return vi.spyOn(performance, "now").mockImplementation(() => (now += ms));
}

describe("the same seed gives the same bits", () => {
  it.each([
    ["CartPole-v1", small], ["Pendulum-v1", smallPpo], ["Acrobot-v1", { ...small, algorithm: "trpo" }],
    ["FrozenLake-v1", { ...small, algorithm: "a2c" }],
    ["MountainCarContinuous-v0",
      { ...small, algorithm: "npg", hyperparameters: { ...small.hyperparameters, squash: true } }],
    ["CliffWalking-v1", { ...small, algorithm: "reinforce" }],
    ["Bandit-v0", { ...small, algorithm: "reinforce-without-baseline" }],
  ] as [string, TrainerOptions][])("%s", async (name, options) => {
    const first = await hashesAfter(name, options);
    expect(await hashesAfter(name, options)).toEqual(first);
    const other = await hashesAfter(name, { ...options, seed: 4 });
    expect(other.parameters).not.toBe(first.parameters);
    expect(other.state).not.toBe(first.state);
  });

  it("seed 0 is the default, and steps, copies and hyperparameters are part of the state", async () => {
    const { seed: _seed, ...unseeded } = small;
    const first = await hashesAfter("CartPole-v1", unseeded, 1);
    expect(await hashesAfter("CartPole-v1", { ...unseeded, seed: 0 }, 1)).toEqual(first);
    expect((await hashesAfter("CartPole-v1", { ...unseeded, steps: 640 }, 1)).state).not.toBe(first.state);
    const largest = await hashesAfter("CartPole-v1", { ...unseeded, seed: 2 ** 53 - 1 }, 1);
    expect(largest.parameters).not.toBe(first.parameters);
  });
});

describe("advance works in slices", () => {
  it.each([
    ["mdpo", "CartPole-v1", small], ["ppo", "Pendulum-v1", smallPpo],
    ["trpo", "CartPole-v1", { ...small, algorithm: "trpo" }],
  ] as const)(
    "%s on %s: to the state of update(), wherever it is cut", async (_, environment, options) => {
      const whole = await hashesAfter(environment, options, 2);
      const trainer = await createTrainer(environment, options);
      const clock = ticking(1);
      let calls = 0;
      const records: UpdateRecord[] = [];
      while (trainer.iteration < 2) {
        const record = await trainer.advance({ budgetMs: 1e-9 });
        if (record) records.push(record);
        calls++;
      }
      clock.mockRestore();
      expect(calls).toBeGreaterThan(10);
      expect(records.map(({ iteration }) => iteration)).toEqual([1, 2]);
      expect({ parameters: trainer.policy.parametersHash(), state: trainer.stateHash() }).toEqual(whole);
      trainer.dispose();
    });

  it.each([
    ["sac", "Pendulum-v1", { ...small, algorithm: "sac", envs: 2, hyperparameters: {
      horizon: 16, warmupSteps: 8, batchSize: 8, networks: { hidden: [8] }, normalizeObservations: true } }],
    ["ppo", "an own environment", { ...smallPpo, hyperparameters: {
      ...smallPpo.hyperparameters, normalizeObservations: true } }],
  ] as const)("%s on %s: to the same state, whatever pieces seem to have cost", async (_, name, options) => {
    const environment = name === "Pendulum-v1" ? name : maskedWalk;
    const whole = await hashesAfter(environment, options, 2);
    for (const costs of [[0], [0.01], [0, 9, 0.3], [0.6, 0.1, 0.1, 2.2]]) {
      const trainer = await createTrainer(environment, options);
      let [now, looks] = [0, 0];
      const clock = vi.spyOn(performance, "now").mockImplementation(() => (now += costs[looks++ % costs.length]!));
      for (let calls = 0; trainer.iteration < 2; calls++) {
        if (calls % 3 === 2) now += 100;
        await trainer.advance({ budgetMs: 1 + (calls % 4) });
      }
      clock.mockRestore();
      expect({ parameters: trainer.policy.parametersHash(), state: trainer.stateHash() }).toEqual(whole);
      trainer.dispose();
    }
  });

  it("update() finishes what advance() began; stateHash() refuses the middle", async () => {
    const trainer = await createTrainer("CartPole-v1", small);
    expect(await trainer.advance({ budgetMs: 1e-9 })).toBeUndefined();
    expect(() => trainer.stateHash()).toThrow(/under way/);
    expect((await trainer.update()).iteration).toBe(1);
    expect(trainer.stateHash()).toBe((await hashesAfter("CartPole-v1", small, 1)).state);
    await expect(trainer.advance({ budgetMs: 0 })).rejects.toMatchObject({ code: "invalid-option" });
    await expect(trainer.advance({} as never)).rejects.toMatchObject({ code: "invalid-option" });
    trainer.dispose();
  });

  it("large networks are cut inside a gradient step, to the same bits", async () => {
    const large: TrainerOptions = {
      device: "wasm", envs: 8, steps: 1024,
      hyperparameters: { horizon: 64, innerSteps: 2, valueEpochs: 1, networks: { hidden: [128, 128] } },
    };
    const trainer = await createTrainer("CartPole-v1", large);
    const cut = vi.spyOn(trainer.programs[0]!, "runSteps");
    await trainer.update();
    expect(cut).toHaveBeenCalledTimes(2 * trainer.programs[0]!.stepCount);
    const hash = trainer.stateHash();
    trainer.dispose();
    const whole = await createTrainer("CartPole-v1", large);
    vi.spyOn(whole.programs[0]!, "runSteps").mockImplementation((from) => {
      if (from === 0) whole.programs[0]!.run();
    });
    await whole.update();
    expect(whole.stateHash()).toBe(hash);
    whole.dispose();
  });

  it("two calls at once are refused, and the first one is not harmed", async () => {
    const trainer = await createTrainer("CartPole-v1", small);
    const first = trainer.update();
    await expect(trainer.update()).rejects.toMatchObject({ code: "invalid-state" });
    expect((await first).iteration).toBe(1);
    trainer.dispose();
  });
});

describe("counting", () => {
  it("whole iterations, the last reaching or passing the steps", async () => {
    for (const [steps, expected] of [[1, 1], [64, 1], [65, 2], [128, 2], [130, 3]] as const) {
      const { history, summary } = await train("CartPole-v1", { ...small, steps });
      expect(history.map(({ step }) => step)).toEqual(Array.from({ length: expected }, (_, i) => 64 * (i + 1)));
      expect(summary.steps).toBe(64 * expected);
    }
  });

  it("records tell episodes, returns and losses; the summary tells the run", async () => {
    const seen: number[] = [];
    const onUpdate = ({ step }: UpdateRecord): void => void seen.push(step);
    const { history, summary, policy } = await train("CartPole-v1", { ...small, onUpdate });
    expect(seen).toEqual(history.map(({ step }) => step));
    const last = history[history.length - 1]!;
    expect(last.episodes).toBeGreaterThan(5);
    expect(last.meanReturn).toBeCloseTo(last.meanLength!, 12);
    expect(Object.keys(last.losses).sort())
      .toEqual([
        "entropy", "gradientNorm", "kl", "objective", "policySteps", "stepSize", "valueGradientNorm", "valueLoss",
      ]);
    for (const value of Object.values(last.losses)) expect(Number.isFinite(value)).toBe(true);
    expect(summary).toMatchObject({
      env: "CartPole-v1", algorithm: "mdpo", device: "wasm", seed: 3, steps: 320,
      parametersHash: policy.parametersHash(),
    });
    expect(summary.stepsPerSecond).toBeCloseTo(summary.steps / summary.seconds, 6);
    expect(summary.deviceReason).toMatch(/\w/);
  });

  it("before the first episode ends there is no mean return", async () => {
    const { history } = await train("Pendulum-v1", { ...smallPpo, steps: 64 });
    expect(history[0]).toMatchObject({ episodes: 0, meanReturn: null, meanLength: null });
  });

  it("for await runs to the end, and a second loop finds nothing left", async () => {
    const trainer = await createTrainer("CartPole-v1", small);
    let count = 0;
    for await (const update of trainer) expect(update.iteration).toBe(++count);
    expect([count, trainer.isDone, trainer.step, trainer.totalSteps]).toEqual([5, true, 320, 320]);
    for await (const _ of trainer) count++;
    expect(count).toBe(5);
    trainer.dispose();
  });

  it("an iteration may be left by break and taken up again", async () => {
    const trainer = await createTrainer("CartPole-v1", small);
    for await (const update of trainer) if (update.iteration === 2) break;
    for await (const update of trainer) if (update.iteration === 3) break;
    expect(trainer.stateHash()).toBe((await hashesAfter("CartPole-v1", small, 3)).state);
    trainer.dispose();
  });
});

it("the thread is given back after at most 40 ms of work between two looks at the clock", async () => {
  const trainer = await createTrainer("CartPole-v1", {
    device: "wasm", envs: 8, steps: 4096,
    hyperparameters: { horizon: 128, innerSteps: 30, networks: { hidden: [64, 64] } },
  });
  const clock = ticking(5);
  const spells: number[] = [];
  let last = performance.now();
  vi.stubGlobal("MessageChannel", class {
    port1: { onmessage?(): void; close(): void } = { close() {} };
    port2 = {
      postMessage: () => {
        const now = performance.now();
        spells.push(now - last);
        last = now;
        queueMicrotask(() => this.port1.onmessage!());
      },
    };
  });
  try {
    await trainer.update();
  } finally {
    vi.unstubAllGlobals();
    clock.mockRestore();
  }
  trainer.dispose();
  expect(spells.length).toBeGreaterThan(2);
  expect(Math.max(...spells)).toBeLessThanOrEqual(60);
});

it("a timer that is due goes off between the spells of updates", async () => {
  const trainer = await createTrainer("CartPole-v1", {
    device: "wasm", envs: 8, steps: 1 << 20, hyperparameters: { horizon: 128 },
  });
  const clock = ticking(5);
  let passed = 0;
  const timer = setInterval(() => passed++, 0);
  try {
    for (let i = 0; i < 20 && passed === 0; i++) await trainer.update();
  } finally {
    clearInterval(timer);
    clock.mockRestore();
  }
  trainer.dispose();
  expect(passed).toBeGreaterThan(0);
});

describe("the end of a trainer", () => {
  it("dispose twice is fine; everything afterwards says so; the policy lives on", async () => {
    const trainer = await createTrainer("CartPole-v1", small);
    await trainer.update();
    const { policy } = trainer;
    trainer.dispose();
    trainer.dispose();
    await expect(trainer.update()).rejects.toMatchObject({ code: "disposed" });
    await expect(trainer.advance({ budgetMs: 1 })).rejects.toMatchObject({ code: "disposed" });
    await expect(trainer.checkpoint()).rejects.toMatchObject({ code: "disposed" });
    expect(() => trainer.stateHash()).toThrow(/disposed/);
    expect([0, 1]).toContain(policy.act([0, 0, 0, 0]));
    expect(trainer.summary().parametersHash).toBe(policy.parametersHash());
  });

  it("dispose in the middle of an iteration", async () => {
    const trainer = await createTrainer("CartPole-v1", small);
    await trainer.advance({ budgetMs: 1e-9 });
    trainer.dispose();
    await expect(trainer.update()).rejects.toMatchObject({ code: "disposed" });
  });

  it("own environments are closed", async () => {
    let closed = 0;
    const trainer = await createTrainer(() => ({ ...maskedWalk(), close: () => closed++ }), small);
    trainer.dispose();
    trainer.dispose();
    expect(closed).toBe(4);
  });
});
