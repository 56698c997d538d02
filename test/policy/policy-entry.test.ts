import fc from "fast-check";
import { describe, expect, it } from "vitest";
import actingModule from "../../dist/policy.wasm";
import mainModule from "../../dist/bregman.wasm";
import { choices, type Space } from "../../src/envs/spaces.ts";
import { sample } from "../../src/envs/space-values.ts";
import {
  BregmanError, load as loadFully, train, type Policy, type SpaceValue, type TrainerOptions,
} from "../../src/index.ts";
import { readSafetensors, writeSafetensors } from "../../src/io/safetensors.ts";
import { activations, type Activation } from "../../src/nn/activations.ts";
import { load } from "../../src/policy.ts";
import { randomSource } from "../../src/random/streams.ts";
import { box, quick, trained } from "../support/quick-policies.ts";
import { target } from "../support/training-environments.ts";

/** Observations for each of the policies, and for each activation or size of weights. */
const [many, some] = [1000, 150];

/** The numbers of actions, as bits. */
const bits = (values: Iterable<number>): Int32Array => new Int32Array(Float32Array.from(values).buffer);
const flat = (action: unknown): Iterable<number> => (typeof action === "number" ? [action] : action as Float32Array);

/** Random observations of a space. */
function observations(space: Space, count: number, seed: number): SpaceValue[] {
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

async function expectTheSame(policy: Policy, count = some): Promise<void> {
  const { observationSpace, actionSpace } = policy.facts.spec;
  const [full, small] = [await loadFully(policy.save()), await load(policy.save())];
  const given = observations(observationSpace, count, 5);
  for (const deterministic of [true, false]) {
    for (const observation of given) {
      const [expected, action] = [full.act(observation, { deterministic }), small.act(observation, { deterministic })];
      expect(action?.constructor).toBe(expected.constructor);
      expect(bits(flat(action))).toEqual(bits(flat(expected)));
    }
    for (const rows of [1, 3, 8, 50, count]) {
      const batch = given.slice(0, rows);
      const expected = full.actBatch(batch, rows, { deterministic });
      expect(bits(small.actBatch(batch, rows, { deterministic }))).toEqual(bits(expected));
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
  ])("%s", async (_, make) => expectTheSame(await make(), many));

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

describe("bregman/policy refuses what it cannot act on", () => {
  const code = (name: string) => expect.objectContaining({ code: name });

  /** A saved policy with another description. */
  async function described(change: (description: any) => void, format = "bregman-policy-1"): Promise<Uint8Array> {
    const { tensors, metadata } = readSafetensors((await trained("Pendulum-v1")).save());
    const description = JSON.parse(metadata.get("bregman")!) as unknown;
    change(description);
    return writeSafetensors(tensors.values(), [["format", format], ["bregman", JSON.stringify(description)]]);
  }

  it.each<[string, string, (description: any) => void]>([
    ["unsupported", "an activation of the future", ({ spec }) => { spec.networks.activation = "swoosh"; }],
    ["unsupported", "a tuple of actions",
      ({ spec }) => { spec.actionSpace = { kind: "tuple", spaces: [{ kind: "discrete", n: 2 }] }; }],
    ["unsupported", "a dictionary of actions", ({ spec }) => {
      spec.actionSpace = { kind: "dict", spaces: { move: spec.actionSpace, fire: { kind: "discrete", n: 2 } } };
    }],
    ["checkpoint-corrupt", "a space of the future", ({ spec }) => { spec.actionSpace = { kind: "graph" }; }],
    ["checkpoint-corrupt", "another width", ({ spec }) => { spec.networks.hidden = [9]; }],
    ["checkpoint-corrupt", "no network", ({ spec }) => { delete spec.networks; }],
    ["checkpoint-corrupt", "an activation that is no name",
      ({ spec }) => { spec.networks.activation = { toString: 1 }; }],
    ["checkpoint-corrupt", "squashing without bounds",
      ({ spec }) => { spec.squash = true; spec.actionSpace.high = "Infinity"; }],
    ["checkpoint-corrupt", "a seed that is none", (description) => { description.seed = -1; }],
    ["checkpoint-corrupt", "a billion switches to see",
      ({ spec }) => { spec.observationSpace = { kind: "multi-binary", n: 1e9 }; }],
    ["checkpoint-corrupt", "a box of 2^60 numbers",
      ({ spec }) => { spec.observationSpace = { kind: "box", shape: [2 ** 30, 2 ** 30], low: 0, high: 1 }; }],
    ["checkpoint-corrupt", "a billion switches to set",
      ({ spec }) => { spec.actionSpace = { kind: "multi-binary", n: 1e9 }; }],
    ["checkpoint-corrupt", "spaces within spaces within spaces", ({ spec }) => {
      for (let i = 0; i < 2000; i++) spec.observationSpace = { kind: "tuple", spaces: [spec.observationSpace] };
      spec.observationSpace.spaces[0].spaces = [];
    }],
  ])("%s: %s", async (expected, _, change) => {
    const bytes = await described(change);
    await expect(load(bytes)).rejects.toThrow(code(expected));
    await expect(loadFully(bytes)).rejects.toBeInstanceOf(BregmanError);
  });

  it("files of other versions and other files", async () => {
    await expect(load(await described(() => {}, "bregman-policy-2"))).rejects.toThrow(code("unsupported"));
    await expect(load(await described(() => {}, "bregman-checkpoint-1"))).rejects.toThrow(code("checkpoint-corrupt"));
    await expect(load(new Response("", { status: 404 }))).rejects.toThrow(code("not-found"));
    await expect(load(7 as never)).rejects.toThrow(code("invalid-option"));
  });

  it("any damaged bytes: a BregmanError, or a policy that acts", async () => {
    const originals = await Promise.all([
      trained("CartPole-v1"), trained("Pendulum-v1", { squash: true, networks: { hidden: [4], layerNorm: true } }),
    ].map(async (policy) => (await policy).save()));
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    // Half of the damage goes where it does most: into the header.
    await fc.assert(fc.asyncProperty(
      fc.constantFrom(...originals), damage, fc.boolean(), fc.option(fc.nat()), fc.option(fc.tuple(fc.nat(), fc.nat())),
      async (original, changes, inHeader, cut, splice) => {
        let bytes = original.slice();
        const header = 8 + bytes[0]! + 256 * bytes[1]!;
        for (const [at, value] of changes) bytes[at % (inHeader ? header : bytes.length)] = value;
        if (splice) {
          const [from, length] = [splice[0] % bytes.length, splice[1] % 40];
          bytes = Uint8Array.of(...bytes.subarray(0, from), ...bytes.subarray(from + length));
        }
        if (cut !== null) bytes = bytes.slice(0, cut % (bytes.length + 1));
        for (const read of [load, loadFully]) await expectNoCrash(read, bytes);
      },
    ), { numRuns: 500 });
  });

  it("any value of the description replaced by any other: a BregmanError, or a policy that acts", async () => {
    const wrong = [null, true, "", "x", 0, -1, 0.5, 1e9, 2 ** 53, 1e300, [], [1e9], {}, { kind: "dict", spaces: {} }];
    const saved = [
      await trained("Pendulum-v1", { squash: true }), await trained(target({ kind: "dict", spaces: {
        a: { kind: "discrete", n: 3 }, b: { kind: "multi-discrete", nvec: [2, 3] }, c: { kind: "multi-binary", n: 2 },
      } }, { a: 1, b: [0, 2], c: [0, 1] }, { kind: "multi-discrete", nvec: [2, 3] }, () => true)),
    ];
    for (const policy of saved) {
      const { tensors, metadata } = readSafetensors(policy.save());
      const text = metadata.get("bregman")!;
      for (const path of paths(JSON.parse(text))) {
        for (const value of wrong) {
          const bytes = writeSafetensors(tensors.values(),
            [["format", "bregman-policy-1"], ["bregman", JSON.stringify(replaced(JSON.parse(text), path, value))]]);
          await expectNoCrash(load, bytes);
          await expectNoCrash(loadFully, bytes, false);   // compiling hundreds of programs takes a while
        }
      }
    }
  });
});

/** Loads and acts; whatever goes wrong has a code. */
async function expectNoCrash(read: typeof load | typeof loadFully, bytes: Uint8Array, acts = true): Promise<void> {
  try {
    const policy = await read(bytes);
    if (!acts) return;
    policy.act(sample(policy.facts.spec.observationSpace, randomSource(1, "evaluation")), { deterministic: false });
  } catch (error) {
    expect(error, String(error)).toBeInstanceOf(BregmanError);
  }
}

/** Where values are in plain data. */
function paths(data: unknown): string[][] {
  if (typeof data !== "object" || data === null) return [[]];
  return [[], ...Object.entries(data).flatMap(([key, part]) => paths(part).map((path) => [key, ...path]))];
}

function replaced(data: any, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  data[key] = replaced(data[key], rest, value);
  return data;
}

describe("bregman/policy takes its module from elsewhere", () => {
  it("bytes or compiled, and refuses another", async () => {
    const saved = (await trained("CartPole-v1")).save();
    const compiled = await WebAssembly.compile(actingModule());
    for (const wasm of [compiled, actingModule(), actingModule().buffer]) {
      expect((await load(saved, { wasm })).act([0, 0, 0, 0])).toBeTypeOf("number");
    }
    for (const wasm of [mainModule(), Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)]) {
      await expect(load(saved, { wasm })).rejects.toMatchObject({ code: "invalid-option" });
    }
    await expect(load(saved, { wasm: Uint8Array.of(1, 2, 3) })).rejects.toMatchObject({ code: "wasm-unavailable" });
    expect((await load(saved)).act([0, 0, 0, 0])).toBeTypeOf("number");
  });
});
