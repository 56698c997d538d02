import { expect, it } from "vitest";
import { createBatchActor, type BatchActorOptions, type BregmanError, type Policy } from "../../src/index.ts";
import { describeOnGpu, sharedDevice } from "../support/webgpu.ts";
import { box, rows as randomRows, trained, withActions, withObservations } from "../support/quick-policies.ts";

const flatRows = (count: number, width: number): Float32Array => Float32Array.from(randomRows(count, width).flat());

const furthest = (one: ArrayLike<number>, two: ArrayLike<number>): number => {
  expect(one.length).toBe(two.length);
  return Math.max(...Array.from(one, (value, i) => Math.abs(value - two[i]!)));
};

const codeOf = (action: Promise<unknown>): Promise<string> =>
  action.then(() => "nothing was thrown", (error: BregmanError) => error.code);

it("acts on wasm as actBatch does, to the bit, for fewer rows than it has and for raw observations", async () => {
  const policy = await trained("Pendulum-v1");
  const actor = await createBatchActor(policy, { device: "wasm", rows: 40 });
  const observations = flatRows(33, 3);
  expect(await actor.actBatch(observations, 33)).toEqual(policy.actBatch(observations, 33));
  const raw = randomRows(5, 3);
  expect(await actor.actBatch(raw, 5)).toEqual(policy.actBatch(raw, 5));
  expect(actor.weightBytes).toBe(4 * policy.agent.policyParameterCount);
  actor.dispose();
  actor.dispose();
  expect(policy.act(raw[0]!)).toBeInstanceOf(Float32Array);
});

it("keeps the policy that it was made of, however that goes on", async () => {
  const policy = await trained("CartPole-v1");
  const observations = flatRows(64, 4);
  const before = policy.actBatch(observations, 64);
  const actor = await createBatchActor(policy, { device: "wasm", rows: 64 });
  policy.update({ ...policy.weights, parameters: policy.weights.parameters.map((weight) => -weight) });
  expect(await actor.actBatch(observations, 64)).toEqual(before);
  actor.dispose();
});

it("refuses rows, batches, weights and observations that it cannot take", async () => {
  const policy = await trained("Pendulum-v1");
  const make = (options: object) => createBatchActor(policy, options as BatchActorOptions);
  for (const options of [
    {}, { rows: 0 }, { rows: 1.5 }, { rows: 4, weights: "int8" }, { rows: 4, weights: "float16" },
    { rows: 4, weights: "float16", device: "wasm" }, { rows: 4, device: "gpu" },
  ]) expect(await codeOf(make(options)), JSON.stringify(options)).toBe("invalid-option");
  const actor = await make({ rows: 4, device: "wasm" });
  for (const n of [0, 5, 1.5]) expect(await codeOf(actor.actBatch(flatRows(5, 3), n))).toBe("invalid-option");
  expect(await codeOf(actor.actBatch([1, 2, 3, NaN, 5, 6], 2))).toBe("invalid-observation");
  expect(await codeOf(actor.actBatch([1, 2, 3], 2))).toBe("invalid-observation");
  actor.dispose();
  expect(await codeOf(actor.actBatch([1, 2, 3], 1))).toBe("disposed");
});

describeOnGpu("a batch actor on webgpu", () => {
  const wide = { networks: { hidden: [64, 64] } };
  const cases: [string, () => Promise<Policy>, number][] = [
    ["a bounded action of normalized observations", () => trained("Pendulum-v1", wide), 3],
    ["several actions", () => withActions(box([-1, -2], [1, 3], 2)), 3],
  ];

  it.each(cases)("%s: float32 agrees within 1e-5, float16 within 5e-3 and in half the memory",
    async (_, make, width) => {
      const { gpu } = await sharedDevice();
      const policy = await make();
      const observations = flatRows(50, width);
      const wanted = policy.actBatch(observations, 50);
      const single = await createBatchActor(policy, { device: gpu, rows: 64 });
      const half = await createBatchActor(policy, { device: gpu, rows: 64, weights: "float16" });
      expect(furthest(await single.actBatch(observations, 50), wanted)).toBeLessThan(1e-5);
      const rounded = await half.actBatch(observations, 50);
      expect(furthest(rounded, wanted)).toBeLessThan(5e-3);
      expect(furthest(rounded, wanted)).toBeGreaterThan(0);
      expect(single.weightBytes).toBe(2 * half.weightBytes);
      single.dispose();
      half.dispose();
    });

  it("discrete actions of one-hot observations, and calls that overlap", async () => {
    const { gpu } = await sharedDevice();
    const policy = await withObservations({ kind: "discrete", n: 5 }, 3);
    const actor = await createBatchActor(policy, { device: gpu, rows: 8, weights: "float16" });
    const batches = [[0, 1, 2], [4, 3], [2]];
    expect(await Promise.all(batches.map((batch) => actor.actBatch(batch, batch.length))))
      .toEqual(batches.map((batch) => policy.actBatch(batch, batch.length)));
    actor.dispose();
  });

  it("says that a weight is beyond float16", async () => {
    const { gpu } = await sharedDevice();
    const policy = await trained("Pendulum-v1");
    policy.update({ ...policy.weights, parameters: policy.weights.parameters.map((weight) => weight * 1e9) });
    expect(await codeOf(createBatchActor(policy, { device: gpu, rows: 8, weights: "float16" })))
      .toBe("numerical-failure");
  });
});
