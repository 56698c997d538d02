import { describe, expect, it } from "vitest";
import { createTrainer, load, type EnvironmentArgument, type TrainerOptions } from "../../src/index.ts";
import { sha256 } from "../../src/io/sha256.ts";
import { readSafetensors } from "../../src/io/safetensors.ts";
import { box, quick, rows, trained, withObservations } from "../support/quick-policies.ts";
import { maskedWalk, target } from "../support/training-environments.ts";

describe("a saved policy", () => {
  it.each<[string, EnvironmentArgument, TrainerOptions["hyperparameters"], unknown[]]>([
    ["CartPole-v1", "CartPole-v1", {}, rows(20, 4)],
    ["Pendulum-v1", "Pendulum-v1", { squash: true, stateDependentStd: true }, rows(20, 3)],
    ["Pendulum-v1 with state-dependent noise", "Pendulum-v1",
      { exploration: { kind: "state-dependent", holdSteps: 4 } }, rows(20, 3)],
    ["Pendulum-v1 with correlated noise, not normalized", "Pendulum-v1",
      { exploration: { kind: "autoregressive", correlation: 0.5 }, normalizeObservations: false,
        networks: { hidden: [6, 5], activation: "gelu", layerNorm: true } }, rows(20, 3)],
    ["FrozenLake-v1", "FrozenLake-v1", { networks: { hidden: [] } }, [0, 5, 15]],
    ["an own environment", maskedWalk, {}, [0, 3, 6]],
  ])("acts as the live one did (%s)", async (_, environment, hyperparameters, observations) => {
    const all = { ...quick.hyperparameters, ...hyperparameters };
    const trainer = await createTrainer(environment, { ...quick, hyperparameters: all });
    for await (const _update of trainer);
    const { policy } = trainer;
    const again = await load(policy.save());
    expect(again.parametersHash()).toBe(policy.parametersHash());
    const acts = (from: typeof policy): unknown[] => observations.map((observation) => from.act(observation as never));
    expect(acts(again)).toEqual(acts(policy));
    expect(again.save()).toEqual(policy.save());
    trainer.dispose();
    expect(acts(again)).toEqual(acts(policy));
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
      "policy.0.weight", "policy.0.bias", "policy.1.weight", "policy.1.bias", "head.logStd", "observationMean",
        "observationScale",
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
    const policy = await trained(target(box([-Infinity, 0], [Infinity, 1], 2), [3, 0.5], box([-1], [Infinity], 1),
      () => true));
    const again = await load(policy.save());
    expect(again.facts.spec).toEqual(policy.facts.spec);
    expect(again.facts.spec.observationSpace).toMatchObject({ high: [Infinity, 1] });
  });

  it("foreign and damaged bytes are refused", async () => {
    const bytes = (await trained("CartPole-v1")).save();
    for (const wrong of [new Uint8Array(0), new Uint8Array(100), bytes.slice(0, 50), bytes.slice(0, -1),
      bytes.slice(3)]) {
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
    const base64 = btoa(Array.from(policy.save(), (byte) => String.fromCharCode(byte)).join(""));
    const url = `data:application/octet-stream;base64,${base64}`;
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
