import { describe, expect, it } from "vitest";
import { load, type Policy, type Space } from "../../src/index.ts";
import { box, rows, somewhere, trained, withActions, withObservations } from "../support/quick-policies.ts";
import { target } from "../support/training-environments.ts";

const code = (name: string) => expect.objectContaining({ code: name });

describe("act gives what the action space holds", () => {
  it("discrete: a number, from its start on", async () => {
    expect([0, 1, 2]).toContain((await withActions({ kind: "discrete", n: 3 })).act(somewhere));
    const policy = await withActions({ kind: "discrete", n: 3, start: -7 });
    for (const row of rows(20, 3)) {
      expect([-7, -6, -5]).toContain(policy.act(row));
      expect([-7, -6, -5]).toContain(policy.act(row, { deterministic: false }));
    }
    expect([...policy.actBatch(rows(5, 3).flat(), 5)].every((a) => a <= -5)).toBe(true);
  });

  it("multi-discrete and multi-binary: an Int32Array", async () => {
    const several = (await withActions({ kind: "multi-discrete", nvec: [2, 5, 3] })).act(somewhere,
      { deterministic: false }) as Int32Array;
    expect(several).toBeInstanceOf(Int32Array);
    expect(several).toHaveLength(3);
    [2, 5, 3].forEach((n, i) => expect(several[i]! >= 0 && several[i]! < n).toBe(true));
    const switches = (await withActions({ kind: "multi-binary", n: 4 })).act(somewhere,
      { deterministic: false }) as Int32Array;
    expect(switches).toBeInstanceOf(Int32Array);
    expect([...switches].every((x) => x === 0 || x === 1)).toBe(true);
  });

  it.each([["Gaussian", false], ["squashed", true]])("box: a Float32Array inside the box (%s)", async (_, squash) => {
    const policy = await trained(target(box(-1, 1, 3), somewhere, box([-1, 0.5, -0.01], [1, 0.75, 0.01], 3),
      () => true), { squash });
    const seen = [Infinity, -Infinity];
    for (const row of rows(100, 3)) {
      const action = policy.act(row, { deterministic: false }) as Float32Array;
      expect(action).toBeInstanceOf(Float32Array);
      [[-1, 1], [0.5, 0.75], [-0.01, 0.01]].forEach(([low, high], i) => {
        expect(action[i]!).toBeGreaterThanOrEqual(Math.fround(low!));
        expect(action[i]!).toBeLessThanOrEqual(Math.fround(high!));
      });
      seen[0] = Math.min(seen[0]!, action[1]!);
      seen[1] = Math.max(seen[1]!, action[1]!);
    }
    expect(seen[1]! - seen[0]!).toBeGreaterThan(0.2);
  });

  it("a fresh array each time, unless `out` is given", async () => {
    const policy = await withActions(box(-1, 1, 2));
    expect(policy.act(somewhere)).not.toBe(policy.act(somewhere));
    const out = new Float32Array(2);
    expect(policy.act(somewhere, { out })).toBe(out);
    expect([...out]).toEqual([...policy.act(somewhere) as Float32Array]);
    expect(() => policy.act(somewhere, { out: new Float32Array(1) })).toThrow(/room for 2/);
  });

  it("the same deterministic action for the same observation; samples differ and repeat with the policy's seed",
    async () => {
    const policy = await withActions(box(-5, 5, 1));
    const actions = (from: Policy, deterministic: boolean): number[] =>
      Array.from({ length: 10 }, () => (from.act(somewhere, { deterministic }) as Float32Array)[0]!);
    expect(new Set(actions(policy, true)).size).toBe(1);
    const bytes = policy.save();
    const [one, other] = [await load(bytes), await load(bytes)];
    expect(new Set(actions(one, false)).size).toBeGreaterThan(5);
    expect(actions(one, false)).toEqual((actions(other, false), actions(other, false)));
  });
});

