import { describe, expect, test } from "vitest";
import { actor } from "../../src/solvers/gradient-steps.ts";
import type { OnPolicyRun } from "../../src/algorithms/on-policy-run.ts";
import { assemble } from "../../src/algorithms/assemble.ts";
import { batchInputs } from "../../src/solvers/batch.ts";
import { createTrainer, type PartialHyperparameters } from "../../src/index.ts";
import { fixPo } from "../../src/objectives/fixpo.ts";
import { reverseKl } from "../../src/maps/kl.ts";
import { sgd } from "../../src/nn/optimizers.ts";
import * as t from "../../src/tensor/index.ts";
import { compile } from "../../src/program/compile.ts";
import { maskedWalk, target } from "../support/training-environments.ts";

const ids = [
  "mdpo-tsallis", "mdpo-euclidean", "v-mpo", "kl-ppo", "kl-ppo-adaptive", "ppo-dual-clip", "spo", "bpo",
  "discovered-policy-optimization", "fixpo", "smdpo", "online-mirror-descent", "magnetic-mirror-descent", "warp", "espo",
  "ppo-sample-dropout", "espo-sample-dropout", "preconditioned-ppo", "ppo-ewma", "eapo", "clipped-maximum-a-posteriori",
];
const tiny: PartialHyperparameters = {
  horizon: 16, networks: { hidden: [6] }, valueMinibatchSize: 16, minibatchSize: 16, epochs: 2, learningRate: 0.01,
};
const box = { kind: "box", shape: [2], low: -1, high: 1 } as const;
const switches =
  target(box, [0.3, -0.7], { kind: "multi-discrete", nvec: [2, 3] }, (action: Int32Array) => action[0] === 1);

const trainerOf = (environment: any, algorithm: string, hyperparameters: PartialHyperparameters = {}) =>
  createTrainer(environment, {
    algorithm, device: "wasm", envs: 3, steps: 3 * 16 * 6, seed: 4, hyperparameters: { ...tiny, ...hyperparameters },
  });

describe.each(ids)("%s", (algorithm) => {
  test("learns on several choices at once", async () => {
    const trainer = await trainerOf(switches, algorithm);
    const before = trainer.policy.parametersHash();
    const { losses } = await trainer.update();
    expect(Object.values(losses).every(Number.isFinite)).toBe(true);
    expect(trainer.policy.parametersHash()).not.toBe(before);
    trainer.dispose();
  });

  test.each([["masked choices", maskedWalk], ["continuous actions", "Pendulum-v1"]])(
    "learns on %s, and resumes to the same bits", async (_, environment: any) => {
      const whole = await trainerOf(environment, algorithm);
      const before = whole.policy.parametersHash();
      await whole.update();
      await whole.update();
      const checkpoint = await whole.checkpoint();
      const { losses } = await whole.update();
      expect(Object.values(losses).every(Number.isFinite)).toBe(true);
      expect(whole.policy.parametersHash()).not.toBe(before);
      const own = typeof environment !== "string";
      const resumed = await createTrainer(own ? environment : undefined, { resume: checkpoint });
      await resumed.update();
      expect(resumed.stateHash()).toBe(whole.stateHash());
      for (const trainer of [whole, resumed]) trainer.dispose();
    });
});

const hashAfter = async (algorithm: string, hyperparameters: PartialHyperparameters, updates = 3): Promise<string> => {
  const trainer = await trainerOf(maskedWalk, algorithm, hyperparameters);
  for (let i = 0; i < updates; i++) await trainer.update();
  const hash = trainer.policy.parametersHash();
  trainer.dispose();
  return hash;
};

