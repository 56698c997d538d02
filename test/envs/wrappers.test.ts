import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkEnv, createTrainer, makeEnv } from "../../src/index.ts";
import type { Environment, OwnEnvironment } from "../../src/envs/environment.ts";
import {
  frameStack, mapObservation, mapReward, observationSlices, stepPenalty, timeLimit,
} from "../../src/envs/wrappers/index.ts";
import type { Space } from "../../src/envs/spaces.ts";
import { runners } from "../support/runners.ts";
import { maskedWalk } from "../support/training-environments.ts";
import { lineWalk } from "./own-environments.ts";

const unit: Space = { kind: "box", shape: [2], low: 0, high: 1 };

/** Wrappers that fit any environment, by name. */
const wrappers: Record<string, (environment: Environment) => Environment> = {
  "frameStack 2": (environment) => frameStack(environment, 2),
  "frameStack 3": (environment) => frameStack(environment, 3),
  "timeLimit 7": (environment) => timeLimit(environment, 7),
  "timeLimit 20": (environment) => timeLimit(environment, 20),
  "stepPenalty": (environment) => stepPenalty(environment, 0.01),
  "mapReward": (environment) => mapReward(environment, (reward) => 2 * reward),
};
const stack = fc.array(fc.constantFrom(...Object.keys(wrappers)), { minLength: 1, maxLength: 4 });
const wrapped = (names: readonly string[], inner: Environment): Environment =>
  names.reduce((environment, name) => wrappers[name]!(environment), inner);
const inner = { lineWalk: () => lineWalk(), maskedWalk } as const;

/** What 30 steps of the given choices show, with resets where episodes end. */
function passage(environment: Environment, choices: readonly number[]): unknown[] {
  return choices.map((choice) => {
    const { actionSpace } = environment;
    const first = actionSpace.kind === "discrete" ? actionSpace.start ?? 0 : 0;
    const result = environment.step(first + choice);
    if (result.terminated || result.truncated) return [result, environment.reset()];
    return [result];
  });
}

describe("wrappers, put into each other in any order", () => {
  test("make sound environments that keep action spaces, masks, save and restore", () => {
    fc.assert(fc.property(stack, fc.constantFrom("lineWalk", "maskedWalk"), (names, which) => {
      const make = () => wrapped(names, inner[which]());
      expect(checkEnv(make, { steps: 60 })).toMatchObject({ resumable: true });
      const { reset, actionSpace, name } = make();
      expect([name, actionSpace]).toEqual([inner[which]().name, inner[which]().actionSpace]);
      expect(reset({ seed: 1 }).info.actionMask).toEqual(inner[which]().reset({ seed: 1 }).info.actionMask);
      const { save: _, ...forgetful } = inner[which]();
      expect("save" in wrapped(names, forgetful)).toBe(false);
    }), { numRuns: 30 });
  });

  test("continue to the same values after restore, also in another instance", () => {
    const moves = fc.array(fc.nat(1), { minLength: 1, maxLength: 30 });
    fc.assert(fc.property(stack, moves, moves, fc.nat(99), (names, before, after, seed) => {
      const environment = wrapped(names, lineWalk());
      environment.reset({ seed });
      passage(environment, before);
      const bytes = environment.save!();
      const expected = structuredClone(passage(environment, after));
      const other = wrapped(names, lineWalk());
      other.restore!(bytes);
      expect(passage(other, after)).toEqual(expected);
    }), { numRuns: 60 });
  });

  test("a resumed training has the bits of one that was never stopped", async () => {
    const make = () => frameStack(timeLimit(stepPenalty(maskedWalk(), 0.02), 11), 3);
    const options = { envs: 3, steps: 3 * 16 * 4, hyperparameters: { horizon: 16, networks: { hidden: [8] } } };
    const hashAfter = async (resume: Uint8Array | undefined, updates: number) => {
      const trainer = await createTrainer(make, resume ? { resume } : options);
      for (let i = 0; i < updates; i++) await trainer.update();
      const result = { hash: trainer.stateHash(), bytes: await trainer.checkpoint() };
      trainer.dispose();
      return result;
    };
    const whole = await hashAfter(undefined, 4);
    expect((await hashAfter((await hashAfter(undefined, 2)).bytes, 2)).hash).toBe(whole.hash);
  });

  test("other wrappers' states are refused", () => {
    const saved = frameStack(lineWalk(), 2);
    saved.reset({ seed: 1 });
    const bytes = saved.save!();
    const mismatch = expect.objectContaining({ code: "checkpoint-mismatch" });
    expect(() => frameStack(lineWalk(), 3).restore!(bytes)).toThrow(mismatch);
    expect(() => mapReward(lineWalk(), (reward) => reward).restore!(bytes)).toThrow(mismatch);
    expect(() => frameStack(lineWalk(), 2).restore!(bytes.slice(0, -1)))
      .toThrow(expect.objectContaining({ code: "checkpoint-corrupt" }));
  });
});