describe("act takes the raw observation of every space", () => {
  it.each<[string, Space, unknown, unknown]>([
    ["box, typed", box(-1, 1, 2), Float32Array.of(0.1, 0.2), [0.1, 0.2]],
    ["box of rank 2", box(-9, 9, 2, 2), [1, 2, 3, 4], Float64Array.of(1, 2, 3, 4)],
    ["discrete", { kind: "discrete", n: 4, start: 2 }, 5, 3],
    ["multi-discrete", { kind: "multi-discrete", nvec: [2, 3] }, [1, 2], Int32Array.of(0, 1)],
    ["multi-binary", { kind: "multi-binary", n: 3 }, [1, 0, 1], Int32Array.of(0, 0, 1)],
    ["dict", { kind: "dict", spaces: { a: box(-1, 1, 2), b: { kind: "discrete", n: 3 } } }, { a: [0, 1], b: 2 },
      { b: 0, a: Float32Array.of(1, 0) }],
    ["tuple", { kind: "tuple", spaces: [{ kind: "discrete", n: 2 }, box(0, 1, 1)] }, [1, [0.5]],
      [0, Float32Array.of(1)]],
  ])("%s", async (_, space, first, second) => {
    const policy = await withObservations(space, first);
    expect([0, 1]).toContain(policy.act(first as never));
    const both = policy.actBatch([first, second] as never, 2);
    expect([...both]).toEqual([policy.act(first as never), policy.act(second as never)]);
  });

  it.each<[string, Space, unknown, unknown[]]>([
    ["box", box(-1, 1, 2), [0, 0], [[0], [0, 0, 0], 3, null, undefined, "ab", [0, NaN], [Infinity, 0], { a: 1 },
      [0, undefined]]],
    ["discrete", { kind: "discrete", n: 4, start: 2 }, 5, [1, 6, 2.5, NaN, [3], null, "3"]],
    ["multi-discrete", { kind: "multi-discrete", nvec: [2, 3] }, [1, 2], [[2, 0], [0, 3], [0], [0, 0, 0], [-1, 0], 1]],
    ["multi-binary", { kind: "multi-binary", n: 3 }, [1, 0, 1], [[2, 0, 0], [0, 0], [0, 0, 0, 0], [0.5, 0, 0]]],
    ["dict", { kind: "dict", spaces: { a: box(-Infinity, Infinity, 2), b: { kind: "discrete", n: 3 } } },
      { a: [0, 1], b: 2 },
      [{ a: [0, 1] }, { a: [0], b: 1 }, { a: [0, NaN], b: 1 }, { a: [0, Infinity], b: 1 }, { a: [0, 1], b: 3 },
        [0, 1, 2]]],
    ["tuple", { kind: "tuple", spaces: [{ kind: "discrete", n: 2 }, box(0, 1, 1)] }, [1, [0.5]],
      [[1], [2, [0.5]], [1, [NaN]], 1]],
  ])("%s: a wrong one is an error of code invalid-observation, and does no harm", async (_, space, right, wrong) => {
    const policy = await withObservations(space, right);
    const before = policy.act(right as never);
    for (const each of wrong) {
      expect(() => policy.act(each as never), String(each)).toThrow(code("invalid-observation"));
      expect(() => policy.actBatch([right, each] as never, 2), String(each)).toThrow(code("invalid-observation"));
    }
    expect(policy.act(right as never)).toBe(before);
  });

  it("box values outside of the bounds are taken: a bound is no law of nature", async () => {
    expect([0, 1]).toContain((await withObservations(box(-1, 1, 2), [0, 0])).act([50, -50]));
  });
});

