import { describe, expect, it } from "vitest";
import { createTrainer, evaluate, load, train, type EnvironmentArgument, type Policy, type Space, type TrainerOptions } from "../../src/index.ts";
import { sha256 } from "../../src/io/sha256.ts";
import { readSafetensors } from "../../src/io/safetensors.ts";
import { maskedWalk, target } from "../support/training-environments.ts";
import { numbers } from "../support/values.ts";

const quick: TrainerOptions = {
  algorithm: "ppo", envs: 2, steps: 64, device: "wasm",
  hyperparameters: { horizon: 16, networks: { hidden: [8] }, minibatchSize: 16, epochs: 2 },
};

const trained = async (environment: EnvironmentArgument, hyperparameters: TrainerOptions["hyperparameters"] = {}): Promise<Policy> =>
  (await train(environment, { ...quick, hyperparameters: { ...quick.hyperparameters, ...hyperparameters } })).policy;

const box = (low: number | number[], high: number | number[], ...shape: number[]): Space => ({ kind: "box", shape, low, high });
const withActions = (space: Space): Promise<Policy> => trained(target(box(-1, 1, 3), [0.1, 0.2, 0.3], space, () => true));
const withObservations = (space: Space, value: unknown, hyperparameters = {}): Promise<Policy> =>
  trained(target(space, value, { kind: "discrete", n: 2 }, (a) => a === 0), hyperparameters);
const somewhere = [0.5, -0.25, 1];

/** Random rows in [-1, 1). */
const rows = (count: number, width: number): number[][] => {
  const next = numbers(count * 100 + width);
  return Array.from({ length: count }, () => Array.from({ length: width }, () => 2 * next() - 1));
};

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
    const several = (await withActions({ kind: "multi-discrete", nvec: [2, 5, 3] })).act(somewhere, { deterministic: false }) as Int32Array;
    expect(several).toBeInstanceOf(Int32Array);
    expect(several).toHaveLength(3);
    [2, 5, 3].forEach((n, i) => expect(several[i]! >= 0 && several[i]! < n).toBe(true));
    const switches = (await withActions({ kind: "multi-binary", n: 4 })).act(somewhere, { deterministic: false }) as Int32Array;
    expect(switches).toBeInstanceOf(Int32Array);
    expect([...switches].every((x) => x === 0 || x === 1)).toBe(true);
  });

  it.each([["Gaussian", false], ["squashed", true]])("box: a Float32Array inside the box (%s)", async (_, squash) => {
    const policy = await trained(target(box(-1, 1, 3), somewhere, box([-1, 0.5, -0.01], [1, 0.75, 0.01], 3), () => true), { squash });
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

  it("the same deterministic action for the same observation; samples differ and repeat with the policy's seed", async () => {
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
    ["dict", { kind: "dict", spaces: { a: box(-1, 1, 2), b: { kind: "discrete", n: 3 } } }, { a: [0, 1], b: 2 }, { b: 0, a: Float32Array.of(1, 0) }],
    ["tuple", { kind: "tuple", spaces: [{ kind: "discrete", n: 2 }, box(0, 1, 1)] }, [1, [0.5]], [0, Float32Array.of(1)]],
  ])("%s", async (_, space, first, second) => {
    const policy = await withObservations(space, first);
    expect([0, 1]).toContain(policy.act(first as never));
    const both = policy.actBatch([first, second] as never, 2);
    expect([...both]).toEqual([policy.act(first as never), policy.act(second as never)]);
  });

  it.each<[string, Space, unknown, unknown[]]>([
    ["box", box(-1, 1, 2), [0, 0], [[0], [0, 0, 0], 3, null, undefined, "ab", [0, NaN], [Infinity, 0], { a: 1 }, [0, undefined]]],
    ["discrete", { kind: "discrete", n: 4, start: 2 }, 5, [1, 6, 2.5, NaN, [3], null, "3"]],
    ["multi-discrete", { kind: "multi-discrete", nvec: [2, 3] }, [1, 2], [[2, 0], [0, 3], [0], [0, 0, 0], [-1, 0], 1]],
    ["multi-binary", { kind: "multi-binary", n: 3 }, [1, 0, 1], [[2, 0, 0], [0, 0], [0, 0, 0, 0], [0.5, 0, 0]]],
    ["dict", { kind: "dict", spaces: { a: box(-Infinity, Infinity, 2), b: { kind: "discrete", n: 3 } } }, { a: [0, 1], b: 2 },
      [{ a: [0, 1] }, { a: [0], b: 1 }, { a: [0, NaN], b: 1 }, { a: [0, Infinity], b: 1 }, { a: [0, 1], b: 3 }, [0, 1, 2]]],
    ["tuple", { kind: "tuple", spaces: [{ kind: "discrete", n: 2 }, box(0, 1, 1)] }, [1, [0.5]], [[1], [2, [0.5]], [1, [NaN]], 1]],
  ])("%s: a wrong one is an error of code invalid-observation, and does no harm", async (_, space, right, wrong) => {
    const policy = await withObservations(space, right);
    const before = policy.act(right as never);
    for (const each of wrong) {
      expect(() => policy.act(each as never), String(each)).toThrow(expect.objectContaining({ code: "invalid-observation" }));
      expect(() => policy.actBatch([right, each] as never, 2), String(each)).toThrow(expect.objectContaining({ code: "invalid-observation" }));
    }
    expect(policy.act(right as never)).toBe(before);
  });

  it("box values outside of the bounds are taken: a bound is no law of nature", async () => {
    expect([0, 1]).toContain((await withObservations(box(-1, 1, 2), [0, 0])).act([50, -50]));
  });
});

