import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createInstance } from "../../src/devices/wasm-instance.ts";
import type { AgentsEnvironment } from "../../src/envs/environment.ts";
import { createObjectVectorEnvironment } from "../../src/envs/object-vector-environment.ts";
import { checkEnv } from "../../src/envs/check-env.ts";
import { runners } from "../support/runners.ts";

const make = async (source: () => AgentsEnvironment, count: number, seed = 1) =>
  createObjectVectorEnvironment(await createInstance(), source, { count, seed });

describe("several agents in one environment", () => {
  test("are lanes side by side; whoever is out waits, then all begin anew together", async () => {
    const env = await make(() => runners(2), 1);
    env.reset();
    expect(env.count).toBe(2);
    const places = () => Array.from(env.observations).filter((_, i) => i % 2 === 0).map((x) => Math.round(6 * x));
    const [first, second] = places();
    const steps = 6 - first!;
    for (let i = 0; i < steps; i++) env.step([2, 1]);
    expect([...env.terminated]).toEqual([1, 0]);
    expect([...env.waiting!]).toEqual([1, 0]);
    expect([...env.rewards]).toEqual([1, -0.01]);
    expect(places()).toEqual([6, second]);

    env.step([0, 0]);   // who is out has no action: the environment would throw
    expect([...env.waiting!]).toEqual([1, 0]);
    expect([env.rewards[0], env.terminated[0], env.truncated[0]]).toEqual([0, 0, 0]);
    while (!env.terminated[1]) env.step([0, 0]);
    expect([...env.waiting!]).toEqual([0, 0]);
    expect(env.rewards[1]).toBe(-1);
    expect(env.finalObservations[2]).toBe(0);
    expect([first, first! - 1, first! + 1]).toContain(places()[0]);
  });

  test("a cut ends all that are in", async () => {
    const env = await make(() => runners(3), 2);
    env.reset();
    for (let i = 0; i < 30; i++) env.step(new Array(6).fill(1));
    expect([...env.truncated]).toEqual([1, 1, 1, 1, 1, 1]);
    expect([...env.waiting!]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("restore continues to the same bits, whoever waits", async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.array(fc.nat(2), { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 40 }),
      fc.nat(39), fc.nat(99),
      async (actions, cut, seed) => {
        const env = await make(() => runners(3), 2, seed);
        env.reset();
        const take = (target: typeof env, from: number) => actions.slice(from).map((action) => {
          target.step(action);
          return [target.observations, target.rewards, target.terminated, target.truncated, target.waiting!]
            .map((values) => Array.from(values));
        });
        actions.slice(0, cut).forEach((action) => env.step(action));
        const bytes = env.save();
        const expected = take(env, cut);
        const other = await make(() => runners(3), 2);
        other.restore(bytes);
        expect(take(other, cut)).toEqual(expected);
      }), { numRuns: 20 });
  });

  test("are checked, and named where something is wrong", async () => {
    expect(checkEnv(() => runners(3))).toEqual({ name: "Runners", steps: 200, resumable: true, notes: [] });
    const names = ["red", "blue"];
    const bad = (part: object) => () => {
      const whole = runners(2, { names });
      return { ...whole, step: (actions: readonly (number | undefined)[]) => ({ ...whole.step(actions), ...part }) };
    };
    const problems = (part: object) => {
      try {
        checkEnv(bad(part));
        return [];
      } catch (error) {
        return (error as { problems: { rule: string; where: string; seen: string }[] }).problems;
      }
    };
    expect(problems({ rewards: [0] })[0]).toMatchObject({
      rule: "agents", seen: "step: rewards: expected 2 entries, got [0]",
    });
    expect(problems({ rewards: [0, NaN] })[0]).toMatchObject({ rule: "reward", where: "step 1, agent blue" });
    expect(problems({ observations: [[0, 9], [0, 0]] })[0]).toMatchObject({
      rule: "observation-range", where: "step 1, agent red",
    });
    expect(problems({ terminated: [false, undefined] })[0]).toMatchObject({ rule: "endings" });
    const env = await make(bad({ observations: [[0, 0], [0]] }), 2);
    env.reset();
    expect(() => env.step([1, 1, 1, 1]))
      .toThrow(/Runners \(copy 0, agent blue\), step 1: observation: expected 2 numbers/);
    expect(() => checkEnv({ ...runners(2), agents: 0 })).toThrow(/agents: expected a positive number, or names, got 0/);
  });
});
