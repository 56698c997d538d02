import { describe, expect, test } from "vitest";
import { makeEnv } from "../../src/envs/make-env.ts";

const code = (expected: string) => expect.objectContaining({ name: "BregmanError", code: expected });

describe("makeEnv", () => {
  test("the same seed gives the same episode; without a seed the stream goes on", async () => {
    const [a, b] = [await makeEnv("CartPole-v1"), await makeEnv("CartPole-v1")];
    expect(a.reset({ seed: 3 })).toEqual(b.reset({ seed: 3 }));
    const second = a.reset();
    expect(second).toEqual(b.reset());
    expect(second).not.toEqual(a.reset({ seed: 3 }));
  });

  test("a first reset without a seed uses the option, 0 by default", async () => {
    const env = await makeEnv("Pendulum-v1", { seed: 8 });
    expect(env.reset().observation).toEqual((await makeEnv("Pendulum-v1")).reset({ seed: 8 }).observation);
    expect((await makeEnv("Pendulum-v1")).reset().observation)
      .toEqual((await makeEnv("Pendulum-v1")).reset({ seed: 0 }).observation);
  });

  test("observations are fresh arrays unless `out` is given", async () => {
    const env = await makeEnv("CartPole-v1");
    const first = env.reset().observation;
    const kept = first.slice();
    const second = env.step(0).observation;
    expect(first).toEqual(kept);
    expect(second).not.toBe(first);
    const out = new Float32Array(4);
    expect(env.step(1, { out }).observation).toBe(out);
    expect(env.reset({ out }).observation).toBe(out);
    expect(() => env.step(1, { out: new Float32Array(3) })).toThrow(code("invalid-shape"));
  });

  test("step before reset and after an end throws", async () => {
    const env = await makeEnv("Bandit-v0");
    expect(() => env.step(0)).toThrow(code("invalid-state"));
    env.reset();
    env.step(0);
    expect(() => env.step(0)).toThrow(code("invalid-state"));
    env.reset();
    expect(env.step(1).terminated).toBe(true);
  });

  test("the state is readable and, after reset, settable in float64; the step counter goes on", async () => {
    const env = await makeEnv("CartPole-v1", { maxEpisodeSteps: 3 });
    expect(() => { env.state = [0, 0, 0, 0]; }).toThrow(code("invalid-state"));
    env.reset();
    env.step(0);
    env.step(0);
    env.state = [0.1, 0.2, 0.03, 0.4];
    expect(Array.from(env.state)).toEqual([0.1, 0.2, 0.03, 0.4]);
    expect(env.step(0).truncated).toBe(true);
    expect(() => { env.state = [0, 0, 0]; }).toThrow(code("invalid-state"));
    expect(() => { env.state = [0, 0, NaN, 0]; }).toThrow(code("invalid-state"));
  });

  test("after an end the final state stays readable", async () => {
    const env = await makeEnv("CartPole-v1");
    env.reset();
    env.state = [2.39, 5, 0, 0];
    expect(env.step(1).terminated).toBe(true);
    expect(env.state[0]).toBeCloseTo(2.49, 12);
  });

  test("a tabular task's state is its index", async () => {
    const env = await makeEnv("FrozenLake-v1", { slippery: false });
    env.reset();
    env.state = [14];
    expect(env.step(2)).toMatchObject({ observation: 15, reward: 1, terminated: true });
    for (const state of [16, -1, 0.5]) expect(() => { env.state = [state]; }).toThrow(code("invalid-state"));
  });

  test("wrong actions are refused, box actions are clipped", async () => {
    const cart = await makeEnv("CartPole-v1");
    cart.reset();
    for (const action of [2, -1, 0.5, NaN, "0", [0], undefined]) {
      expect(() => cart.step(action as number)).toThrow(code("invalid-action"));
    }
    const pendulum = await makeEnv("Pendulum-v1");
    for (const action of [[NaN], [Infinity], [1, 2], []]) {
      pendulum.reset();
      expect(() => pendulum.step(action)).toThrow(code("invalid-action"));
    }
    const step = (action: number | number[]) => (pendulum.reset({ seed: 1 }), pendulum.step(action));
    expect(step([5])).toEqual(step([2]));
    expect(step(-1)).toEqual(step([-1]));
  });

  test("close is safe twice and ends everything else", async () => {
    const env = await makeEnv("CartPole-v1");
    env.reset();
    env.close();
    env.close();
    expect(() => env.step(0)).toThrow(code("disposed"));
    expect(() => env.reset()).toThrow(code("disposed"));
  });

  test("restore continues a saved episode to the same bits, also in another environment", async () => {
    const env = await makeEnv("FrozenLake-v1");
    env.reset({ seed: 4 });
    env.step(2);
    const bytes = env.save();
    const follow = (one: typeof env) => Array.from({ length: 50 }, (_, i) => {
      const result = one.step(i % 4);
      return result.terminated ? [result, one.reset()] : [result];
    });
    const expected = follow(env);
    const other = await makeEnv("FrozenLake-v1");
    other.restore(bytes);
    expect(follow(other)).toEqual(expected);
    expect(() => other.restore(bytes.slice(0, 30))).toThrow(code("checkpoint-corrupt"));
    expect(() => other.restore(new Uint8Array(100))).toThrow(code("checkpoint-corrupt"));
    const cart = await makeEnv("CartPole-v1");
    expect(() => cart.restore(bytes)).toThrow(code("checkpoint-mismatch"));
  });

  test("an unknown environment, option or seed is refused", async () => {
    await expect(makeEnv("CartPole")).rejects.toThrow(code("unknown-environment"));
    await expect(makeEnv("CartPole-v1", { slipery: true } as object)).rejects.toThrow(code("unknown-option"));
    await expect(makeEnv("CartPole-v1", { seed: -1 })).rejects.toThrow(code("invalid-option"));
  });
});