describe("actBatch", () => {
  it.each<[string, Space, boolean]>([
    ["discrete", { kind: "discrete", n: 3, start: 2 }, false], ["box", box(-0.1, 0.1, 2), false], ["squashed box", box(-3, 1, 2), true],
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
    expect(() => policy.actBatch([1, 2, 3], 2)).toThrow(expect.objectContaining({ code: "invalid-observation" }));
    expect(() => policy.actBatch([[1, 2, 3]], 2)).toThrow(expect.objectContaining({ code: "invalid-observation" }));
    expect(() => policy.actBatch([1, 2, NaN, 1, 2, 3], 2)).toThrow(expect.objectContaining({ code: "invalid-observation" }));
    for (const n of [0, -1, 1.5, NaN]) expect(() => policy.actBatch([], n)).toThrow(expect.objectContaining({ code: "invalid-option" }));
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
    expect([...policy.act(somewhere, { actionMask: [1, 0, 0, 1, 0], deterministic: false }) as Int32Array]).toEqual([0, 1]);
  });

  it("all open is no mask; a wrong one is an error", async () => {
    const policy = await withActions({ kind: "discrete", n: 3 });
    for (const row of rows(10, 3)) expect(policy.act(row, { actionMask: [1, 1, 1] })).toBe(policy.act(row));
    for (const actionMask of [[1, 1], [1, 1, 1, 1], [0, 0, 0], [0, NaN, 0]]) {
      expect(() => policy.act(somewhere, { actionMask }), String(actionMask)).toThrow(expect.objectContaining({ code: "invalid-action" }));
    }
    expect(() => policy.actBatch(rows(2, 3), 2, { actionMask: [1, 1, 1, 0, 0, 0] })).toThrow(expect.objectContaining({ code: "invalid-action" }));
    const continuous = await withActions(box(-1, 1, 1));
    expect(continuous.act(somewhere, { actionMask: [0] })).toHaveLength(1);
  });
});

