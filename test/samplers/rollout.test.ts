import { describe, expect, it } from "vitest";
import { assemble } from "../../src/algorithms/assemble.ts";
import type { OnPolicyPieces, OnPolicyRun } from "../../src/algorithms/on-policy-run.ts";
import type { EnvironmentArgument, TrainerOptions } from "../../src/algorithms/trainer-options.ts";
import type { Environment, StepResult } from "../../src/envs/environment.ts";
import { makeVectorEnv } from "../../src/envs/make-env.ts";
import { flattenRaw } from "../../src/envs/raw-values.ts";
import { EpisodeRecorder } from "../../src/samplers/episodes.ts";
import { RunningMoments } from "../../src/samplers/running-moments.ts";
import { input } from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";
import { maskedWalk } from "../support/training-environments.ts";

const horizon = 20;

async function collected(environment: EnvironmentArgument, options: TrainerOptions = {}): Promise<OnPolicyPieces> {
  const run = await assemble(environment, {
    device: "wasm", envs: 3, ...options,
    hyperparameters: { horizon, networks: { hidden: [6] }, normalizeObservations: false, normalizeRewards: false,
      ...options.hyperparameters },
  }, undefined);
  const parts = (run as OnPolicyRun).pieces;
  parts.buffers.behaviourParameters.view().set(parts.buffers.policyParameters.view());
  parts.buffers.observationScale.view().fill(1);
  for (const _ of parts.rollout.collect());
  parts.evaluation.run();
  parts.rollout.bootstrap(parts.evaluation.buffer("values").view() as Float32Array);
  return parts;
}

/** Counts its steps; ends by itself after `ends`, is cut after `cut`. The reward is the observation it leads to. */
function counter(ends: number, cut: number): () => Environment {
  let made = 0;
  return () => {
    let steps = 0;
    const offset = 100 * made++;
    const observation = (): number[] => [(offset + steps) / 100];
    return {
      observationSpace: { kind: "box", shape: [1], low: -1000, high: 1000 },
      actionSpace: { kind: "discrete", n: 2 },
      reset() {
        steps = 0;
        return { observation: observation(), info: {} };
      },
      step(): StepResult {
        steps++;
        const [reward] = observation() as [number];
        return { observation: observation(), reward, terminated: steps === ends, truncated: steps === cut, info: {} };
      },
    };
  };
}

const flagsOf = ({ chosen: { host } }: OnPolicyPieces, address: number): number[] =>
  [...host.instance.uint8(address, 3 * horizon)];

