import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BregmanError, load as loadFully, type Policy, type SpaceValue, type TrainerOptions } from "../../src/index.ts";
import { load } from "../../src/policy.ts";
import type { Space } from "../../src/envs/spaces.ts";
import { sample } from "../../src/envs/space-values.ts";
import { choices } from "../../src/envs/spaces.ts";
import { readSafetensors, writeSafetensors } from "../../src/io/safetensors.ts";
import { randomSource } from "../../src/random/streams.ts";
import { activations, type Activation } from "../../src/nn/activations.ts";
import { box, quick, trained } from "../support/quick-policies.ts";
import { target } from "../support/training-environments.ts";
import { train } from "../../src/index.ts";

const count = 1000;

/** The numbers of actions, as bits. */
const bits = (values: Iterable<number>): Int32Array => new Int32Array(Float32Array.from(values).buffer);
const flat = (action: unknown): Iterable<number> => (typeof action === "number" ? [action] : action as Float32Array);

/** Observations of a space, some far outside of a box's bounds. */
function observations(space: Space, seed: number): SpaceValue[] {
  const random = randomSource(seed, "evaluation");
  return Array.from({ length: count }, () => sample(space, random));
}

/** Masks that leave each choice something. */
function masks(space: Space, rows: number, seed: number): Uint8Array {
  const random = randomSource(seed, "exploration");
  return Uint8Array.from(Array.from({ length: rows }, () => choices(space)!.map((n) => {
    const open = random.integer(n);
    return Array.from({ length: n }, (_, i) => Number(i === open || random.integer(2) === 1));
  })).flat(2));
}

async function expectTheSame(policy: Policy): Promise<void> {
  const { observationSpace, actionSpace } = policy.facts.spec;
  const [full, small] = [await loadFully(policy.save()), await load(policy.save())];
  const given = observations(observationSpace, 5);
  for (const deterministic of [true, false]) {
    for (const observation of given) {
      const [expected, action] = [full.act(observation, { deterministic }), small.act(observation, { deterministic })];
      expect(action?.constructor).toBe(expected.constructor);
      expect(bits(flat(action))).toEqual(bits(flat(expected)));
    }
    for (const rows of [1, 3, 8, 50, 1000]) {
      const some = given.slice(0, rows);
      const expected = full.actBatch(some, rows, { deterministic });
      expect(bits(small.actBatch(some, rows, { deterministic }))).toEqual(bits(expected));
    }
  }
  if (!choices(actionSpace)) return;
  for (const deterministic of [true, false]) {
    const options = { deterministic, actionMask: masks(actionSpace, 50, 3) };
    expect(bits(small.actBatch(given.slice(0, 50), 50, options)))
      .toEqual(bits(full.actBatch(given.slice(0, 50), 50, options)));
    for (let i = 0; i < 50; i++) {
      const one = { deterministic, actionMask: masks(actionSpace, 1, i) };
      expect(bits(flat(small.act(given[i]!, one)))).toEqual(bits(flat(full.act(given[i]!, one))));
    }
  }
}

const replay: TrainerOptions = {
  ...quick, hyperparameters: { networks: { hidden: [8, 6] }, warmupSteps: 16, batchSize: 8, bufferSize: 100 },
};
const inBox = (space: Space, size = 5) => target(box(-2, 2, size), new Array(size).fill(0.5), space, () => true);

describe("bregman/policy acts as the full kit does, bit for bit", () => {
  it.each<[string, () => Promise<Policy>]>([
    ["categorical, images of 5 x 3, layer norm", () => trained(
      target(box(-2, 2, 5, 3), new Array(15).fill(0.3), { kind: "discrete", n: 7, start: -3 }, (a) => a === 2),
      { networks: { hidden: [17, 9], layerNorm: true, activation: "relu" } })],
    ["multi-categorical, a dictionary of all kinds of spaces", () => trained(target(
      { kind: "dict", spaces: {
        place: box(-1, 1, 3), item: { kind: "discrete", n: 4, start: 2 },
        rest: { kind: "tuple", spaces: [{ kind: "multi-discrete", nvec: [2, 3] }, { kind: "multi-binary", n: 3 }] },
      } },
      { place: [0.1, 0.2, 0.3], item: 3, rest: [[1, 2], [0, 1, 1]] },
      { kind: "multi-discrete", nvec: [3, 3, 2, 5] }, () => true), { normalizeObservations: false })],
    ["Gaussian, in units of its box", () => trained(
      inBox(box([-1, 0.5, -0.01], [1, 0.75, 0.01], 3)), { scaleActions: true, networks: { hidden: [64, 64] } })],
    ["squashed Gaussian with a deviation from the network", () => trained(
      inBox(box(-3, 1, 2)), { squash: true, stateDependentStd: true, networks: { hidden: [33], activation: "silu" } })],
    ["deterministic (TD3)", async () =>
      (await train(inBox(box([-2, -1], [2, 3], 2)), { ...replay, algorithm: "td3" })).policy],
    ["noise that depends on features, no hidden layer", () => trained(
      inBox(box(-Infinity, Infinity, 3)),
      { networks: { hidden: [] }, exploration: { kind: "state-dependent", holdSteps: 4 } })],
    ["switches, choices as observations", () => trained(target({ kind: "discrete", n: 9 }, 4,
      { kind: "multi-binary", n: 3 }, () => true), { exploration: { kind: "independent" } })],
    ["SAC", async () => (await train("Pendulum-v1", { ...replay, algorithm: "sac" })).policy],
  ])("%s", async (_, make) => expectTheSame(await make()));

  it.each(Object.keys(activations) as Activation[])("activation %s", async (activation) => {
    await expectTheSame(await trained(inBox({ kind: "discrete", n: 3 }), { networks: { hidden: [5], activation } }));
  });

  it("with weights of any size", async () => {
    const policy = await trained(inBox(box(-1, 1, 2)), { squash: true, networks: { hidden: [7], layerNorm: true } });
    const { tensors, metadata } = readSafetensors(policy.save());
    const random = randomSource(3, "shuffle");
    for (const scale of [1e-30, 1e-6, 1, 30, 1e6, 1e18]) {
      const changed = [...tensors.values()].map((tensor) => ({
        ...tensor, values: Float32Array.from(tensor.values as Float32Array, () => scale * (2 * random.uniform() - 1)),
      }));
      await expectTheSame(await loadFully(writeSafetensors(changed, metadata)));
    }
  });
});
