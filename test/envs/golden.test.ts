import { describe, expect, test } from "vitest";
import type { SingleEnvironment } from "../../src/envs/single-environment.ts";
import { makeEnv } from "../../src/envs/make-env.ts";
import { cliffWalking, frozenLake } from "../../src/envs/tables.ts";
import type { GoldenEpisode } from "../golden/classic-control.ts";
import { golden } from "../golden/classic-control.ts";

/** Largest difference of two rows of numbers. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

/**
 * Plays a recorded episode from its initial state; `compare` sees each step and says whether to go on comparing states.
 */
function replay(env: SingleEnvironment, episode: GoldenEpisode, stateSteps: number) {
  env.reset({ seed: 0 });
  env.state = episode.initialState;
  const worst = { state: 0, observation: 0, reward: 0, flags: 0 };
  episode.actions.forEach((action, t) => {
    const result = env.step(action);
    worst.reward = Math.max(worst.reward, Math.abs(result.reward - episode.rewards[t]!));
    if (result.terminated !== episode.terminated[t] || result.truncated !== episode.truncated[t]) worst.flags++;
    if (t < stateSteps) {
      worst.state = Math.max(worst.state, distance(env.state, episode.states[t + 1]!));
      worst.observation = Math.max(worst.observation, distance(result.observation, episode.observations[t + 1]!));
    }
  });
  return worst;
}

/** How long states are compared when an episode runs freely, if not to its end: Acrobot is chaotic. */
const comparedSteps: Record<string, number> = { "Acrobot-v1": 60 };

describe.each(Object.entries(golden.episodes))("%s, recorded episodes", (name, episodes) => {
  test("from the initial state: flags equal, rewards and states within 1e-9, observations within 1e-6", async () => {
    const env = await makeEnv(name);
    for (const episode of episodes) {
      const worst = replay(env, episode, comparedSteps[name] ?? Infinity);
      expect(worst.flags, `seed ${episode.seed}: flags`).toBe(0);
      expect(worst.reward, `seed ${episode.seed}: reward`).toBeLessThanOrEqual(1e-9);
      expect(worst.state, `seed ${episode.seed}: state`).toBeLessThanOrEqual(1e-9);
      expect(worst.observation, `seed ${episode.seed}: observation`).toBeLessThanOrEqual(1e-6);
    }
  });

  test("every recorded step from its recorded state: state within 1e-12", async () => {
    const env = await makeEnv(name, { maxEpisodeSteps: null });
    for (const episode of episodes) {
      env.reset({ seed: 0 });
      episode.actions.forEach((action, t) => {
        env.state = episode.states[t]!;
        const { terminated } = env.step(action);
        expect(terminated).toBe(episode.terminated[t]);
        expect(distance(env.state, episode.states[t + 1]!)).toBeLessThanOrEqual(1e-12);
      });
    }
  });
});

test("CartPole-v1: every recorded episode to its end in the same bits", async () => {
  const env = await makeEnv("CartPole-v1");
  for (const episode of golden.episodes["CartPole-v1"]!) {
    const { state, observation } = replay(env, episode, Infinity);
    expect({ seed: episode.seed, state, observation }).toEqual({ seed: episode.seed, state: 0, observation: 0 });
  }
});

describe("tabular tasks", () => {
  const tables = {
    "FrozenLake-v1 4x4": frozenLake("4x4", true),
    "FrozenLake-v1 8x8": frozenLake("8x8", true),
    "CliffWalking-v1": cliffWalking(),
  };

  test.each(Object.entries(tables))("%s has the recorded transitions, in order, to the last bit", (name, table) => {
    const recorded = golden.tabular[name]!;
    expect(table.states).toBe(recorded.states);
    expect(table.actions).toBe(recorded.actions);
    expect(table.initial).toEqual(recorded.initial);
    const transitions = Object.values(recorded.transitions).map((actions) => Object.values(actions));
    expect(table.transitions).toEqual(transitions);
  });

  test.each([
    ["FrozenLake-v1 4x4", "FrozenLake-v1", {}],
    ["FrozenLake-v1 8x8", "FrozenLake-v1", { map: "8x8" }],
    ["CliffWalking-v1", "CliffWalking-v1", {}],
  ] as const)("%s has the recorded time limit", async (recorded, name, options) => {
    expect((await makeEnv(name, options)).maxEpisodeSteps).toBe(golden.tabular[recorded]!.maxEpisodeSteps);
  });
});

describe("exact constants of the specification", () => {
  test("CartPole-v1: four steps from (.01, -.02, .03, .04)", async () => {
    const env = await makeEnv("CartPole-v1");
    env.reset();
    env.state = [0.01, -0.02, 0.03, 0.04];
    for (const action of [1, 0, 1, 1]) env.step(action);
    const expected = [0.016153642433456895, 0.36859581150093934, 0.0226175941883947, -0.5092253183122191];
    expect(distance(env.state, expected)).toBeLessThan(1e-15);
  });

  test("Acrobot-v1: three steps from (.05, -.02, .01, 0)", async () => {
    const env = await makeEnv("Acrobot-v1");
    env.reset();
    env.state = [0.05, -0.02, 0.01, 0];
    for (const action of [2, 0, 2]) env.step(action);
    const expected = [-0.016836891932385953, 0.09434868451069331, -0.17770771413428654, 0.28435324594886435];
    expect(distance(env.state, expected)).toBeLessThan(1e-14);
  });

  test("Pendulum-v1: rewards of three steps from (1, .5)", async () => {
    const env = await makeEnv("Pendulum-v1");
    env.reset();
    env.state = [1, 0.5];
    const rewards = [1, -3, 0.5].map((torque) => env.step([torque]).reward);
    expect(distance(rewards, [-1.026, -1.3003359384, -1.5812598221])).toBeLessThan(1e-10);
  });
});
