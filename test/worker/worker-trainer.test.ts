import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { BregmanError, createTrainer, train, type TrainerOptions, type WorkerTrainerOptions } from "../../src/index.ts";
import { serve } from "../../src/worker.ts";
import { isOurs, readAnswer } from "../../src/worker/messages.ts";
import { maskedWalk } from "../support/training-environments.ts";

// The two halves of training in a worker, joined by a channel instead of a thread, so that sources can be tested
// everywhere. test/package/workers.test.ts has real workers.

const small: TrainerOptions = {
  algorithm: "mdpo", seed: 3, envs: 4, steps: 320, device: "wasm",
  hyperparameters: { horizon: 16, networks: { hidden: [8] }, valueMinibatchSize: 16 },
};
const replayed: TrainerOptions = {
  algorithm: "sac", seed: 1, steps: 60, device: "wasm",
  hyperparameters: { horizon: 20, warmupSteps: 20, batchSize: 8, networks: { hidden: [8] } },
};

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A channel; what is at its first end answers at the second. */
function channel(): MessageChannel {
  const made = new MessageChannel();
  ports.push(made.port1, made.port2);
  return made;
}

/** A port at whose other end somebody trains. */
function trainingPort(): MessagePort {
  const { port1, port2 } = channel();
  serve(port1);
  return port2;
}

const away = (options: TrainerOptions): WorkerTrainerOptions => ({ ...options, worker: trainingPort() });

/** An environment of one's own, as a module. */
const moduleOf = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;
const walk = (extra = ""): string => moduleOf(`
  export const make = () => {
    let at = 0;
    return {
      name: "Walk", observationSpace: { kind: "box", shape: [1], low: -9, high: 9 },
      actionSpace: { kind: "discrete", n: 2 },
      reset() { at = 0; return { observation: [at], info: {} }; },
      step(action) {
        at += action === 1 ? 1 : -1; ${extra}
        return { observation: [at], reward: at, terminated: Math.abs(at) === 5, truncated: false, info: {} };
      },
    };
  };
  export default make();`);

describe("a worker gives the bits of the thread that asks", () => {
  it.each([["CartPole-v1", small], ["Pendulum-v1", replayed]] as const)("train: %s", async (environment, options) => {
    const seen: number[] = [];
    const here = await train(environment, options);
    const there = await train(environment, { ...away(options), onUpdate: ({ step }) => seen.push(step) });
    const timeless = (results: typeof here): unknown => [
      results.history.map(({ stepsPerSecond: _, ...record }) => record),
      { ...results.summary, seconds: 0, stepsPerSecond: 0 }, [...results.policy.save()],
    ];
    expect(timeless(there)).toEqual(timeless(here));
    expect(seen).toEqual(here.history.map(({ step }) => step));
  });

  it("createTrainer: iterations, slices, hashes, the live policy, a checkpoint to go on from on either side", async () => {
    const here = await createTrainer("CartPole-v1", small);
    const there = await createTrainer("CartPole-v1", away(small));
    const same = async (): Promise<void> => {
      expect(there.policy.parametersHash()).toBe(here.policy.parametersHash());
      expect(await there.stateHash()).toBe(here.stateHash());
      expect(await there.stateHash({ parts: ["policy"] })).toBe(here.stateHash({ parts: ["policy"] }));
      expect([there.step, there.iteration, there.isDone, there.totalSteps, there.meanReturn, there.plan])
        .toEqual([here.step, here.iteration, here.isDone, here.totalSteps, here.meanReturn, here.plan]);
      expect(there.policy.act([0.1, 0, 0, 0])).toBe(here.policy.act([0.1, 0, 0, 0]));
    };
    await same();
    await Promise.all([here.update(), there.update()]);
    await same();
    while (!await there.advance({ budgetMs: 1e-6 })) {
      // goes on
    }
    await here.update();
    await same();
    const [mine, its] = [await here.checkpoint(), await there.checkpoint()];
    const onward = [];
    for (const options of [{ resume: its }, { ...away({}), resume: mine }]) {
      const trainer = await createTrainer(undefined, options);
      expect(trainer.iteration).toBe(2);
      for await (const { iteration } of trainer) if (iteration === 4) break;
      onward.push(await trainer.stateHash(), trainer.summary().parametersHash);
      trainer.dispose();
    }
    expect(onward.slice(2)).toEqual(onward.slice(0, 2));
    expect(mine.length).toBeGreaterThan(1000);   // handed over, not taken away
    here.dispose();
    there.dispose();
    expect([0, 1]).toContain(there.policy.act([0, 0, 0, 0]));
  });

  it("an environment of one's own, and an algorithm, from a module", async () => {
    const options: TrainerOptions = { ...small, steps: 64 };
    const reference = { module: walk(), export: "make" };
    const here = await train(reference, options);
    const there = await train(reference, away(options));
    expect(there.summary.parametersHash).toBe(here.summary.parametersHash);
    expect(there.summary).toMatchObject({ env: "Walk", steps: 64 });
    const one = await train({ module: walk() }, away({ ...options, envs: 1, algorithm: undefined }));
    expect(one.summary.env).toBe("Walk");
  });
});

