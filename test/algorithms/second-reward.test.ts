import { expect, test } from "vitest";
import { assemble } from "../../src/algorithms/assemble.ts";
import type { OnPolicyRun } from "../../src/algorithms/on-policy-run.ts";
import { createTrainer } from "../../src/index.ts";
import { gaeReference } from "../estimators/reference.ts";

const tau = 0.05;

test.each(["CartPole-v1", "Pendulum-v1"])(
  "20: on %s, with equal discounts, advantages are those of r - tau log pi and both heads' sum", async (environment) => {
    const run = await assemble(environment, {
      algorithm: "eapo", device: "wasm", envs: 3, steps: 4000, seed: 1,
      hyperparameters: {
        horizon: 128, networks: { hidden: [8] }, epochs: 1, discount: 0.97, gaeLambda: 0.9, secondDiscount: 0.97,
        secondLambda: 0.9, secondWeight: tau,
      },
    }, undefined) as OnPolicyRun;
    run.publish(0);
    for (const pause of run.iterate(0)) await pause;
    const { rollout, evaluation, batch, chosen: { host: { instance } } } = run.pieces;
    const { rewards, nextValues, nextSecondValues } = rollout.buffers;
    const logProb = evaluation.buffer("oldLogProb").view();
    const sum = (one: ArrayLike<number>, other: ArrayLike<number>): Float32Array =>
      Float32Array.from(one, (value, i) => value + other[i]!);
    const size = logProb.length;
    const { advantages, returns } = gaeReference({
      steps: size / 3, columns: 3, rewards: sum(rewards.view(), logProb.map((x) => -tau * x)),
      values: sum(batch.values.view(), batch.secondValues!.view()),
      nextValues: sum(nextValues.view(), nextSecondValues!.view()),
      terminated: instance.uint8(rollout.terminatedAddress, size),
      truncated: instance.uint8(rollout.truncatedAddress, size),
    }, 0.97, 0.9);
    expect(Math.max(...nextSecondValues!.view().map(Math.abs))).toBeGreaterThan(0);
    batch.advantages.view().forEach((advantage, i) => expect(advantage).toBeCloseTo(advantages[i]!, 4));
    const bothReturns = sum(batch.returns.view(), batch.secondReturns!.view());
    bothReturns.forEach((value, i) => expect(value).toBeCloseTo(returns[i]!, 4));
    run.dispose();
  });

test("M30: EAPO learns CartPole with a policy that stays more random than that of PPO", async () => {
  const play = async (algorithm: string) => {
    const trainer = await createTrainer("CartPole-v1", { algorithm, steps: 30_000, seed: 0, device: "wasm" });
    let update = await trainer.update();
    while (!trainer.isDone) update = await trainer.update();
    trainer.dispose();
    return update;
  };
  const [eapo, ppo] = [await play("eapo"), await play("ppo")];
  expect(eapo.meanReturn).toBeGreaterThan(200);
  expect(eapo.losses.entropy).toBeGreaterThan(1.5 * ppo.losses.entropy!);
});
