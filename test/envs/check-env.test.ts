import { describe, expect, test } from "vitest";
import { checkEnv } from "../../src/envs/check-env.ts";
import { contract, type ContractRule, type Problem } from "../../src/envs/contract.ts";
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

  test("broken promises are named", () => {
    expect(() => checkEnv({} as never)).toThrow(invalid("observationSpace"));
    expect(() => checkEnv(null as never)).toThrow(invalid("expected \\{"));
    const actionSpace = { kind: "discreet", n: 2 };
    expect(() => checkEnv(lineWalk({ actionSpace }))).toThrow(invalid("actionSpace", "discreet"));
    const nan = { observation: [1, 1], reward: NaN, terminated: false, truncated: false };
    expect(() => checkEnv(lineWalk({ step: () => nan }))).toThrow(invalid("reward", "NaN", "step 1"));
    const observationSpace = { kind: "box", shape: [2], low: 0, high: 5 };
    expect(() => checkEnv(lineWalk({ observationSpace }))).toThrow(invalid("element"));
    expect(() => checkEnv(lineWalk({ restore: undefined }))).toThrow(invalid("save alone"));
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

// ---- planted faults ------------------------------------------------------------------------------------------------

interface Reported extends Problem {
  readonly message: string;
}

/** The one problem that checkEnv finds. */
function onlyProblem(source: unknown): Reported {
  try {
    checkEnv(source as never);
  } catch (error) {
    const { problems, message } = error as Error & { problems: Problem[] };
    expect(problems).toHaveLength(1);
    return { ...problems[0]!, message };
  }
  throw new Error("checkEnv found nothing");
}

const good = { observation: [1, 1], reward: 0, terminated: false, truncated: false, info: {} };
const gives = (part: object) => () => lineWalk({ step: () => ({ ...good, ...part }) });
const without = (field: keyof typeof good, also: object = {}) => () => {
  const { [field]: _, ...rest } = good;
  return lineWalk({ step: () => ({ ...rest, ...also }) });
};
const masks = (actionMask: unknown, later = actionMask) => () => {
  const walk = lineWalk({ save: undefined, restore: undefined });
  return {
    ...walk,
    reset: (options?: object) => ({ ...walk.reset(options), info: { actionMask } }),
    step: (action: number) => ({ ...walk.step(action), info: { actionMask: later } }),
  };
};
const renamed = (from: string, to: string) => () => {
  const { [from]: value, ...rest } = lineWalk() as never as Record<string, unknown>;
  return { ...rest, [to]: value };
};
const overwriting = () => {
  const walk = lineWalk({ save: undefined, restore: undefined });
  const shared = new Float32Array(2);
  const put = <Result extends { observation: number[] }>(result: Result) => {
    shared.set(result.observation);
    return { ...result, observation: shared };
  };
  const reset = (options?: object) => put(walk.reset(options));
  return { ...walk, reset, step: (action: number) => put(walk.step(action)) };
};
const closing = () => {
  let open = true;
  return lineWalk({ close() {
    if (!open) throw new Error("already closed");
    open = false;
  } });
};
const unseeded = () => {
  let resets = 0;
  const space = { kind: "discrete", n: 9 } as const;
  return { ...constant(space, 0, space), reset: () => ({ observation: ++resets % 9, info: {} }) };
};

const failing = () => {
  throw new Error("no such cell");
};

type Planted = [what: string, source: unknown, rule: string, where: RegExp, seen: RegExp, mend: RegExp];

const planted: Planted[] = [
  ["no environment at all", 3, "object", /^environment$/, /got 3$/, /a function that makes one/],
  ["a promise of one", Promise.resolve(lineWalk()), "synchronous", /^environment$/, /got a promise/, /load before/],
  ["a missing space", () => lineWalk({ actionSpace: undefined }), "spaces", /^environment$/, /actionSpace is missing/,
    /one of these forms/],
  ["a misspelt observation_space", renamed("observationSpace", "observation_space"), "spaces", /^environment$/,
    /observationSpace is missing/, /^rename observation_space to observationSpace$/],
  ["a misspelt action_space", renamed("actionSpace", "action_space"), "spaces", /^environment$/,
    /actionSpace is missing/, /^rename action_space to actionSpace$/],
  ["an abbreviated obsSpace", renamed("observationSpace", "obsSpace"), "spaces", /^environment$/, /missing/,
    /^rename obsSpace to observationSpace$/],
  ["a misspelt Reset", renamed("reset", "Reset"), "methods", /^environment$/, /reset: expected a function/,
    /^rename Reset to reset$/],
  ["an action space of no known kind", () => lineWalk({ actionSpace: { kind: "discreet", n: 2 } }), "spaces",
    /^environment$/, /actionSpace: kind: .* got "discreet"; did you mean "discrete"/, /one of these forms/],
  ["a box with low above high", () => lineWalk({ observationSpace: { kind: "box", shape: [2], low: 1, high: [9, 0] } }),
    "bounds", /^environment$/, /element 1 has 1 and 0/, /low and high/],
  ["a reset of the old kind", () => lineWalk({ reset: () => [1, 1] }), "reset-result", /^reset$/, /no observation/,
    /info: {}/],
  ["a step that returns nothing", () => lineWalk({ step: () => undefined }), "step-result", /^step 1$/, /got undefined/,
    /all of these fields/],
  ["an asynchronous step", () => lineWalk({ step: async () => good }), "synchronous", /^step 1$/, /a promise/,
    /load before/],
  ["a missing terminated", without("terminated"), "endings", /^step 1$/, /no terminated$/, /return both/],
  ["done instead of terminated and truncated", without("terminated", { done: false }), "endings", /^step 1$/,
    /no terminated, but done/, /terminated: done/],
  ["obs instead of observation", without("observation", { obs: [1, 1] }), "step-result", /^step 1$/, /no observation/,
    /^rename obs to observation$/],
  ["a flag that is a number", gives({ truncated: 0 }), "flags", /^step 1$/, /truncated: .* got 0/, /Boolean/],
  ["a NaN reward", gives({ reward: NaN }), "reward", /^step 1$/, /got NaN/, /division by zero/],
  ["a reward in words", gives({ reward: "1" }), "reward", /^step 1$/, /got "1"/, /Number\(reward\)/],
  ["an observation outside of its box", gives({ observation: [1, 101] }), "observation-range", /^step 1$/,
    /element 1: .* from 0 to 100, got 101/, /widen low and high/],
  ["an observation of another length", gives({ observation: [1] }), "observation-form", /^step 1$/,
    /expected 2 numbers .* got \[1\]/, /shape/],
  ["an infinite observation", gives({ observation: [1, Infinity] }), "observation-finite", /^step 1$/,
    /element 1: .* got Infinity/, /division by zero/],
  ["strings instead of numbers", gives({ observation: [1, "one"] }), "observation-numbers", /^step 1$/,
    /element 1: expected a number, got "one"/, /as numbers/],
  ["an array that is overwritten by the next step", overwriting, "observation-fresh", /^step 1$/,
    /that reset had returned was overwritten/, /slice\(\)/],
  ["a passage that the seed does not determine", unseeded, "seed", /^reset$/, /another first observation/,
    /Math\.random/],
  ["a mask of another length", masks([1, 1, 1]), "mask-length", /^reset$/, /expected 2 values .* got \[1, 1, 1\]/,
    /as many entries/],
  ["a mask that allows nothing", masks([1, 0], [0, 0]), "mask-open", /^step 1$/, /elements 0 to 1 allow nothing/,
    /does nothing/],
  ["a mask that comes and goes", masks([1, 1], null), "mask-always", /^step 1$/, /missing, though/,
    /every reset/],
  ["a mask under another name", gives({ info: { action_mask: [1, 1] } }), "mask-name", /^step 1$/, /action_mask/,
    /^rename action_mask to actionMask$/],
  ["save without restore", () => lineWalk({ restore: undefined }), "save-and-restore", /^environment$/, /save alone/,
    /the other one/],
  ["a save of something else", () => lineWalk({ save: () => "state" }), "save-bytes", /^save$/, /Uint8Array/,
    /Float64Array/],
  ["a restore that does not restore", () => lineWalk({ restore: () => {} }), "restore", /^restore$/, /another passage/,
    /random generator/],
  ["a step that throws", () => lineWalk({ step: failing }), "runs", /^step 1$/, /^threw: no such cell$/, /environment's code/],
  ["a close that works once", closing, "close", /^close$/, /already closed/, /second call/],
  ["agents that are no number", () => ({ ...lineWalk(), agents: 0 }), "agents", /^LineWalk$/, /got 0/, /how many/],
];

describe("each planted fault is told with the line of the contract that it breaks", () => {
  test.each(planted)("%s", (_, source, rule, where, seen, mend) => {
    const problem = onlyProblem(source);
    expect(problem).toMatchObject({
      rule, where: expect.stringMatching(where), seen: expect.stringMatching(seen), mend: expect.stringMatching(mend),
      contract: contract[rule as ContractRule][0],
    });
    for (const part of [problem.seen, problem.where, problem.contract, problem.mend]) {
      expect(problem.message).toContain(part);
    }
  });

  test("no two are told in the same words, and every rule of the contract is broken once", () => {
    const messages = planted.map(([, source]) => onlyProblem(source).message);
    expect(new Set(messages).size).toBe(messages.length);
    expect(new Set(planted.map(([, , rule]) => rule))).toEqual(new Set(Object.keys(contract)));
  });

  test("several at once are all told", () => {
    const environment = lineWalk({ observationSpace: undefined, actionSpace: { kind: "discrete", n: 0 }, reset: 3 });
    expect(() => checkEnv(environment)).toThrow(invalid("3 problems", "observationSpace", "actionSpace", "reset"));
  });
});