describe("a rollout", () => {
  it("holds observations, rewards and flags time-major, as they were", async () => {
    const parts = await collected(counter(7, 1000));
    const observations = [...parts.rollout.buffers.observations.view()];
    const rewards = [...parts.rollout.buffers.rewards.view()];
    for (let t = 0; t < horizon; t++) {
      for (let n = 0; n < 3; n++) {
        expect(observations[3 * t + n]).toBeCloseTo(n + (t % 7) / 100, 6);
        expect(rewards[3 * t + n]).toBeCloseTo(n + ((t % 7) + 1) / 100, 6);
      }
    }
    const ends = Array.from({ length: 3 * horizon }, (_, i) => Number(Math.floor(i / 3) % 7 === 6));
    expect(flagsOf(parts, parts.rollout.terminatedAddress)).toEqual(ends);
    expect(flagsOf(parts, parts.rollout.truncatedAddress)).toEqual(ends.map(() => 0));
    expect(parts.rollout.episodes.finished).toBe(6);
    expect(parts.rollout.episodes.meanLength).toBe(7);
  });

  it.each([[6, 1000], [1000, 6], [6, 6], [1000, 1000], [1, 1000], [1000, 1]])(
    "bootstraps from what each step led to: the final observation where it was cut (ends %d, cut %d)",
      async (ends, cut) => {
      const parts = await collected(counter(ends, cut));
      const { agent, buffers, rollout } = parts;
      const lead = Array.from({ length: 3 * horizon }, (_, i) =>
        (i % 3) + ((Math.floor(i / 3) % Math.min(ends, cut)) + 1) / 100);
      const value = agent.value(input("flat", [agent.valueParameterCount]), input("observations", [lead.length, 1]));
      const inputs = { flat: buffers.valueParameters.view(), observations: lead.map(Math.fround) };
      const expected = evaluate([value], inputs)[0]!;
      const actual = rollout.buffers.nextValues.view();
      const terminated = flagsOf(parts, rollout.terminatedAddress);
      const truncated = flagsOf(parts, rollout.truncatedAddress);
      expected.forEach((v, i) => {
        if (!terminated[i]) expect(actual[i]).toBeCloseTo(v, 5);   // after an end nothing is read
      });
      expect(truncated.some(Boolean)).toBe(cut < ends);
      expect(terminated.some(Boolean)).toBe(ends <= cut && ends < 1000);
    });

  it.each(["CartPole-v1", "Pendulum-v1", "MountainCar-v0", "FrozenLake-v1"])(
    "holds what a second environment lives through with the same actions, over time limits too (%s)", async (name) => {
      const [long, envs, seed] = [230, 3, 5];
      const parts = await collected(name, { seed, envs, hyperparameters: { horizon: long, scaleActions: false } });
      const { agent, buffers, chosen: { host }, environment, rollout } = parts;
      const [own, twin] = [environment, await makeVectorEnv(name, { count: envs, seed })];
      const [size, actions] = [agent.observationSize, rollout.buffers.action.view()];
      const flags = (address: number): Uint8Array => host.instance.uint8(address, envs * long);
      const [ended, cut] = [flags(rollout.terminatedAddress), flags(rollout.truncatedAddress)];
      const flat = new Float32Array(envs * size);
      for (let t = 0; t < long; t++) {
        const row = <T extends Float32Array | Uint8Array | Int32Array>(column: T, width: number): number[] =>
          [...column.subarray(t * envs * width, (t + 1) * envs * width)];
        flattenRaw(twin.observationSpace, twin.observations, envs, flat);
        expect(row(rollout.buffers.observations.view(), size)).toEqual([...flat]);
        twin.step(row(actions, agent.head.actionSize));
        expect(row(rollout.buffers.rewards.view() as Float32Array, 1)).toEqual([...twin.rewards].map(Math.fround));
        expect(row(ended, 1)).toEqual([...twin.terminated]);
        expect(row(cut, 1)).toEqual([...twin.truncated].map((late, n) => (twin.terminated[n] ? 0 : late)));
        if (!cut.subarray(t * envs, (t + 1) * envs).includes(1)) continue;
        flattenRaw(twin.observationSpace, twin.finalObservations, envs, flat);
        const value = agent.value(input("flat", [buffers.valueParameters.size]), input("final", [envs, size]));
        const values = evaluate([value], { flat: buffers.valueParameters.view(), final: flat })[0]!;
        for (let n = 0; n < envs; n++) {
          if (cut[t * envs + n]) expect(rollout.buffers.nextValues.view()[t * envs + n]).toBeCloseTo(values[n]!, 5);
        }
      }
      expect(cut.includes(1)).toBe(name === "Pendulum-v1" || name === "MountainCar-v0");
      expect([...own.observations]).toEqual([...twin.observations]);
      twin.dispose();
    });

  it("goes on where the last one stopped", async () => {
    const parts = await collected(counter(7, 1000));
    for (const _ of parts.rollout.collect());
    expect(parts.rollout.buffers.observations.view()[0]).toBeCloseTo((horizon % 7) / 100, 6);
  });

  it("keeps the masks under which actions were chosen, and chooses what they allow", async () => {
    const { rollout } = await collected(maskedWalk);
    const masks = rollout.buffers.actionMask!.view();
    rollout.buffers.action.view().forEach((action, i) => expect(masks[3 * i + action]).toBe(1));
    expect([...masks].filter((x) => x === 0).length).toBeGreaterThan(0);
  });

  it.each<[string, TrainerOptions["hyperparameters"]]>([
    ["independent noise", {}],
    ["autoregressive noise", { exploration: { kind: "autoregressive", correlation: 0.9 } }],
    ["squashed actions", { squash: true, initialLogStd: -0.5 }],
  ])("its old log-probabilities are those of the drawn actions: whitened noise is standard normal (%s)",
    async (_, hyperparameters) => {
    const parts = await collected("Pendulum-v1", { envs: 40, hyperparameters: { ...hyperparameters, horizon: 50 } });
    const actions = parts.rollout.buffers.action.view();
    const parameters = parts.evaluation.buffer("oldParameters").view();
    let [sum, squares] = [0, 0];
    actions.forEach((action, i) => {
      const z = (action - parameters[2 * i]!) / Math.exp(parameters[2 * i + 1]!);
      sum += z;
      squares += z * z;
    });
    expect(Math.abs(sum / actions.length)).toBeLessThan(0.1);
    expect(Math.abs(squares / actions.length - 1)).toBeLessThan(0.12);
  });

  it("state-dependent noise is held for its steps: the same state would give the same action", async () => {
    const still = (): Environment => ({
      observationSpace: { kind: "box", shape: [1], low: 0, high: 1 },
      actionSpace: { kind: "box", shape: [1], low: -9, high: 9 },
      reset: () => ({ observation: [1], info: {} }),
      step: () => ({ observation: [1], reward: 0, terminated: false, truncated: false, info: {} }),
    });
    const { rollout } = await collected(still,
      { envs: 1, hyperparameters: { exploration: { kind: "state-dependent", holdSteps: 5 } } });
    const actions = [...rollout.buffers.action.view()];
    for (let t = 0; t < horizon; t++) expect(actions[t]).toBe(actions[t - (t % 5)]);
    expect(new Set(actions).size).toBe(horizon / 5);
  });

  it.each([[7, 1000], [1000, 7]])("divides rewards by the deviation of the running discounted return (ends %d, cut %d)",
    async (ends, cut) => {
    const discount = 0.9;
    const hyperparameters = { normalizeRewards: true, discount };
    const { rollout } = await collected(counter(ends, cut), { envs: 1, hyperparameters });
    const raw = Array.from({ length: horizon }, (_, t) => ((t % 7) + 1) / 100);
    let running = 0;
    const returns = raw.map((reward, t) => {
      running = running * discount + reward;
      const each = running;
      if (t % 7 === 6) running = 0;
      return each;
    });
    const moments = new RunningMoments(1);
    moments.add(returns, horizon);
    rollout.buffers.rewards.view().forEach((reward, t) =>
      expect(reward).toBeCloseTo(Math.min(10, raw[t]! * moments.scale(0)), 5));
    expect(rollout.runningReturns[0]).toBeCloseTo(running, 12);
  });
});

