import { describe, expect, it } from "vitest";
import { createTrainer } from "../../src/index.ts";
import { hyperbolicEntropy, kl, logBarrier, mdpo, separableMap, type OnPolicyAlgorithm } from "../../src/methods.ts";
import * as t from "../../src/tensor/index.ts";

// A method is six choices: who takes a published one's definition and changes a choice has a method of their own.

async function hashOf(algorithm: string | OnPolicyAlgorithm, environment = "CartPole-v1"): Promise<string> {
  const trainer = await createTrainer(environment, {
    algorithm, seed: 2, steps: 512, envs: 4, device: "wasm",
    hyperparameters: { horizon: 32, gaeLambda: 0.9, discount: 0.9, networks: { hidden: [8] } },
  });
  for (let i = 0; i < 3; i++) await trainer.update();
  const hash = trainer.policy.parametersHash();
  trainer.dispose();
  return hash;
}

const within = (map: OnPolicyAlgorithm["choices"]["map"]): OnPolicyAlgorithm =>
  ({ ...mdpo, id: "own", choices: { ...mdpo.choices, map } });

describe("a method of one's own", () => {
  it("with a published method's choices learns to its bits", async () => {
    const published = await hashOf("mdpo");
    expect(await hashOf({ ...mdpo, id: "own" })).toBe(published);
    expect(await hashOf(within(kl))).toBe(published);
    const surrogate: OnPolicyAlgorithm["objective"]["surrogate"] = ({ ratio, advantage, divergence, stepSize }) =>
      t.sub(t.mean(t.mul(ratio, advantage)), t.div(t.mean(divergence), stepSize));
    const own = { ...mdpo, id: "own", objective: { ...mdpo.objective, id: "own", surrogate } };
    expect(await hashOf(own)).toBe(published);
  });

  it("learns in another geometry, each to another place, also in one of one's own", async () => {
    const squares = separableMap({ id: "square", name: "square", formula: "" },
      { value: (p) => t.square(p), derivative: (p) => t.mul(2, p) });
    const hashes = [await hashOf("mdpo")];
    for (const map of [hyperbolicEntropy(0.1), logBarrier, squares]) hashes.push(await hashOf(within(map)));
    expect(new Set(hashes).size).toBe(4);
  });

  it("goes on from a checkpoint to the same bits where it is handed in again, and is asked for where not", async () => {
    const algorithm = within(kl);
    const options = { algorithm, steps: 512, envs: 4, device: "wasm", hyperparameters: { horizon: 32 } } as const;
    const whole = await createTrainer("CartPole-v1", options);
    await whole.update();
    const resume = await whole.checkpoint();
    const resumed = await createTrainer(undefined, { resume, algorithm });
    for (const trainer of [whole, resumed]) await trainer.update();
    expect(resumed.stateHash()).toBe(whole.stateHash());
    for (const trainer of [whole, resumed]) trainer.dispose();
    await expect(createTrainer(undefined, { resume })).rejects.toMatchObject({
      code: "unknown-algorithm", message: expect.stringContaining(`of "own", which is not of this kit`),
    });
  });

  it.each([
    ["choices: expected the six choices", { choices: undefined }],
    ["objective.surrogate: expected a function", { objective: {} }],
    ["choices.anchors: expected a list", { choices: { ...mdpo.choices, anchors: { id: "old-policy" } } }],
    ["choices.map: expected a mirror map", { choices: { ...mdpo.choices, map: "hyperbolic" } }],
    [`choices.solver.id: expected "gradient-steps"`, { choices: { ...mdpo.choices, solver: { id: "adam" } } }],
    [`choices.signal.id: expected "gae"`, { choices: { ...mdpo.choices, signal: { id: "q" } } }],
    ["defaults: expected hyperparameters", { defaults: undefined }],
    ["reads: expected a list", { reads: undefined }],
    [`anchor "nobody" is unknown; the method has none`,
      { objective: { ...mdpo.objective, surrogate: ({ anchor }: any) => t.mean(anchor("nobody").kl) } }],
    [`multiplier "beta" is unknown`,
      { objective: { ...mdpo.objective, surrogate: ({ ratio, multiplier }: any) => t.mul(multiplier("beta"), t.mean(ratio)) } }],
  ])("is refused with what is amiss: %s", async (message, change) => {
    await expect(hashOf({ ...mdpo, id: "own", ...change } as OnPolicyAlgorithm)).rejects.toMatchObject({
      code: "invalid-option", message: expect.stringContaining(message),
    });
  });

  it("is refused where its map has no divergence of densities", async () => {
    await expect(hashOf(within(logBarrier), "Pendulum-v1")).rejects.toMatchObject({
      code: "invalid-option", message: expect.stringContaining("expected one discrete choice"),
    });
    expect(await hashOf(within(hyperbolicEntropy(0.5)), "Pendulum-v1")).not.toBe(await hashOf("mdpo", "Pendulum-v1"));
  });
});