describe("a saved policy", () => {
  it.each<[string, EnvironmentArgument, TrainerOptions["hyperparameters"], unknown[]]>([
    ["CartPole-v1", "CartPole-v1", {}, rows(20, 4)],
    ["Pendulum-v1", "Pendulum-v1", { squash: true, stateDependentStd: true }, rows(20, 3)],
    ["Pendulum-v1 with state-dependent noise", "Pendulum-v1", { exploration: { kind: "state-dependent", holdSteps: 4 } }, rows(20, 3)],
    ["Pendulum-v1 with correlated noise, not normalized", "Pendulum-v1",
      { exploration: { kind: "autoregressive", correlation: 0.5 }, normalizeObservations: false, networks: { hidden: [6, 5], activation: "gelu", layerNorm: true } }, rows(20, 3)],
    ["FrozenLake-v1", "FrozenLake-v1", { networks: { hidden: [] } }, [0, 5, 15]],
    ["an own environment", maskedWalk, {}, [0, 3, 6]],
  ])("acts as the live one did (%s)", async (_, environment, hyperparameters, observations) => {
    const trainer = await createTrainer(environment, { ...quick, hyperparameters: { ...quick.hyperparameters, ...hyperparameters } });
    for await (const _update of trainer);
    const { policy } = trainer;
    const again = await load(policy.save());
    expect(again.parametersHash()).toBe(policy.parametersHash());
    for (const observation of observations) expect(again.act(observation as never)).toEqual(policy.act(observation as never));
    expect(again.save()).toEqual(policy.save());
    trainer.dispose();
    for (const observation of observations) expect(again.act(observation as never)).toEqual(policy.act(observation as never));
  });

  it("the live policy follows its trainer, a loaded one does not", async () => {
    const trainer = await createTrainer("CartPole-v1", { ...quick, steps: 1e5 });
    const { policy } = trainer;
    const before = await load(policy.save());
    const first = policy.parametersHash();
    await trainer.update();
    expect(trainer.policy).toBe(policy);
    expect(policy.parametersHash()).not.toBe(first);
    expect(before.parametersHash()).toBe(first);
    // The instance that it had when it first acted follows too.
    for (const row of rows(5, 4)) policy.act(row);
    for (let i = 0; i < 5; i++) await trainer.update();
    const copy = await load(policy.save());
    for (const row of rows(40, 4)) expect(policy.act(row)).toBe(copy.act(row));
    trainer.dispose();
  });

  it("the hash is that of the file's tensors in their order", async () => {
    const policy = await trained("Pendulum-v1");
    const { tensors } = readSafetensors(policy.save());
    expect([...tensors.keys()]).toEqual([
      "policy.0.weight", "policy.0.bias", "policy.1.weight", "policy.1.bias", "head.logStd", "observationMean", "observationScale",
    ]);
    const numbersOfAll = [...tensors.values()].flatMap(({ values }) => [...values as Float32Array]);
    const bytes = new DataView(new ArrayBuffer(4 * numbersOfAll.length));
    numbersOfAll.forEach((x, i) => bytes.setFloat32(4 * i, x === 0 ? 0 : x, true));
    expect(sha256(new Uint8Array(bytes.buffer))).toBe(policy.parametersHash());
  });

  it("the normalizer is inside: observations far from 0 are brought near", async () => {
    const policy = await withObservations(box(0, 2000, 2), [1000, 1001]);
    expect(policy.weights.observationMean[0]).toBeCloseTo(1000, 0);
    const { tensors } = readSafetensors(policy.save());
    expect([...tensors.get("observationMean")!.values as Float32Array]).toEqual([...policy.weights.observationMean]);
    const plain = await withObservations(box(0, 2000, 2), [1000, 1001], { normalizeObservations: false });
    expect(readSafetensors(plain.save()).tensors.has("observationMean")).toBe(false);
  });

  it("infinite bounds and options survive the file", async () => {
    const policy = await trained(target(box([-Infinity, 0], [Infinity, 1], 2), [3, 0.5], box([-1], [Infinity], 1), () => true));
    const again = await load(policy.save());
    expect(again.facts.spec).toEqual(policy.facts.spec);
    expect(again.facts.spec.observationSpace).toMatchObject({ high: [Infinity, 1] });
  });

  it("foreign and damaged bytes are refused", async () => {
    const bytes = (await trained("CartPole-v1")).save();
    for (const wrong of [new Uint8Array(0), new Uint8Array(100), bytes.slice(0, 50), bytes.slice(0, -1), bytes.slice(3)]) {
      await expect(load(wrong)).rejects.toMatchObject({ code: "checkpoint-corrupt" });
    }
    const trainer = await createTrainer("CartPole-v1", quick);
    await expect(load(await trainer.checkpoint())).rejects.toMatchObject({ code: "checkpoint-corrupt" });
    trainer.dispose();
    await expect(load(7 as never)).rejects.toMatchObject({ code: "invalid-option" });
  });

  it("bytes come also as an ArrayBuffer, a Response or a URL", async () => {
    const policy = await trained("CartPole-v1");
    const hash = policy.parametersHash();
    expect((await load(policy.save().buffer)).parametersHash()).toBe(hash);
    expect((await load(new Response(policy.save()))).parametersHash()).toBe(hash);
    const url = `data:application/octet-stream;base64,${btoa(Array.from(policy.save(), (byte) => String.fromCharCode(byte)).join(""))}`;
    expect((await load(url)).parametersHash()).toBe(hash);
    await expect(load(new Response("", { status: 404 }))).rejects.toMatchObject({ code: "not-found" });
  });

  it("dispose twice; acting afterwards says so; saving still works", async () => {
    const policy = await trained("CartPole-v1");
    policy.act([0, 0, 0, 0]);
    policy.dispose();
    policy.dispose();
    expect(() => policy.act([0, 0, 0, 0])).toThrow(expect.objectContaining({ code: "disposed" }));
    expect((await load(policy.save())).act([0, 0, 0, 0])).toBeTypeOf("number");
  });
});

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
    for (const episodes of [0, -1, 1.5]) await expect(evaluate(policy, "CartPole-v1", { episodes })).rejects.toMatchObject({ code: "invalid-option" });
    await expect(evaluate(policy, "CartPole-v1", { episodes: 2, seed: -1 })).rejects.toMatchObject({ code: "invalid-option" });
  });
});