describe("what goes wrong there is an error here", () => {
  it.each([
    ["CartPole-v9", {}, "unknown-environment", /CartPole-v1/],
    ["CartPole-v1", { algorithm: "pppo" }, "unknown-algorithm", /ppo/],
    ["CartPole-v1", { steps: -1 }, "invalid-option", /^steps: expected a whole number/],
    ["CartPole-v1", { stepz: 1 }, "unknown-option", /steps/],
    ["CartPole-v1", { hyperparameters: { clipRange: () => 1 } }, "invalid-option", /plain data/],
    ["CartPole-v1", { device: {} }, "invalid-option", /GPUDevice cannot cross/],
    ["CartPole-v1", { algorithm: {} }, "invalid-option", /an algorithm of one's own .* module: new URL/],
    [maskedWalk(), {}, "invalid-option", /an environment of one's own .* module: new URL/],
    [maskedWalk, {}, "invalid-option", /module: new URL/],
    [{ module: moduleOf("export const a = 1") }, {}, "not-found", /no export "default"; it has "a"/],
    [{ module: moduleOf("throw new Error('broken')") }, {}, "not-found", /broken/],
    [{ module: moduleOf("export default { reset() {} }") }, {}, "invalid-environment", /observationSpace/],
  ] as [never, object, string, RegExp][])("%s with %o: %s", async (environment, options, code, message) => {
    const all = { ...small, ...options, worker: trainingPort() };
    const error = await createTrainer(environment, all).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(BregmanError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it.each([[3], [{}], ["relative.js"]] as const)("worker: %o is none", async (worker) => {
    const isPage = "document" in globalThis;
    await expect(createTrainer("CartPole-v1", { worker: worker as never })).rejects
      .toMatchObject({ code: isPage && typeof worker === "string" ? "worker-unavailable" : "invalid-option" });
  });

  it("an exception of one's own environment keeps its message; the error carries the policy", async () => {
    const error = await train({ module: walk("if (at === 4) throw new RangeError('the edge');"), export: "make" },
      away(small)).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: "RangeError", message: "the edge" });
    expect([0, 1]).toContain(error.policy.act([0]));
  });

  it("two calls at once are refused, and so is a second trainer on a port that has one", async () => {
    const port = trainingPort();
    const trainer = await createTrainer("CartPole-v1", { ...small, worker: port });
    const slow = trainer.advance({ budgetMs: 1e-6 }).then(() => trainer.update());
    await slow;
    const [first, second] = [trainer.update(), trainer.update()];
    await expect(Promise.allSettled([first, second])).resolves.toHaveLength(2);
    await expect(createTrainer("CartPole-v1", { ...small, worker: port }))
      .rejects.toMatchObject({ code: "invalid-state" });
    trainer.dispose();
    trainer.dispose();
    await expect(trainer.update()).rejects.toMatchObject({ code: "disposed" });
    await expect(trainer.stateHash()).rejects.toMatchObject({ code: "disposed" });
    const next = await createTrainer("CartPole-v1", { ...small, worker: port });
    expect((await next.update()).iteration).toBe(1);
    next.dispose();
  });

  it("dispose rejects what is waited for", async () => {
    const trainer = await createTrainer("CartPole-v1", away({ ...small, steps: 1e6 }));
    const waiting = trainer.run(() => trainer.dispose());
    await expect(waiting).rejects.toMatchObject({ code: "disposed" });
  });

  it("what onUpdate throws ends the training", async () => {
    const onUpdate = (): void => { throw new TypeError("mine"); };
    const error = await train("CartPole-v1", { ...away({ ...small, steps: 1e6 }), onUpdate }).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: "TypeError", message: "mine" });
    expect(error.policy.parametersHash()).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("an aborted training", () => {
  // Within one thread of Deno, a channel's own messages overtake those of another; between threads they do not.
  it.skipIf("Deno" in globalThis)("ends with the iteration under way, and goes on to the bits of one that was not", async () => {
    const controller = new AbortController();
    const onUpdate = ({ iteration }: { iteration: number }): void => { if (iteration === 2) controller.abort(); };
    const options: TrainerOptions = { ...small, steps: 160_000 };
    const error = await train("CartPole-v1", { ...away(options), onUpdate, signal: controller.signal })
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "aborted", message: expect.stringMatching(/of 160000 steps/) });
    expect(error.summary.steps).toBeLessThan(160_000);
    expect(error.summary.parametersHash).toBe(error.policy.parametersHash());
    const resumed = await train("CartPole-v1", { ...options, resume: error.checkpoint });
    expect(resumed.summary.parametersHash).toBe((await train("CartPole-v1", options)).summary.parametersHash);
  });

  it("before it began has done nothing", async () => {
    const error = await train("CartPole-v1", { ...away(small), signal: AbortSignal.abort() }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "aborted", summary: { steps: 0 } });
    expect(error.checkpoint).toBeInstanceOf(Uint8Array);
  });
});

describe("messages are looked at before they are used", () => {
  /** A worker that opens as it should and answers the next call with `answer`. */
  async function lyingPort(answer: (id: number) => unknown): Promise<MessagePort> {
    const [honest, { port1, port2 }] = [trainingPort(), channel()];
    const forward = (from: MessagePort, to: MessagePort, change: (data: any) => unknown): void => {
      from.onmessage = ({ data }) => {
        const changed = change(data);
        if (changed !== undefined) to.postMessage(changed);
      };
    };
    forward(honest, port1, (data) => data);
    forward(port1, honest, (data) => {
      if (data.method !== "update") return data;
      port1.postMessage(answer(data.id));
      return undefined;
    });
    return port2;
  }

  const progress = { iteration: 1, seconds: 1, meanReturn: null };
  const record = {
    step: 64, iteration: 1, episodes: 0, meanReturn: null, meanLength: null, stepsPerSecond: 1, losses: {},
  };
  const three = new Float32Array(3);
  const weights = { parameters: three, observationMean: three, observationScale: three };
  const value = (id: number, changed: object, went: object = progress): object =>
    ({ bregman: "value", id, value: { ...record, ...changed }, progress: went });
  it.each([
    ["no record", (id: number) => ({ bregman: "value", id, value: 3, progress })],
    ["half a record", (id: number) => value(id, { step: "64" })],
    ["a number that is none", (id: number) => value(id, { stepsPerSecond: NaN })],
    ["no number", () => ({ bregman: "value", value: record, progress })],
    ["an error without a message", (id: number) => ({ bregman: "error", id, value: {} })],
    ["a progress of another shape", (id: number) => value(id, {}, { iteration: "1" })],
    ["parameters of another size", (id: number) => value(id, {}, { ...progress, weights })],
    ["a kind that is none", (id: number) => ({ bregman: "gift", id })],
  ])("%s: worker-lost, with the last policy and checkpoint", async (_, answer) => {
    const trainer = await createTrainer("CartPole-v1", { ...small, worker: await lyingPort(answer) });
    const checkpoint = await trainer.checkpoint();
    const error = await trainer.update().catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "worker-lost", policy: trainer.policy, checkpoint });
    await expect(trainer.checkpoint()).rejects.toBe(error);
    expect([0, 1]).toContain(trainer.policy.act([0, 0, 0, 0]));
    trainer.dispose();
  });

  it("foreign ones are left alone", async () => {
    const { port1, port2 } = channel();
    serve(port1);
    serve(port1);
    const trainer = await createTrainer("CartPole-v1", { ...small, worker: port2 });
    for (const foreign of [null, 3, "bregman", { bregman: 3 }, { bregman: "value", id: 1e9 }]) {
      port1.postMessage(foreign);
      port2.postMessage(foreign);
    }
    expect((await trainer.update()).iteration).toBe(1);
    trainer.dispose();
  });

  it("any value at all is read without an exception", () => {
    const part = fc.oneof(fc.anything(), fc.constantFrom("ready", "record", "value", "error", 1, null));
    const shaped = fc.record({ bregman: part, id: part, value: part, progress: part }, { requiredKeys: [] });
    fc.assert(fc.property(fc.oneof(fc.anything(), shaped), (message) => {
      if (isOurs(message)) readAnswer(message);
    }));
  });
});
