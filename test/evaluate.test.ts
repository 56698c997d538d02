import { describe, expect, it } from "vitest";
import { evaluate } from "../src/index.ts";
import { trained } from "./support/quick-policies.ts";
import { maskedWalk } from "./support/training-environments.ts";

describe("evaluate", () => {
  it("runs whole episodes, the same ones for the same seed", async () => {
    const policy = await trained("CartPole-v1");
    const first = await evaluate(policy, "CartPole-v1", { episodes: 30 });
    expect(first.returns).toHaveLength(30);
    expect(first.mean).toBeCloseTo(first.meanLength, 10);
    expect(first.mean).toBeCloseTo(first.returns.reduce((a, b) => a + b) / 30, 10);
    expect(await evaluate(policy, "CartPole-v1", { episodes: 30 })).toEqual(first);
    expect(await evaluate(policy, undefined, { episodes: 30 })).toEqual(first);
    expect((await evaluate(policy, "CartPole-v1", { episodes: 30, seed: 1 })).returns).not.toEqual(first.returns);
    expect((await evaluate(policy, "CartPole-v1", { episodes: 1 })).std).toBe(0);
  });

  it("respects masks, starts and own environments", async () => {
    const policy = await trained(maskedWalk);
    expect((await evaluate(policy, maskedWalk, { episodes: 5 })).returns).toHaveLength(5);
    expect((await evaluate(policy, maskedWalk(), { episodes: 5 })).returns).toHaveLength(5);
    await expect(evaluate(policy, undefined)).rejects.toMatchObject({ code: "unknown-environment" });
  });

  it("refuses another environment's spaces and a number of episodes that is none", async () => {
    const policy = await trained("CartPole-v1");
    await expect(evaluate(policy, "Pendulum-v1")).rejects.toMatchObject({ code: "invalid-environment" });
    await expect(evaluate(policy, "FrozenLake-v1")).rejects.toMatchObject({ code: "invalid-environment" });
    for (const options of [{ episodes: 0 }, { episodes: -1 }, { episodes: 1.5 }, { episodes: 2, seed: -1 }]) {
      await expect(evaluate(policy, "CartPole-v1", options)).rejects.toMatchObject({ code: "invalid-option" });
    }
  });
});