describe("running moments", () => {
  it("are those of all rows at once, however they came", () => {
    const rows = Array.from({ length: 30 }, (_, i) => [1000 + ((i * 37) % 11), -0.5 * i]);
    const moments = new RunningMoments(2);
    moments.add(rows.slice(0, 7).flat(), 7);
    moments.add(rows.slice(7, 8).flat(), 1);
    moments.add(rows.slice(8).flat(), 22);
    for (const column of [0, 1]) {
      const values = rows.map((row) => row[column]!);
      const mean = values.reduce((a, b) => a + b) / 30;
      const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 30;
      // The first weight, 1e-4 of a zero, is part of the authors' normalizer.
      expect(Math.abs(moments.mean[column]! / mean - 1)).toBeLessThan(1e-5);
      expect(Math.abs(moments.variance[column]! - variance)).toBeLessThan(4e-6 * mean * mean + 1e-3);
    }
    const other = new RunningMoments(2);
    other.restore(moments.save());
    expect(other.save()).toEqual(moments.save());
  });

  it("a constant column keeps a finite scale", () => {
    const moments = new RunningMoments(1);
    for (let i = 0; i < 100; i++) moments.add(new Float32Array(50).fill(3), 50);
    expect(moments.mean[0]).toBeCloseTo(3, 4);
    expect(Number.isFinite(moments.scale(0))).toBe(true);
  });
});

describe("episode records", () => {
  it("mean over the last hundred, saved and restored", () => {
    const recorder = new EpisodeRecorder(2);
    expect([recorder.meanReturn, recorder.meanLength]).toEqual([null, null]);
    for (let i = 0; i < 150; i++) {
      recorder.record(0, i, false);
      recorder.record(0, 1, true);
      recorder.record(1, 5, false);
    }
    expect(recorder.finished).toBe(150);
    expect(recorder.meanReturn).toBeCloseTo(1 + (50 + 149) / 2, 12);
    expect(recorder.meanLength).toBe(2);
    const other = new EpisodeRecorder(2);
    other.restore(recorder.save());
    other.record(1, 1, true);
    expect(other.finished).toBe(151);
    expect(other.meanLength).toBeCloseTo((99 * 2 + 151) / 100, 12);
    other.forgetRunning();
    other.record(1, 7, true);
    expect(other.meanLength).toBeCloseTo((98 * 2 + 151 + 1) / 100, 12);
  });
});