describe("identities between methods, to the bit", () => {
  test("Tsallis MDPO at index 1 is MDPO", async () => {
    expect(await hashAfter("mdpo-tsallis", { tsallisIndex: 1 })).toBe(await hashAfter("mdpo", {}));
  });

  test("Euclidean MDPO is Tsallis MDPO of index 2 with half the step size", async () => {
    const [euclidean, tsallis] = [
      await hashAfter("mdpo-euclidean", { stepSize: 0.25 }),
      await hashAfter("mdpo-tsallis", { stepSize: 0.5, tsallisIndex: 2 }),
    ];
    expect(euclidean).not.toBe(await hashAfter("mdpo-euclidean", { stepSize: 0.5 }));
    expect(euclidean).toBe(tsallis);
  });

  test("an adaptive KL penalty whose target is never missed is the fixed one", async () => {
    const wide = { klStop: 0, klCoefficient: 2 };
    // Between target / 1.5 and 1.5 target nothing changes; one iteration is over before the first change shows.
    expect(await hashAfter("kl-ppo-adaptive", wide, 1)).toBe(await hashAfter("kl-ppo", wide, 1));
    expect(await hashAfter("kl-ppo-adaptive", { ...wide, klTarget: 1e-9 })).not.toBe(await hashAfter("kl-ppo", wide));
  });

  test("PPO-EWMA is PPO while its mean is the old policy: with one step an iteration and no memory", async () => {
    const once = { epochs: 1, minibatchSize: 48, klStop: 0 };
    expect(await hashAfter("ppo-ewma", { ...once, anchorDecay: 0 })).toBe(await hashAfter("ppo", once));
    expect(await hashAfter("ppo-ewma", { ...once, anchorDecay: 0.9 }, 3)).not.toBe(await hashAfter("ppo", once));
  });

  test("M30: EAPO at tau = 0 is PPO without an entropy bonus", async () => {
    const ppo = await hashAfter("ppo", { entropyCoefficient: 0 });
    expect(await hashAfter("eapo", { secondWeight: 0 })).toBe(ppo);
    expect(await hashAfter("eapo", { secondWeight: 0.01 })).not.toBe(ppo);
  });

  test("sample dropout that drops nothing is what it stands on", async () => {
    const wide = { ratioBound: 1e6, klStop: 0 };
    expect(await hashAfter("ppo-sample-dropout", wide)).toBe(await hashAfter("ppo", { klStop: 0 }));
    expect(await hashAfter("espo-sample-dropout", wide)).toBe(await hashAfter("espo", wide));
    expect(await hashAfter("ppo-sample-dropout", { ...wide, ratioBound: 0.01 })).not.toBe(await hashAfter("ppo", { klStop: 0 }));
  });

  test("a magnet of weight 0 leaves MDPO, and one that is the newest policy at once another old policy", async () => {
    expect(await hashAfter("magnetic-mirror-descent", { anchorWeight: 0 })).toBe(await hashAfter("mdpo", {}));
    const doubled = await hashAfter("magnetic-mirror-descent", { anchorWeight: 2, anchorShare: 1, stepSize: 0.5 }, 2);
    expect(doubled).not.toBe(await hashAfter("mdpo", { stepSize: 0.5 }, 2));
  });

  test("ESPO stops where the ratios have moved far enough", async () => {
    const [short, long] = [await hashAfter("espo", { ratioBound: 1e-6 }, 1), await hashAfter("espo", { ratioBound: 0 }, 1)];
    expect(short).not.toBe(long);
    expect(await hashAfter("espo", { ratioBound: 1e6 }, 1)).toBe(long);
  });

  test("PPO with a dual clip that is never reached is PPO", async () => {
    expect(await hashAfter("ppo-dual-clip", { dualClip: 1e6 })).toBe(await hashAfter("ppo", {}));
  });
});

/** The largest KL(pi_old || pi) of the batch that the last iteration learned from. */
async function largestDivergence(run: OnPolicyRun): Promise<number> {
  const { agent, plan, rollout, evaluation, buffers, chosen: { host } } = run.pieces;
  const { advantages, returns } = run.pieces.batch;
  const size = plan.envs * plan.hyperparameters.horizon;
  const columns = { maskSize: rollout.buffers.actionMask ? 3 : 0 };
  const flat = t.input("policyParameters", [agent.policyParameterCount]);
  const batch = batchInputs(agent, size, columns, undefined, "policy");
  const { quantities } = actor({
    agent, objective: fixPo, map: reverseKl, anchors: [], hyperparameters: plan.hyperparameters, columns, size,
    minibatches: undefined, optimizer: sgd({}), advantageEpsilon: 1e-8,
  }, flat, batch, t.input("schedule", [6]));
  const program = await host.load(compile({ outputs: { largest: t.max(quantities.reverseKl) } }), {
    policyParameters: buffers.policyParameters, advantages, returns,
    normalizedObservations: evaluation.buffer("normalizedObservations"),
    oldParameters: evaluation.buffer("oldParameters"),
    ...(rollout.buffers.actionMask && { actionMask: rollout.buffers.actionMask }),
  });
  program.run();
  return program.buffer("largest").view()[0]!;
}

describe("FixPO", () => {
  test.each([["masked choices", maskedWalk], ["continuous actions", "Pendulum-v1"]])(
    "ends every iteration with no state above the bound, on %s", async (_, environment: any) => {
      const hyperparameters = {
        ...tiny, learningRate: 0.03, epochs: 6, klBound: 0.02, normalizeObservations: false, repairSteps: 1000,
      };
      const options = { algorithm: "fixpo", device: "wasm", envs: 3, steps: 3 * 16 * 6, hyperparameters } as const;
      const run = await assemble(environment, options, undefined) as OnPolicyRun;
      const free = await assemble(environment, {
        ...options, hyperparameters: { ...hyperparameters, repairSteps: 0, klBound: 1e6 },
      }, undefined) as OnPolicyRun;
      let above = 0;
      for (let i = 0; i < 4; i++) {
        for (const each of [run, free]) {
          each.publish(i);
          for (const pause of each.iterate(i)) await pause;
        }
        expect(await largestDivergence(run)).toBeLessThanOrEqual(0.02);
        if (await largestDivergence(free) > 0.02) above++;
      }
      expect(above).toBeGreaterThan(0);
    });
});
