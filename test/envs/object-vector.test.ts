import { describe, expect, test } from "vitest";
import { createInstance } from "../../src/devices/wasm-instance.ts";
import type { Environment, EnvironmentSource, StepResult } from "../../src/envs/environment.ts";
import { createObjectVectorEnvironment } from "../../src/envs/object-vector-environment.ts";
import type { VectorOptions } from "../../src/envs/builtin.ts";
import type { Space } from "../../src/envs/spaces.ts";
import { constant, lineWalk } from "./own-environments.ts";

const code = (expected: string, ...words: string[]) => expect.objectContaining({
  name: "BregmanError", code: expected,
  message: expect.stringMatching(words.map((word) => `(?=[^]*${word})`).join("")),
});

async function make(source: EnvironmentSource, options?: VectorOptions) {
  return createObjectVectorEnvironment(await createInstance(), source, options);
}

const line: Space = { kind: "box", shape: [1], low: -1, high: 1 };
const coin: Space = { kind: "discrete", n: 2 };
const switches: Space = { kind: "multi-binary", n: 2 };

describe("a user's own environment", () => {
  test("gives what its object gives, and resets in the same step", async () => {
    const env = await make(() => lineWalk(), { count: 2, seed: 4 });
    env.reset();
    const starts = Array.from(env.observations);
    for (let i = 0; ; i++) {
      env.step([1, 0]);
      expect(env.finalObservations[0]).toBe(starts[0]! + i + 1);
      if (!env.terminated[0]) continue;
      expect(Array.from(env.finalObservations.subarray(0, 2))).toEqual([9, i + 1]);
      expect(env.rewards[0]).toBe(1);
      expect(env.observations[1]).toBe(0);
      break;
    }
  });

  test("copies are seeded differently, and the same on every run", async () => {
    const starts = async (seed: number) => {
      const env = await make(() => lineWalk(), { count: 16, seed });
      env.reset();
      return Array.from(env.observations);
    };
    expect(await starts(1)).toEqual(await starts(1));
    expect(await starts(1)).not.toEqual(await starts(2));
    expect(new Set(await starts(1)).size).toBeGreaterThan(2);
  });

  test("a plain object is one copy; more need a function", async () => {
    await expect(make(lineWalk(), { count: 2 })).rejects.toThrow(code("invalid-option", "function"));
    expect((await make(lineWalk())).count).toBe(1);
  });

  test("restore continues to the same bits where save and restore exist", async () => {
    const run = (env: Awaited<ReturnType<typeof make>>) => Array.from({ length: 40 }, (_, i) => {
      env.step([i & 1, 1, (i >> 1) & 1]);
      return [Array.from(env.observations), Array.from(env.rewards), Array.from(env.terminated)];
    });
    const env = await make(() => lineWalk(), { count: 3, seed: 5 });
    env.reset();
    run(env);
    const bytes = env.save();
    const expected = run(env);
    const other = await make(() => lineWalk(), { count: 3 });
    expect(other.resumable).toBe(true);
    other.restore(bytes);
    expect(run(other)).toEqual(expected);
  });

  test("without them, restore starts fresh episodes from derived seeds, the same each time", async () => {
    const plain = () => lineWalk({ save: undefined, restore: undefined });
    const env = await make(plain, { count: 8, seed: 5 });
    env.reset();
    const bytes = env.save();
    const starts = async () => {
      const other = await make(plain, { count: 8 });
      expect(other.resumable).toBe(false);
      other.restore(bytes);
      return Array.from(other.observations);
    };
    expect(await starts()).toEqual(await starts());
    expect(await starts()).not.toEqual(Array.from(env.observations));
    const saving = await make(() => lineWalk(), { count: 8 });
    expect(() => saving.restore(bytes)).toThrow(code("checkpoint-mismatch"));
  });

  test("observations of every space kind lie as documented", async () => {
    const late: Space = { kind: "discrete", n: 3, start: 1 };
    const cases: [Space, unknown, number[]][] = [
      [{ kind: "discrete", n: 5, start: 3 }, 4, [4]],
      [{ kind: "multi-discrete", nvec: [3, 2] }, [2, 1], [2, 1]],
      [{ kind: "multi-binary", n: 3 }, Int32Array.of(1, 0, 1), [1, 0, 1]],
      [{ kind: "dict", spaces: { b: late, a: line } }, { b: 3, a: [0.5] }, [0, 0, 1, 0.5]],
      [{ kind: "tuple", spaces: [line, { kind: "multi-binary", n: 2 }] }, [[-1], [0, 1]], [-1, 0, 1]],
    ];
    for (const [space, value, raw] of cases) {
      const env = await make(constant(space, value, coin));
      env.reset();
      expect(Array.from(env.observations)).toEqual(raw);
      env.step([0]);
      expect(Array.from(env.finalObservations)).toEqual(raw);
      const flattened = space.kind === "dict" || space.kind === "tuple";
      expect(env.observations).toBeInstanceOf(flattened ? Float32Array : Int32Array);
    }
  });

  test("actions arrive as the space says, boxes clipped", async () => {
    const seen: unknown[] = [];
    const step = (action: unknown): StepResult => {
      seen.push(action);
      return { observation: [0], reward: 0, terminated: false, truncated: false, info: {} };
    };
    const record = (actionSpace: Space): Environment => ({ ...constant(line, [0], actionSpace), step });
    for (const [space, action] of [
      [{ kind: "discrete", n: 3, start: 5 }, [7]], [{ kind: "multi-discrete", nvec: [2, 3] }, [1, 2]],
      [{ kind: "multi-binary", n: 2 }, [1, 0]], [{ kind: "box", shape: [2], low: [-1, 0], high: 1 }, [-3, 0.5]],
      [{ kind: "dict", spaces: { move: line, pick: { kind: "tuple", spaces: [coin, switches] } } }, [4, 1, 0, 1]],
    ] as [Space, number[]][]) {
      const env = await make(record(space));
      env.reset();
      env.step(action);
    }
    expect(seen).toEqual([7, Int32Array.of(1, 2), Int32Array.of(1, 0), Float32Array.of(-1, 0.5),
      { move: Float32Array.of(1), pick: [1, Int32Array.of(0, 1)] }]);
  });

  test("action masks are shown, also of the final observation", async () => {
    const env = await make(lineWalk({
      reset: () => ({ observation: [0, 0], info: { actionMask: [1, 0] } }),
      step: () => ({
        observation: [1, 0], reward: 0, terminated: true, truncated: false, info: { actionMask: [0, 1] },
      }),
    }));
    expect(env.actionMasks).toBeUndefined();
    env.reset();
    expect(env.actionMasks).toEqual(Uint8Array.of(1, 0));
    env.step([0]);
    expect(env.actionMasks).toEqual(Uint8Array.of(1, 0));
    expect(env.finalActionMasks).toEqual(Uint8Array.of(0, 1));
  });
});