describe("frameStack", () => {
  test("holds the last observations, oldest first, and begins with copies of the first", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(1), { maxLength: 9 }), (count, moves) => {
      const plain = lineWalk();
      const stacked = frameStack(lineWalk(), count);
      const frames = new Array<number[]>(count).fill(plain.reset({ seed: 2 }).observation);
      expect([...stacked.reset({ seed: 2 }).observation]).toEqual(frames.flat());
      for (const move of moves) {
        const { observation, terminated } = plain.step(move);
        frames.push(observation);
        expect([...stacked.step(move).observation]).toEqual(frames.slice(-count).flat());
        if (terminated) return;
      }
    }));
  });

  test("has the space of as many frames; other spaces are flattened", () => {
    expect(frameStack(lineWalk(), 2).observationSpace).toEqual({
      kind: "box", shape: [2, 2], low: [0, 0, 0, 0], high: [9, 100, 9, 100],
    });
    expect(frameStack(maskedWalk(), 2).observationSpace).toMatchObject({ shape: [2, 7] });
    const { observation } = frameStack(maskedWalk(), 2).reset({ seed: 1 });
    expect([...observation].filter((x: number) => x === 1)).toHaveLength(2);
  });

  test("says what is wrong with an observation", () => {
    const broken = frameStack(lineWalk({ reset: () => ({ observation: [1], info: {} }) }), 2);
    expect(() => broken.reset()).toThrow(/LineWalk, frameStack: observation: expected 2 numbers/);
    expect(() => frameStack(lineWalk(), 0)).toThrow(/frameStack: count: expected a whole number of at least 1, got 0/);
  });
});

describe("the others", () => {
  test("timeLimit cuts after its steps and leaves what came before as it was", () => {
    const environment = timeLimit(lineWalk(), 4);
    environment.reset({ seed: 1 });
    const cut = [0, 1, 0, 1].map((move) => environment.step(move).truncated);
    expect(cut).toEqual([false, false, false, true]);
    environment.reset();
    expect(environment.step(0).truncated).toBe(false);
    expect(() => timeLimit(lineWalk(), 1.5)).toThrow(/timeLimit: steps/);
  });

  test("mapObservation, mapReward and stepPenalty change what they name", () => {
    const scale = () => mapObservation(lineWalk(), unit, ([place, steps]) => [place / 9, steps / 100]);
    const scaled = scale();
    expect(scaled.observationSpace).toBe(unit);
    expect(scaled.reset({ seed: 1 }).observation[0]).toBeCloseTo(lineWalk().reset({ seed: 1 }).observation[0] / 9, 12);
    expect(checkEnv(scale).notes).toEqual([]);
    const rewarded = mapReward(lineWalk(), (reward, { observation }) => reward + observation[0]);
    rewarded.reset({ seed: 1 });
    const { reward, observation } = rewarded.step(0);
    expect(reward).toBe(observation[0]);
    const priced = stepPenalty(lineWalk(), 0.25);
    priced.reset({ seed: 1 });
    expect(priced.step(0).reward).toBe(-0.25);
    expect(() => stepPenalty(lineWalk(), -1)).toThrow(/stepPenalty/);
    expect(() => mapObservation(lineWalk(), { kind: "bax" } as never, (x) => x)).toThrow(/did you mean "box"/);
  });

  test("built-in environments can be wrapped", async () => {
    const environment = frameStack(timeLimit(await makeEnv("Pendulum-v1"), 5), 2);
    expect(checkEnv(environment, { steps: 12 })).toMatchObject({ name: "Pendulum-v1", notes: [] });
  });

  test("several agents are wrapped one by one", () => {
    const make = (): OwnEnvironment => frameStack(timeLimit(stepPenalty(runners(3), 0.01), 9), 2);
    expect(checkEnv(make)).toMatchObject({ name: "Runners", resumable: true });
    const environment = frameStack(mapReward(runners(2), () => 7), 2);
    const { observations } = environment.reset({ seed: 1 });
    expect(observations.map((each) => each.length)).toEqual([4, 4]);
    expect(environment.step([1, 1]).rewards).toEqual([7, 7]);
  });
});

describe("observationSlices", () => {
  test("names where each part of an observation stands", () => {
    const space: Space = { kind: "dict", spaces: {
      position: unit,
      inventory: { kind: "dict", spaces: { sword: { kind: "discrete", n: 2 }, keys: { kind: "multi-binary", n: 3 } } },
      rays: { kind: "tuple", spaces: [unit, { kind: "multi-discrete", nvec: [2, 4] }] },
    } };
    expect(observationSlices(space)).toEqual({
      "position": [0, 2], "inventory.sword": [2, 4], "inventory.keys": [4, 7], "rays.0": [7, 9], "rays.1": [9, 15],
    });
    expect(observationSlices(unit)).toEqual({ observation: [0, 2] });
    expect(() => observationSlices({ kind: "dict", spaces: { "a.b": unit, a: { kind: "dict", spaces: { b: unit } } } }))
      .toThrow(/two parts are called "a\.b"/);
  });
});
