import { describe, expect, it } from "vitest";
import { assemble } from "../../src/algorithms/assemble.ts";
import type { OnPolicyRun } from "../../src/algorithms/on-policy-run.ts";
import { createTrainer, train, type TrainerOptions } from "../../src/index.ts";

const options = (overlap: boolean, rest: TrainerOptions = {}): TrainerOptions => ({
  algorithm: "ppo", seed: 3, envs: 4, steps: 4 * 32 * 6, device: "wasm", overlap, ...rest,
  hyperparameters: { horizon: 32, networks: { hidden: [8] }, minibatchSize: 32, epochs: 2 },
});

/** Parameters' hashes after each update. */
async function hashes(given: TrainerOptions): Promise<string[]> {
  const trainer = await createTrainer("CartPole-v1", given);
  const seen: string[] = [];
  for await (const _ of trainer) seen.push(trainer.policy.parametersHash());
  trainer.dispose();
  return seen;
}

describe("overlap", () => {
  it("leaves the first update as it is; from the second on the rollouts are of an older policy", async () => {
    const [inTurn, ahead] = [await hashes(options(false)), await hashes(options(true))];
    expect(ahead).toHaveLength(inTurn.length);
    expect(ahead[0]).toBe(inTurn[0]);
    expect(ahead[1]).not.toBe(inTurn[1]);
    expect(await hashes(options(true))).toEqual(ahead);
  });

  it("a rollout is collected with the parameters from before the update that runs meanwhile", async () => {
    const run = await assemble("CartPole-v1", options(true), undefined) as OnPolicyRun;
    const { buffers } = run.pieces;
    const acted: Float32Array[] = [];
    const learned: Float32Array[] = [];
    run.publish(0);
    for (let iteration = 0; iteration < 3; iteration++) {
      const before = buffers.policyParameters.view().slice() as Float32Array;
      const steps = run.iterate(iteration);
      for (let step = steps.next(); !step.done; step = steps.next()) await step.value;
      acted.push(buffers.behaviourParameters.view().slice() as Float32Array);
      learned.push(buffers.policyParameters.view().slice() as Float32Array);
      expect(acted[iteration]).toEqual(before);
      expect(learned[iteration]).not.toEqual(before);
      run.publish(iteration + 1);
    }
    run.dispose();
  });

  it("collects no rollout that no update reads: as many steps in the environment as without", async () => {
    const episodesOf = async (overlap: boolean): Promise<number> => {
      const { history } = await train("CartPole-v1", { ...options(overlap), steps: 4 * 32 });
      return history.at(-1)!.episodes;
    };
    expect(await episodesOf(true)).toBe(await episodesOf(false));
  });

  it("learns", async () => {
    const { summary } = await train("CartPole-v1", { algorithm: "ppo", seed: 1, device: "wasm", overlap: true,
      steps: 40_000 });
    expect(summary.meanReturn).toBeGreaterThan(150);
  });

  it("says what it takes", async () => {
    await expect(createTrainer("Pendulum-v1", { algorithm: "sac", overlap: true }))
      .rejects.toMatchObject({ code: "invalid-option", message: expect.stringContaining("replay") });
    await expect(createTrainer("CartPole-v1", { overlap: "yes" as unknown as boolean }))
      .rejects.toMatchObject({ code: "invalid-option", message: expect.stringContaining("true or false") });
    const trainer = await createTrainer("CartPole-v1", options(true));
    const resume = await trainer.checkpoint();
    trainer.dispose();
    await expect(createTrainer(undefined, { resume, overlap: false }))
      .rejects.toMatchObject({ code: "checkpoint-mismatch", message: expect.stringContaining("overlap") });
  });
});
