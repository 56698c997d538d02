import { describe, expect, it } from "vitest";
import { createTrainer, evaluate, train, type Policy } from "../../src/index.ts";
import { assemble } from "../../src/algorithms/assemble.ts";
import type { OnPolicyRun } from "../../src/algorithms/on-policy-run.ts";
import { runners } from "../support/runners.ts";

const small = { horizon: 32, learningRate: 0.02, networks: { hidden: [16] } };

/** Plays an episode by hand, one action an agent in. */
function play(policy: Policy, count: number): number[] {
  const env = runners(count);
  let { observations } = env.reset({ seed: 3 });
  const totals = new Array<number>(count).fill(0);
  const out = new Array<boolean>(count).fill(false);
  while (out.includes(false)) {
    const result = env.step(observations.map((each, i) => (out[i] ? undefined : policy.act(each) as number)));
    observations.forEach((_, i) => {
      if (out[i]) return;
      totals[i]! += result.rewards[i]!;
      out[i] = result.terminated[i]! || result.truncated[i]!;
    });
    ({ observations } = result);
  }
  return totals;
}

describe("several agents that share a policy", () => {
  it.each(["mdpo", "ppo", "trpo"])("learn with %s, and the policy acts for each of them", async (algorithm) => {
    const { policy, summary, history } = await train(() => runners(3), {
      algorithm, envs: 2, steps: 6_000, hyperparameters: small,
    });
    expect(history[0]!.step).toBe(2 * 3 * 32);   // each agent is a lane
    expect(summary.meanReturn).toBeGreaterThan(0.5);
    for (const total of play(policy, 3)) expect(total).toBeGreaterThan(0.9);
    const { mean, returns } = await evaluate(policy, () => runners(3), { episodes: 20 });
    expect(returns).toHaveLength(20);
    expect(mean).toBeGreaterThan(0.9);
  });

  it("learn nothing from rows in which they waited: the batch has copies of lived rows there", async () => {
    const run = await assemble(() => runners(3), {
      device: "wasm", envs: 2, hyperparameters: { horizon: 64, networks: { hidden: [4] }, normalizeRewards: false },
    }, undefined) as OnPolicyRun;
    const { rollout, batch, environment } = run.pieces;
    const waited: number[] = [];
    const step = environment.step.bind(environment);
    (environment as { step(): void }).step = () => {
      waited.push(...environment.waiting!);
      step();
    };
    run.publish(0);
    for (const pause of run.iterate(0)) await pause;
    expect(waited).toHaveLength(6 * 64);
    const share = waited.filter(Boolean).length / waited.length;
    expect(share).toBeGreaterThan(0.05);

    const rowOf = (row: number) => {
      const columns = [rollout.buffers.observations, ...Object.values(batch)];
      return columns.flatMap((column) => {
        const width = column.size / waited.length;
        return Array.from(column.view().subarray(row * width, (row + 1) * width));
      }).join();
    };
    const lived = new Set(waited.flatMap((isWaiting, row) => (isWaiting ? [] : [rowOf(row)])));
    const uses = new Map<string, number>();
    waited.forEach((isWaiting, row) => {
      if (!isWaiting) return;
      expect(lived).toContain(rowOf(row));
      uses.set(rowOf(row), (uses.get(rowOf(row)) ?? 0) + 1);
    });
    expect(uses.size).toBeGreaterThan(0.5 * share * waited.length);
    run.dispose();
  });

  it("episodes are counted for each agent, from its first step to its own end", async () => {
    const make = () => runners(2, { names: ["red", "blue"] });
    const { history } = await train(make, { envs: 1, steps: 640, hyperparameters: small });
    const { episodes, meanLength } = history[history.length - 1]!;
    expect(episodes).toBeGreaterThan(10);
    expect(meanLength).toBeLessThan(31);
  });

  it.each(["ppo", "sac"])("a resumed run has the bits of one that was never stopped (%s)", async (algorithm) => {
    const replay = algorithm === "sac" && { warmupSteps: 60, batchSize: 16 };
    const options = { algorithm, envs: 2, steps: 6 * 16 * 4,
      hyperparameters: { horizon: 16, networks: small.networks, ...replay } };
    const hashAfter = async (resume: Uint8Array | undefined, updates: number) => {
      const trainer = await createTrainer(() => runners(3), resume ? { resume } : options);
      for (let i = 0; i < updates; i++) await trainer.update();
      const result = { hash: trainer.stateHash(), bytes: await trainer.checkpoint() };
      trainer.dispose();
      return result;
    };
    const whole = await hashAfter(undefined, 4);
    expect((await hashAfter((await hashAfter(undefined, 2)).bytes, 2)).hash).toBe(whole.hash);
  });

  it("one object is one environment, with all of its agents", async () => {
    const { summary } = await train(runners(3), { steps: 96, hyperparameters: small });
    expect(summary.steps).toBe(96);
  });
});