describe("what breaks the rules is named with environment, step and index", () => {
  const stepsOnce = async (faults: Record<string, unknown>) => {
    const env = await make(lineWalk(faults));
    env.reset();
    env.step([1]);
  };
  const good = { observation: [1, 1], reward: 0, terminated: false, truncated: false, info: {} };
  const closed = { observation: [1, 1], info: { actionMask: [0, 0] } };
  const gives = (part: object): Record<string, unknown> => ({ step: () => ({ ...good, ...part }) });
  const faults: [string, Record<string, unknown>, string, string[]][] = [
    ["a NaN observation", gives({ observation: [1, NaN] }), "invalid-observation", ["LineWalk", "step 1", "element 1"]],
    ["an infinite observation", gives({ observation: [Infinity, 1] }), "invalid-observation", ["step 1", "element 0"]],
    ["a value beyond float32", gives({ observation: [1e300, 1] }), "invalid-observation", ["element 0"]],
    ["a wrong shape", gives({ observation: [1, 1, 1] }), "invalid-observation", ["2 numbers"]],
    ["another kind", gives({ observation: 3 }), "invalid-observation", ["2 numbers", "got 3"]],
    ["a value out of bounds", gives({ observation: [10, 1] }), "invalid-observation", ["element 0", "from 0 to 9"]],
    ["a missing observation", gives({ observation: undefined }), "invalid-environment", ["no observation"]],
    ["a NaN reward", gives({ reward: NaN }), "invalid-reward", ["LineWalk", "step 1", "NaN"]],
    ["an infinite reward", gives({ reward: -Infinity }), "invalid-reward", ["step 1"]],
    ["a missing reward", gives({ reward: undefined }), "invalid-environment", ["no reward"]],
    ["a missing terminated", gives({ terminated: undefined }), "invalid-environment", ["no terminated"]],
    ["a truncated that is no boolean", gives({ truncated: 0 }), "invalid-environment", ["truncated"]],
    ["no result", { step: () => undefined }, "invalid-environment", ["step"]],
    ["a promise", { step: async () => ({}) }, "invalid-environment", ["synchronous"]],
    ["a mask that comes late", gives({ info: { actionMask: [1, 1] } }), "invalid-environment", ["actionMask"]],
    ["an old-style reset", { reset: () => [1, 1] }, "invalid-environment", ["reset", "no observation"]],
    ["a mask that allows nothing", { reset: () => closed }, "invalid-environment", ["allow nothing"]],
    ["a missing space", { observationSpace: undefined }, "invalid-environment", ["observationSpace"]],
    ["a malformed space", { actionSpace: { kind: "discrete", n: 0 } }, "invalid-space", ["actionSpace", "n:"]],
    ["an action of no kind", { actionSpace: { kind: "tuple", spaces: [] } }, "invalid-space", ["actionSpace"]],
    ["a missing step", { step: undefined }, "invalid-environment", ["step"]],
  ];

  test.each(faults)("%s", async (_, fault, expected, words) => {
    await expect(stepsOnce(fault)).rejects.toThrow(code(expected, ...words));
  });

  test("the step is counted from the reset", async () => {
    let steps = 0;
    const more = { reward: 0, terminated: false, truncated: false, info: {} };
    const step = () => ({ observation: [++steps === 7 ? NaN : 0], ...more });
    const env = await make({ ...constant(line, [0], coin), step });
    env.reset();
    for (let i = 0; i < 6; i++) env.step([0]);
    expect(() => env.step([0])).toThrow(code("invalid-observation", "Constant", "step 7"));
  });

  test("wrong actions and use before reset or after dispose are refused", async () => {
    const env = await make(lineWalk());
    expect(() => env.step([0])).toThrow(code("invalid-state"));
    env.reset();
    expect(() => env.step([2])).toThrow(code("invalid-action"));
    let closed = 0;
    const other = await make(lineWalk({ close: () => closed++ }));
    other.dispose();
    other.dispose();
    expect(closed).toBe(1);
    expect(() => other.reset()).toThrow(code("disposed"));
  });
});
