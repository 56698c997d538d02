import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createInstance } from "../../src/devices/wasm-instance.ts";
import { createBuiltinVectorEnvironment } from "../../src/envs/builtin.ts";
import { makeEnv, makeVectorEnv } from "../../src/envs/make-env.ts";
import { environmentNames } from "../../src/envs/registry.ts";
import { sample } from "../../src/envs/space-values.ts";
import type { VectorEnvironment } from "../../src/envs/vector-environment.ts";
import type { RandomSource } from "../../src/random/streams.ts";
import { randomSource } from "../../src/random/streams.ts";

const code = (expected: string) => expect.objectContaining({ name: "BregmanError", code: expected });

function randomActions(env: VectorEnvironment, random: RandomSource): number[] {
  return Array.from({ length: env.count }, () => sample(env.actionSpace, random)).flatMap((action) =>
    typeof action === "number" ? [action] : Array.from(action as ArrayLike<number>));
}

/** Everything one step shows, copied. */
function snapshot(env: VectorEnvironment) {
  const { observations, finalObservations, rewards, terminated, truncated } = env;
  return [observations, finalObservations, rewards, terminated, truncated].map((array) => Array.from(array));
}

function rollOut(env: VectorEnvironment, steps: number, seed: number) {
  const random = randomSource(seed, "evaluation");
  return Array.from({ length: steps }, () => {
    env.step(randomActions(env, random));
    return snapshot(env);
  });
}

describe.each(environmentNames)("%s, vectorized", (name) => {
  test("one copy lives through what a single environment does, and resets in the same step", async () => {
    const vector = await makeVectorEnv(name, { count: 1, seed: 6 });
    const single = await makeEnv(name);
    let observation = single.reset({ seed: 6 }).observation;
    const row = (value: unknown) => (typeof value === "number" ? [value] : Array.from(value as ArrayLike<number>));
    const random = randomSource(1, "evaluation");
    let ends = 0;
    for (let i = 0; i < 1200; i++) {
      expect(Array.from(vector.observations)).toEqual(row(observation));
      const action = sample(single.actionSpace, random) as number;
      vector.step(row(action));
      const result = single.step(action);
      expect(Array.from(vector.finalObservations)).toEqual(row(result.observation));
      expect(vector.rewards[0]).toBe(result.reward);
      expect(vector.terminated[0]).toBe(Number(result.terminated));
      expect(vector.truncated[0]).toBe(Number(result.truncated));
      const ended = result.terminated || result.truncated;
      observation = ended ? single.reset().observation : result.observation;
      ends += Number(ended);
    }
    if (name !== "CliffWalking-v1") expect(ends).toBeGreaterThan(0);
  });

  test("a copy's life does not depend on how many others there are", async () => {
    const few = await makeVectorEnv(name, { count: 3, seed: 2 });
    const many = await makeVectorEnv(name, { count: 8, seed: 2 });
    const random = randomSource(5, "evaluation");
    const size = few.actions.length / 3;
    for (let i = 0; i < 300; i++) {
      const actions = randomActions(many, random);
      many.step(actions);
      few.step(actions.slice(0, 3 * size));
      expect(Array.from(few.observations)).toEqual(Array.from(many.observations.subarray(0, few.observations.length)));
      expect(Array.from(few.rewards)).toEqual(Array.from(many.rewards.subarray(0, 3)));
    }
  });

  test("permuting copies permutes results", async () => {
    const instance = await createInstance();
    const count = 5;
    const order = [3, 0, 4, 2, 1];
    const straight = createBuiltinVectorEnvironment(instance, name, { count, seed: 12 });
    const shuffled = createBuiltinVectorEnvironment(instance, name, { count, seed: 12 });
    const permute = (from: ArrayLike<number>, to: { [i: number]: number }) => {
      const size = from.length / count;
      order.forEach((source, copy) => {
        for (let i = 0; i < size; i++) to[size * copy + i] = from[size * source + i]!;
      });
    };
    permute(straight.generators.slice(0, 4 * count), shuffled.generators);
    for (let i = 0; i < straight.definition.stateSize; i++) {
      const from = straight.stride * i;
      permute(straight.state.slice(from, from + count), shuffled.state.subarray(from, from + count));
    }
    shuffled.observe();
    const random = randomSource(7, "evaluation");
    for (let i = 0; i < 300; i++) {
      straight.step(randomActions(straight, random));
      permute(straight.actions, shuffled.actions);
      shuffled.step();
      const expected = snapshot(straight).map((array) => {
        const permuted = array.slice();
        permute(array, permuted);
        return permuted;
      });
      expect(snapshot(shuffled)).toEqual(expected);
    }
  });

  test("restore continues to the same bits", async () => {
    const env = await makeVectorEnv(name, { count: 3, seed: 1 });
    rollOut(env, 150, 1);
    const bytes = env.save();
    const expected = rollOut(env, 300, 2);
    const other = await makeVectorEnv(name, { count: 3, seed: 77 });
    other.restore(bytes);
    expect(rollOut(other, 300, 2)).toEqual(expected);
  });
});

