import { describe, expect, it } from "vitest";
import { createTrainer, type PartialHyperparameters } from "../../src/index.ts";
import "../support/mujoco.ts";

// Tomar et al. 2022: the step of size 1/lambda from any policy is SAC's, the old policy drops out. Here to the bit,
// after every gradient step; the old policy, which SAC does not have, is left out.

const updates = 2000;
const parts = ["policy", "critics", "targets"] as const;

async function runsAgree(environment: string, temperature: number, hyperparameters: PartialHyperparameters) {
  const shared: PartialHyperparameters = {
    horizon: 1, warmupSteps: 500, tsallisIndex: 1, valueNetwork: true, temperature, batchSize: 16,
    networks: { hidden: [16] }, snapshotEvery: 300, ...hyperparameters,
  };
  const trainerOf = (algorithm: string, own: PartialHyperparameters) => createTrainer(environment, {
    algorithm, seed: 3, steps: 500 + updates, device: "wasm", envs: 1, fidelity: "paper",
    hyperparameters: { ...shared, ...own },
  });
  const [mdpo, sac] = await Promise.all([
    trainerOf("mdpo-off-policy", { stepSize: 1 / temperature }), trainerOf("sac", {}),
  ]);
  const first = sac!.stateHash({ parts });
  let agreeing = 0;
  while (!sac!.isDone) {
    await Promise.all([mdpo!.update(), sac!.update()]);
    if (sac!.step <= 500) continue;
    expect(mdpo!.stateHash({ parts }), `update ${sac!.step - 500}`).toBe(sac!.stateHash({ parts }));
    agreeing++;
  }
  expect(agreeing).toBe(updates);
  expect(sac!.stateHash({ parts })).not.toBe(first);
  mdpo!.dispose();
  sac!.dispose();
}

describe("32: mdpo-off-policy with stepSize 1/temperature is sac with a V network after each of 2000 updates", () => {
  it.each([0.2, 0.3])("on Pendulum-v1 at temperature %s", (temperature) => runsAgree("Pendulum-v1", temperature, {}));

  it("on Hopper-v5", () => runsAgree("Hopper-v5", 0.2, {}));

  it("on CartPole-v1, where expectations over actions are exact", () => runsAgree("CartPole-v1", 0.2, {}));
});
