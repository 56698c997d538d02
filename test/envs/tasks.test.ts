import { describe, expect, test } from "vitest";
import type { SingleEnvironment } from "../../src/envs/single-environment.ts";
import { makeEnv } from "../../src/envs/make-env.ts";
import { defineEnvironment, environmentEntries, environmentNames } from "../../src/envs/registry.ts";
import { contains, sample } from "../../src/envs/space-values.ts";
import { randomSource } from "../../src/random/streams.ts";
import { balance, pump, rock, rockContinuous } from "./controllers.ts";

/** One episode; `steps`, the sum of rewards and how it ended. */
function play(env: SingleEnvironment, controller: (observation: any) => number, seed: number) {
  let { observation } = env.reset({ seed });
  for (let steps = 1, total = 0; ; steps++) {
    const result = env.step(controller(observation));
    total += result.reward;
    observation = result.observation;
    if (result.terminated || result.truncated) return { ...result, steps, total };
  }
}

const seeds = [0, 1, 2, 3, 4];

describe("goals", () => {
  test("a balanced CartPole-v1 is truncated after 500 steps, a neglected one terminates", async () => {
    const env = await makeEnv("CartPole-v1");
    for (const seed of seeds) {
      expect(play(env, balance, seed)).toMatchObject({ steps: 500, total: 500, terminated: false, truncated: true });
      expect(play(env, () => 1, seed)).toMatchObject({ terminated: true, truncated: false });
    }
  });

  test("Acrobot-v1 swings above the line and gets reward 0 there", async () => {
    const env = await makeEnv("Acrobot-v1");
    for (const seed of seeds) {
      const end = play(env, pump, seed);
      expect(end).toMatchObject({ terminated: true, reward: 0, total: 1 - end.steps });
      const [cos1, sin1, cos2, sin2] = end.observation;
      expect(-cos1 - (cos1 * cos2 - sin1 * sin2)).toBeGreaterThan(1);
    }
  });

  test("MountainCar-v0 and its continuous twin reach their flags", async () => {
    const car = await makeEnv("MountainCar-v0");
    const throttle = await makeEnv("MountainCarContinuous-v0");
    for (const seed of seeds) {
      const end = play(car, rock, seed);
      expect(end).toMatchObject({ terminated: true, total: -end.steps });
      expect(end.observation[0]).toBeGreaterThanOrEqual(0.5);
      const other = play(throttle, rockContinuous, seed);
      expect(other.terminated).toBe(true);
      expect(other.total).toBeCloseTo(100 - 0.1 * other.steps, 9);
      expect(other.observation[0]).toBeGreaterThanOrEqual(0.45);
    }
  });

  test("a car at the left wall stops", async () => {
    for (const [name, action] of [["MountainCar-v0", 0], ["MountainCarContinuous-v0", -1]] as const) {
      const env = await makeEnv(name);
      env.reset();
      env.state = [-1.19, -0.07];
      const { observation } = env.step(action);
      expect(observation[0]).toBeCloseTo(-1.2, 6);
      expect(observation[1]).toBe(0);
    }
  });

  test("FrozenLake-v1: the safe path pays 1, a hole ends with 0, slippery ice is won as often as due", async () => {
    const firm = await makeEnv("FrozenLake-v1", { slippery: false });
    firm.reset();
    const safe = [1, 1, 2, 1, 2, 2].map((action) => firm.step(action));
    expect(safe.map(({ reward }) => reward)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(safe.at(-1)).toMatchObject({ observation: 15, terminated: true });
    firm.reset();
    firm.step(2);
    expect(firm.step(1)).toMatchObject({ observation: 5, reward: 0, terminated: true });

    const best = [0, 3, 3, 3, 0, 0, 0, 0, 3, 1, 0, 0, 0, 2, 1, 0];
    const slippery = await makeEnv("FrozenLake-v1", { maxEpisodeSteps: null });
    slippery.reset({ seed: 1 });
    let wins = 0;
    for (let game = 0; game < 2000; game++) {
      let { observation } = slippery.reset();
      for (let result; !result?.terminated; observation = result.observation) {
        result = slippery.step(best[observation]!);
        wins += result.reward;
      }
    }
    expect(wins / 2000).toBeGreaterThan(0.78); // 14 / 17 without a time limit
    expect(wins / 2000).toBeLessThan(0.87);
  });

  test("CliffWalking-v1: the edge costs 13, a fall costs 100 and goes on from the start", async () => {
    const env = await makeEnv("CliffWalking-v1");
    expect(env.reset().observation).toBe(36);
    expect(env.step(1)).toMatchObject({ observation: 36, reward: -100, terminated: false });
    const path = [0, ...new Array<number>(11).fill(1), 2].map((action) => env.step(action));
    expect(path.reduce((sum, { reward }) => sum + reward, 0)).toBe(-13);
    expect(path.at(-1)).toMatchObject({ observation: 47, terminated: true });
  });

  test("Bandit-v0: each arm pays as often as it should, in episodes of one step", async () => {
    const means = [0, 0.25, 1];
    const env = await makeEnv("Bandit-v0", { means });
    env.reset({ seed: 5 });
    means.forEach((mean, arm) => {
      let paid = 0;
      for (let i = 0; i < 2000; i++) {
        env.reset();
        const result = env.step(arm);
        expect(result).toMatchObject({ observation: 0, terminated: true });
        paid += result.reward;
      }
      expect(Math.abs(paid / 2000 - mean)).toBeLessThan(0.035);
    });
  });
});

describe("time limits", () => {
  test.each([
    ["Acrobot-v1", 500, 1], ["MountainCar-v0", 200, 1], ["MountainCarContinuous-v0", 999, 0], ["Pendulum-v1", 200, 0],
    ["CartPole-v1", 500, 0],
  ] as const)("%s is truncated after %i steps", async (name, limit, idle) => {
    const env = await makeEnv(name);
    const end = play(env, name === "CartPole-v1" ? balance : () => idle, 0);
    expect(end).toMatchObject({ steps: limit, terminated: false, truncated: true });
  });

  const lakes = [["FrozenLake-v1", 100], ["FrozenLake8x8-v1", 200]] as const;
  test.each(lakes)("%s is truncated after %i steps", async (name, limit) => {
    const env = await makeEnv(name, { slippery: false });
    expect(play(env, () => 0, 0)).toMatchObject({ steps: limit, terminated: false, truncated: true });
  });

  test("an own limit replaces it, null removes it, and a limit reached at the goal sets both flags", async () => {
    const short = await makeEnv("Pendulum-v1", { maxEpisodeSteps: 7 });
    expect(play(short, () => 0, 0)).toMatchObject({ steps: 7, truncated: true });
    const endless = await makeEnv("CartPole-v1", { maxEpisodeSteps: null });
    let { observation } = endless.reset();
    for (let i = 0; i < 600; i++) {
      const result = endless.step(balance(observation));
      expect(result.truncated).toBe(false);
      observation = result.observation;
    }
    const walk = await makeEnv("FrozenLake-v1", { slippery: false, maxEpisodeSteps: 1 });
    walk.reset();
    walk.state = [14];
    expect(walk.step(2)).toMatchObject({ reward: 1, terminated: true, truncated: true });
  });
});

describe("every built-in environment", () => {
  test.each(environmentNames)("%s stays inside its spaces under random actions", async (name) => {
    const env = await makeEnv(name);
    const random = randomSource(3, "evaluation");
    expect(contains(env.observationSpace, env.reset({ seed: 9 }).observation)).toBe(true);
    for (let i = 0; i < 600; i++) {
      const { observation, terminated, truncated } = env.step(sample(env.actionSpace, random) as number);
      expect(contains(env.observationSpace, observation)).toBe(true);
      if (terminated || truncated) env.reset();
    }
  });

  test("first states lie where the task says, and spread over it", async () => {
    const ranges: Record<string, [number, number][]> = {
      "CartPole-v1": new Array(4).fill([-0.05, 0.05]),
      "Acrobot-v1": new Array(4).fill([-0.1, 0.1]),
      "MountainCar-v0": [[-0.6, -0.4], [0, 0]],
      "MountainCarContinuous-v0": [[-0.6, -0.4], [0, 0]],
      "Pendulum-v1": [[-3.141592653589793, 3.141592653589793], [-1, 1]],
    };
    for (const [name, bounds] of Object.entries(ranges)) {
      const env = await makeEnv(name);
      const states = Array.from({ length: 400 }, (_, i) => (env.reset(i === 0 ? { seed: 2 } : {}), env.state));
      bounds.forEach(([low, high], component) => {
        const values = states.map((state) => state[component]!);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(Math.fround(low));
        expect(Math.max(...values)).toBeLessThanOrEqual(Math.fround(high));
        expect(Math.max(...values) - Math.min(...values)).toBeGreaterThanOrEqual(0.95 * (high - low));
      });
    }
  });

  test("the list gives every environment its spaces, limit and threshold", () => {
    const entries = environmentEntries();
    expect(entries.map(({ name }) => name)).toEqual(environmentNames);
    const entry = (wanted: string) => entries.find(({ name }) => name === wanted);
    expect(entry("CartPole-v1")).toMatchObject({ maxEpisodeSteps: 500, rewardThreshold: 475 });
    expect(entry("CliffWalking-v1")).toMatchObject({ maxEpisodeSteps: null, rewardThreshold: null });
  });

  test("an unknown name or option is refused with the nearest names", () => {
    const refuses = (code: string, words: string, define: () => unknown) =>
      expect(define).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }));
    refuses("unknown-environment", "CartPole-v1", () => defineEnvironment("CartPol-v1"));
    refuses("unknown-option", "maxEpisodeSteps", () => defineEnvironment("CartPole-v1", { map: "4x4" }));
    refuses("invalid-option", "8x8", () => defineEnvironment("FrozenLake-v1", { map: "5x5" as "4x4" }));
    refuses("invalid-option", "maxEpisodeSteps", () => defineEnvironment("Pendulum-v1", { maxEpisodeSteps: 0 }));
  });
});