describe("vector environments", () => {
  test("final observations differ from observations exactly where an episode ended", async () => {
    const env = await makeVectorEnv("CartPole-v1", { count: 7, seed: 3 });
    const random = randomSource(2, "evaluation");
    let ended = 0;
    for (let i = 0; i < 200; i++) {
      env.step(randomActions(env, random));
      for (let copy = 0; copy < 7; copy++) {
        const first = Array.from(env.observations.subarray(4 * copy, 4 * copy + 4));
        const final = Array.from(env.finalObservations.subarray(4 * copy, 4 * copy + 4));
        if (!env.terminated[copy]) {
          expect(first).toEqual(final);
          continue;
        }
        ended++;
        expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.05));
        expect(Math.abs(final[0]!) > 2.4 || Math.abs(final[2]!) > 0.2094).toBe(true);
      }
    }
    expect(ended).toBeGreaterThan(20);
  });

  test("a seeded reset starts the streams anew, a plain one goes on", async () => {
    const env = await makeVectorEnv("Pendulum-v1", { count: 4, seed: 9 });
    const first = Array.from(env.observations);
    env.reset();
    expect(Array.from(env.observations)).not.toEqual(first);
    env.step([1, 0, -1, 2]);
    env.reset(9);
    expect(Array.from(env.observations)).toEqual(first);
    expect(env.save()).toEqual((await makeVectorEnv("Pendulum-v1", { count: 4, seed: 9 })).save());
    expect(new Set(first).size).toBe(12);
  });

  test("views stay valid when memory grows in the same instance", async () => {
    const instance = await createInstance();
    const env = createBuiltinVectorEnvironment(instance, "CartPole-v1", { count: 2 });
    const before = Array.from(env.observations);
    instance.allocate(1 << 24);
    expect(Array.from(env.observations)).toEqual(before);
    env.step([0, 1]);
    expect(env.rewards).toEqual(Float64Array.of(1, 1));
    expect(env.observations).toBe(env.observations);
  });

  test("nothing outside the environment's arrays is written, for any number of copies", async () => {
    const instance = await createInstance();
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.constantFrom(...environmentNames), (count, name) => {
      const env = createBuiltinVectorEnvironment(instance, name, { count });
      const fence = instance.allocate(256);
      const guard = instance.uint8(fence, 256).fill(171);
      const random = randomSource(count, "evaluation");
      for (let i = 0; i < 30; i++) env.step(randomActions(env, random));
      expect(guard.every((byte) => byte === 171)).toBe(true);
    }), { numRuns: 40 });
  });

  test("wrong counts, actions and states are refused", async () => {
    for (const count of [0, -1, 1.5, NaN]) {
      await expect(makeVectorEnv("CartPole-v1", { count })).rejects.toThrow(code("invalid-option"));
    }
    const env = await makeVectorEnv("CartPole-v1", { count: 2 });
    for (const actions of [[0], [0, 2], [0, -1], [0, NaN], 0]) {
      expect(() => env.step(actions as number[])).toThrow(code("invalid-action"));
    }
    const three = await makeVectorEnv("CartPole-v1", { count: 3 });
    expect(() => three.restore(env.save())).toThrow(code("checkpoint-mismatch"));
    expect(() => env.restore(env.save().slice(0, -3))).toThrow(code("checkpoint-corrupt"));
    env.dispose();
    env.dispose();
    expect(() => env.step([0, 0])).toThrow(code("disposed"));
  });
});