describe("actBatch", () => {
  it.each<[string, Space, boolean]>([
    ["discrete", { kind: "discrete", n: 3, start: 2 }, false], ["box", box(-0.1, 0.1, 2), false],
    ["squashed box", box(-3, 1, 2), true],
    ["multi-discrete", { kind: "multi-discrete", nvec: [2, 4] }, false],
  ])("is act row by row, bit for bit, for any number of rows (%s)", async (_, space, squash) => {
    const policy = await trained(target(box(-1, 1, 3), somewhere, space, () => true), squash ? { squash } : {});
    for (const n of [1, 2, 3, 4, 5, 7, 8, 16, 33, 100]) {
      const observations = rows(n, 3);
      const single = observations.flatMap((row) => {
        const action = policy.act(row);
        return typeof action === "number" ? [action] : [...action];
      });
      expect([...policy.actBatch(observations.flat(), n)]).toEqual(single);
      expect([...policy.actBatch(Float32Array.from(observations.flat()), n)]).toEqual(single);
      expect([...policy.actBatch(observations, n)]).toEqual(single);
    }
  });

  it("does not grow with the number of different row counts", async () => {
    const policy = await withActions({ kind: "discrete", n: 3 });
    for (let n = 1; n <= 70; n++) expect(policy.actBatch(rows(n, 3).flat(), n)).toHaveLength(n);
  });

  it("refuses a wrong number of rows, and numbers that are none", async () => {
    const policy = await withActions({ kind: "discrete", n: 3 });
    expect(() => policy.actBatch([1, 2, 3], 2)).toThrow(code("invalid-observation"));
    expect(() => policy.actBatch([[1, 2, 3]], 2)).toThrow(code("invalid-observation"));
    expect(() => policy.actBatch([1, 2, NaN, 1, 2, 3], 2)).toThrow(code("invalid-observation"));
    for (const n of [0, -1, 1.5, NaN]) expect(() => policy.actBatch([], n)).toThrow(code("invalid-option"));
    expect([...policy.actBatch([1, 2, 3, 1, 2, 3], 2)]).toHaveLength(2);
  });
});

describe("action masks", () => {
  it("forbid, in modes and in samples, also where the environment gives none", async () => {
    const policy = await withActions({ kind: "discrete", n: 3, start: 5 });
    for (let forbidden = 0; forbidden < 3; forbidden++) {
      const actionMask = Uint8Array.of(1, 1, 1);
      actionMask[forbidden] = 0;
      for (const row of rows(30, 3)) {
        expect(policy.act(row, { actionMask })).not.toBe(5 + forbidden);
        expect(policy.act(row, { actionMask, deterministic: false })).not.toBe(5 + forbidden);
      }
      const only = Uint8Array.of(0, 0, 0);
      only[forbidden] = 1;
      expect(policy.act(somewhere, { actionMask: only })).toBe(5 + forbidden);
    }
    const batch = policy.actBatch(rows(3, 3), 3, { actionMask: [1, 0, 0, 0, 1, 0, 0, 0, 1] });
    expect([...batch]).toEqual([5, 6, 7]);
  });

  it("head by head for several choices", async () => {
    const policy = await withActions({ kind: "multi-discrete", nvec: [2, 3] });
    expect([...policy.act(somewhere, { actionMask: [0, 1, 0, 0, 1] }) as Int32Array]).toEqual([1, 2]);
    const sampled = policy.act(somewhere, { actionMask: [1, 0, 0, 1, 0], deterministic: false });
    expect([...sampled as Int32Array]).toEqual([0, 1]);
  });

  it("all open is no mask; a wrong one is an error", async () => {
    const policy = await withActions({ kind: "discrete", n: 3 });
    for (const row of rows(10, 3)) expect(policy.act(row, { actionMask: [1, 1, 1] })).toBe(policy.act(row));
    for (const actionMask of [[1, 1], [1, 1, 1, 1], [0, 0, 0], [0, NaN, 0]]) {
      expect(() => policy.act(somewhere, { actionMask }), String(actionMask)).toThrow(code("invalid-action"));
    }
    expect(() => policy.actBatch(rows(2, 3), 2, { actionMask: [1, 1, 1, 0, 0, 0] })).toThrow(code("invalid-action"));
    const continuous = await withActions(box(-1, 1, 1));
    expect(continuous.act(somewhere, { actionMask: [0] })).toHaveLength(1);
  });
});
