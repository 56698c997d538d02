import { describe, expect, test } from "vitest";
import { checkEnv } from "../../src/envs/check-env.ts";
import { makeEnv } from "../../src/envs/make-env.ts";
import { environmentNames } from "../../src/envs/registry.ts";
import { constant, lineWalk } from "./own-environments.ts";

const invalid = (...words: string[]) => expect.objectContaining({
  name: "BregmanError", code: "invalid-environment",
  message: expect.stringMatching(words.map((word) => `(?=[^]*${word})`).join("")),
});

describe("checkEnv", () => {
  test.each(environmentNames)("%s is a valid environment", async (name) => {
    expect(checkEnv(await makeEnv(name))).toMatchObject({ name, resumable: true });
  });

  test("a sound environment of one's own gets a report", () => {
    expect(checkEnv(() => lineWalk())).toEqual({ name: "LineWalk", steps: 200, resumable: true, notes: [] });
    expect(checkEnv(lineWalk({ save: undefined, restore: undefined })).resumable).toBe(false);
  });

  test("a passage that the seed does not determine is found", () => {
    let count = 0;
    const space = { kind: "discrete", n: 9 } as const;
    const drifting = { ...constant(space, 0, space), reset: () => ({ observation: ++count % 9, info: {} }) };
    expect(() => checkEnv(drifting)).toThrow(invalid("same seed", "reset"));
  });

  test("a value that is reused and changed later is not mistaken for determinism", () => {
    const shared = [5, 0];
    const walk = lineWalk({ save: undefined, restore: undefined });
    const reuse = (observation: number[]) => (shared.splice(0, 2, ...observation), shared);
    expect(checkEnv({
      ...walk,
      reset: (options) => ({ ...walk.reset(options), observation: reuse(walk.reset(options).observation) }),
      step: (action) => {
        const result = walk.step(action);
        return { ...result, observation: reuse(result.observation) };
      },
    }).notes).toEqual([]);
  });

  test("broken promises are named", () => {
    expect(() => checkEnv({} as never)).toThrow(invalid("observationSpace"));
    expect(() => checkEnv(null as never)).toThrow(invalid("expected \\{"));
    const actionSpace = { kind: "discreet", n: 2 };
    expect(() => checkEnv(lineWalk({ actionSpace }))).toThrow(invalid("actionSpace", "discreet"));
    const nan = { observation: [1, 1], reward: NaN, terminated: false, truncated: false };
    expect(() => checkEnv(lineWalk({ step: () => nan }))).toThrow(invalid("reward", "NaN", "step 1"));
    const observationSpace = { kind: "box", shape: [2], low: 0, high: 5 };
    expect(() => checkEnv(lineWalk({ observationSpace }))).toThrow(invalid("element"));
    expect(() => checkEnv(lineWalk({ restore: undefined }))).toThrow(invalid("save and restore"));
    expect(() => checkEnv(lineWalk({ restore: () => {} }))).toThrow(invalid("after restore"));
  });

  test("a close that fails the second time is found", () => {
    let open = true;
    const close = () => {
      if (!open) throw new Error("already closed");
      open = false;
    };
    expect(() => checkEnv(lineWalk({ close }))).toThrow(invalid("already closed"));
  });

  test("masked actions are never taken", () => {
    const walk = lineWalk({ save: undefined, restore: undefined });
    const mask = { actionMask: Uint8Array.of(0, 1) };
    expect(checkEnv({
      ...walk,
      reset: (options) => ({ ...walk.reset(options), info: mask }),
      step: (action) => {
        if (action !== 1) throw new Error("a masked action was taken");
        return { ...walk.step(action), info: mask };
      },
    }).name).toBe("LineWalk");
  });
});
