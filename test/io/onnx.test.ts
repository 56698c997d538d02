import { describe, expect, it } from "vitest";
import { exportOnnx } from "../../src/index.ts";
import { GraphWriter, rows } from "../../src/io/onnx/graph-writer.ts";
import * as t from "../../src/tensor/index.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { box } from "../support/quick-policies.ts";
import { randomPolicy } from "../support/random-policy.ts";

// What stands in a model, read back by the wire format alone, in every runtime. Whether it acts as the policy does is
// asked of ONNX Runtime in test/package/onnx.test.ts.

type Fields = Map<number, (number | Uint8Array)[]>;

/** The fields of a message by number: integers, or bytes. */
function fieldsOf(bytes: Uint8Array): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const digit = bytes[at++]!;
      value += (digit & 127) * scale;
      if (digit < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const length = varint();
    const content = key % 8 === 0 ? length : bytes.subarray(at, at += length);
    fields.set(Math.floor(key / 8), [...(fields.get(Math.floor(key / 8)) ?? []), content]);
  }
  return fields;
}

const bytesIn = (fields: Fields, number: number) => (fields.get(number) ?? []) as Uint8Array[];
const textsIn = (fields: Fields, number: number) =>
  bytesIn(fields, number).map((bytes) => new TextDecoder().decode(bytes));
const messagesIn = (fields: Fields, number: number) => bytesIn(fields, number).map(fieldsOf);

const three = box(-2, 2, 3);
const gaussian = { observationSpace: three, actionSpace: box([-1, -3], [0.5, Infinity], 2) };
const noisy = { ...gaussian, exploration: { kind: "state-dependent", holdSteps: 4 } } as const;
const choice = { observationSpace: { kind: "discrete", n: 7 }, actionSpace: { kind: "discrete", n: 3 } } as const;

describe.each([["Gaussian", gaussian, {}], ["with noise", noisy, { sampled: true }],
  ["discrete", choice, { sampled: true, actionMask: true }]] as const)("a model (%s)", (_, parts, options) => {
  it("computes every value once, before it is used, and its outputs", async () => {
    const model = fieldsOf(await exportOnnx(await randomPolicy(parts), options));
    const [graph] = messagesIn(model, 7) as [Fields];
    const namesOf = (number: number, name: number) => messagesIn(graph, number).map((each) => textsIn(each, name)[0]!);
    const known = [...namesOf(11, 1), ...namesOf(5, 8)];
    for (const node of messagesIn(graph, 1)) {
      for (const name of textsIn(node, 1)) expect(known).toContain(name);
      known.push(textsIn(node, 2)[0]!);
    }
    expect(new Set(known).size).toBe(known.length);
    for (const name of namesOf(12, 1)) expect(known).toContain(name);
  });

  it("holds the weights by their names, with their shapes and bits", async () => {
    const policy = await randomPolicy(parts);
    const [graph] = messagesIn(fieldsOf(await exportOnnx(policy, options)), 7) as [Fields];
    const initializers = new Map(messagesIn(graph, 5).map((each) => [textsIn(each, 8)[0], each]));
    let start = 0;
    for (const { name, shape } of policy.agent.policySpecs) {
      const values = policy.weights.parameters.slice(start, start += sizeOf(shape));
      const initializer = initializers.get(name)!;
      expect(initializer.get(1)).toEqual([...shape]);
      expect(bytesIn(initializer, 9)[0]).toEqual(new Uint8Array(values.buffer));
    }
  });
});

it("a model says what wrote it, and for which spaces", async () => {
  const policy = await randomPolicy(choice);
  const model = fieldsOf(await exportOnnx(policy));
  expect(model.get(1)).toEqual([8]);
  expect(textsIn(model, 2)).toEqual(["bregman"]);
  expect(messagesIn(model, 8).map((each) => each.get(2))).toEqual([[15]]);
  const metadata = Object.fromEntries(messagesIn(model, 14).map((each) => [textsIn(each, 1)[0], textsIn(each, 2)[0]]));
  expect(metadata).toEqual({
    environment: "Random-v0", algorithm: "ppo", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    observationSpace: '{"kind":"discrete","n":7}', actionSpace: '{"kind":"discrete","n":3}',
    parametersHash: policy.parametersHash(),
  });
});

it("a primitive that no policy has is refused by its name", () => {
  const writer = new GraphWriter(new Map(), {});
  const scanned = t.linearScan(t.input("x", [rows, 2]), t.input("a", [rows, 2]));
  expect(() => writer.output("y", scanned, "")).toThrow(
    'ONNX export: a policy that uses "linear-scan" cannot be exported');
});

it("what is no policy of the main entry is refused", async () => {
  for (const given of [undefined, new Uint8Array(3), {}]) {
    await expect(exportOnnx(given as never)).rejects.toMatchObject(
      { code: "invalid-option", message: expect.stringMatching(/^exportOnnx: expected a policy that/) as string });
  }
});
