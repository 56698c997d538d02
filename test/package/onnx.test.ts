import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as ort from "onnxruntime-web";
import { beforeAll, describe, expect, it, test } from "vitest";
import { exportOnnx, train, type OnnxOptions, type Policy, type Space } from "../../src/index.ts";
import { choices, rawLayout } from "../../src/envs/spaces.ts";
import { streamState } from "../../src/random/streams.ts";
import * as t from "../../src/tensor/index.ts";
import { root } from "../runtimes.mjs";
import { box } from "../support/quick-policies.ts";
import { randomPolicy, type PolicyParts } from "../support/random-policy.ts";
import { run } from "../support/run.ts";
import { numbers } from "../support/values.ts";

// Exported models act as the policies do, in ONNX Runtime.

beforeAll(() => {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = `${pathToFileURL(join(root, "node_modules/onnxruntime-web/dist")).href}/`;
});

const rows = 256;
const tolerance = 1e-5;

interface Exported {
  readonly session: ort.InferenceSession;
  /** The outputs' values by name. */
  run(inputs: Readonly<Record<string, Float32Array | Int32Array>>, count?: number): Promise<Record<string, ort.Tensor>>;
}

async function exported(policy: Policy, options?: OnnxOptions): Promise<Exported> {
  const session = await ort.InferenceSession.create(await exportOnnx(policy, options));
  return {
    session,
    run: (inputs, count = rows) => session.run(Object.fromEntries(Object.entries(inputs).map(([name, values]) => {
      const type = values instanceof Float32Array ? "float32" : "int32";
      return [name, new ort.Tensor(type, values as Float32Array, [count, values.length / count])];
    }))),
  };
}

/** Raw observations as floats: what the model takes, and what `actRaw` does. */
function observationsOf(space: Space, count = rows): Float32Array {
  const next = numbers(9);
  const sizes = choices(space);
  const start = space.kind === "discrete" ? space.start ?? 0 : 0;
  const { size } = rawLayout(space);
  return Float32Array.from({ length: count * size }, (_, i) =>
    sizes ? start + Math.floor(next() * sizes[i % sizes.length]!) : 4 * next() - 2);
}

/** Parameters of the distribution, computed by the kit. */
async function distributionOf(policy: Policy, observations: Float32Array, mask?: Int32Array): Promise<Float64Array> {
  const { agent, weights, facts: { spec } } = policy;
  const raw = t.input("observation", [rows, rawLayout(spec.observationSpace).size]);
  const sizes = ["discrete", "multi-discrete"].includes(spec.observationSpace.kind) && choices(spec.observationSpace);
  const start = spec.observationSpace.kind === "discrete" ? spec.observationSpace.start ?? 0 : 0;
  const flattened = sizes
    ? t.concat(sizes.map((n, i) => t.reshape(t.oneHot(t.cast(t.sub(t.slice(raw, 1, i, i + 1), start), "i32"), n),
      [rows, n])), 1)
    : raw;
  const actionMask = mask && t.input("actionMask", [rows, agent.head.outputs], "i32");
  const flat = t.input("flat", [agent.policyParameterCount]);
  const [values] = await run([agent.policyParametersOf(flat, agent.normalize(flattened), { actionMask })],
    { observation: observations, flat: weights.parameters, actionMask: mask ?? [], ...weights } as never);
  return values!;
}

/** Which of the choices are clear: their two best scores differ by more than rounding can. */
function clearChoices(scores: Float64Array, nvec: readonly number[]): boolean[] {
  const clear: boolean[] = [];
  for (let at = 0; at < scores.length;) {
    for (const n of nvec) {
      const [best, second = -Infinity] = Array.from(scores.subarray(at, at + n)).sort((a, b) => b - a);
      clear.push(best! - second > 1e-5);
      at += n;
    }
  }
  return clear;
}

function worstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length);
  return Array.from(actual).reduce((worst, value, i) => Math.max(worst, Math.abs(value - expected[i]!)), 0);
}

/** The same actions, wherever they are clear. */
function expectSameActions(
  policy: Policy, actual: ort.Tensor, expected: ArrayLike<number>, scores: Float64Array,
): void {
  const nvec = choices(policy.facts.spec.actionSpace);
  expect(actual.type).toBe(nvec ? "int32" : "float32");
  expect(actual.dims).toEqual([rows, expected.length / rows]);
  const values = actual.data as Float32Array | Int32Array;
  if (!nvec) {
    report("action", worstDifference(values, expected));
    return;
  }
  const clear = clearChoices(scores, nvec);
  expect(clear.filter(Boolean).length).toBeGreaterThan(0.98 * clear.length);
  expect(Array.from(values).filter((_, i) => clear[i])).toEqual(Array.from(expected).filter((_, i) => clear[i]));
}

function report(what: string, difference: number): void {
  if (process.env.BREGMAN_ONNX_FIGURES) console.log(`${expect.getState().currentTestName}: ${what} ${difference}`);
  expect(difference).toBeLessThan(tolerance);
}

const three = box(-2, 2, 3);
const pair = box([-1, -3], [0.5, Infinity], 2);
const bounded = box([-1, 0], [0.5, 10], 2);
const layered = (activation: string, layerNorm = false, hidden = [16, 8]) =>
  ({ networks: { hidden, activation, layerNorm, initializer: "orthogonal" } }) as Pick<PolicyParts, "networks">;

const cases: Readonly<Record<string, PolicyParts>> = {
  categorical: { observationSpace: three, actionSpace: { kind: "discrete", n: 5, start: -2 } },
  "multi-categorical": {
    observationSpace: three, actionSpace: { kind: "multi-discrete", nvec: [3, 3, 2, 4] },
  },
  switches: { observationSpace: three, actionSpace: { kind: "multi-binary", n: 4 } },
  Gaussian: { observationSpace: three, actionSpace: pair },
  "Gaussian, one action": { observationSpace: three, actionSpace: box(-1, 1, 1) },
  "Gaussian, scaled": { observationSpace: three, actionSpace: bounded, scaleActions: true },
  "Gaussian, state-dependent deviation": { observationSpace: three, actionSpace: pair, stateDependentStd: true },
  "Gaussian, state-dependent noise": {
    observationSpace: three, actionSpace: pair, exploration: { kind: "state-dependent", holdSteps: 4 },
  },
  "Gaussian, correlated noise": {
    observationSpace: three, actionSpace: pair, exploration: { kind: "autoregressive", correlation: 0.5 },
  },
  "squashed Gaussian": { observationSpace: three, actionSpace: bounded, squash: true },
  "squashed Gaussian, state-dependent deviation": {
    observationSpace: three, actionSpace: bounded, squash: true, stateDependentStd: true,
  },
  deterministic: { observationSpace: three, actionSpace: bounded, explorationNoise: 0.1 },
  "a discrete observation": {
    observationSpace: { kind: "discrete", n: 7, start: 3 }, actionSpace: { kind: "discrete", n: 3 },
  },
  "a multi-discrete observation": {
    observationSpace: { kind: "multi-discrete", nvec: [4, 2, 5] }, actionSpace: { kind: "discrete", n: 3 },
  },
  "a multi-binary observation": { observationSpace: { kind: "multi-binary", n: 6 }, actionSpace: pair },
  "a dict observation": {
    observationSpace: { kind: "dict", spaces: { place: box(-2, 2, 2), kind: { kind: "discrete", n: 3 } } },
    actionSpace: pair,
  },
  "no normalizer": { observationSpace: three, actionSpace: pair, normalizeObservations: false },
  "no hidden layer": { observationSpace: three, actionSpace: pair, ...layered("tanh", false, []) },
  "one hidden unit": { observationSpace: box(-2, 2, 1), actionSpace: box(-1, 1, 1), ...layered("tanh", false, [1, 2]) },
  ...Object.fromEntries(["identity", "tanh", "relu", "gelu", "sigmoid", "softplus", "silu", "elu"].flatMap((name) =>
    [false, true].map((layerNorm) => [`${name}${layerNorm ? " and layer norm" : ""}`,
      { observationSpace: three, actionSpace: bounded, scaleActions: true, ...layered(name, layerNorm) }]))),
};

describe("a model acts as its policy does", () => {
  it.each(Object.entries(cases))("%s", async (_, parts) => {
    const policy = await randomPolicy(parts);
    const model = await exported(policy);
    const observations = observationsOf(parts.observationSpace);
    const { action, logits, mean, logStd } = await model.run({ observation: observations });
    const distribution = await distributionOf(policy, observations);
    const raw = choices(parts.observationSpace) ? Int32Array.from(observations) : observations;
    expectSameActions(policy, action!, policy.actRaw(raw, rows), distribution);

    expect(model.session.inputNames).toEqual(["observation"]);
    if (policy.agent.head.kind === "deterministic") {
      expect(model.session.outputNames).toEqual(["action"]);
    } else if (logits) {
      report("logits", worstDifference(logits.data as Float32Array, distribution));
    } else {
      const columns = distribution.length / rows / 2;
      const ofRow = (part: number) => distribution.filter((_, i) => Math.floor(i / columns) % 2 === part);
      report("mean", worstDifference(mean!.data as Float32Array, ofRow(0)));
      report("logStd", worstDifference(logStd!.data as Float32Array, ofRow(1)));
    }
  });

  it("as trained ones do, observation by observation", async () => {
    for (const name of ["CartPole-v1", "Pendulum-v1"]) {
      const { policy } = await train(name, { algorithm: "ppo", steps: 4096, device: "wasm" });
      const model = await exported(policy);
      const width = policy.agent.observationSize;
      const observations = observationsOf(policy.facts.spec.observationSpace);
      for (let row = 0; row < rows; row++) {
        const observation = observations.subarray(row * width, (row + 1) * width);
        const { action } = await model.run({ observation }, 1);
        const expected = policy.act(observation);
        const values = typeof expected === "number" ? [expected] : expected as Float32Array;
        report(name, worstDifference(action!.data as Float32Array, values));
      }
    }
  });

  it("for any number of rows, each by itself", async () => {
    const model = await exported(await randomPolicy(cases["Gaussian, state-dependent noise"]!));
    const observation = observationsOf(three);
    const whole = await model.run({ observation });
    for (const count of [1, 2, 7]) {
      const part = await model.run({ observation: observation.slice(0, 3 * count) }, count);
      for (const name of ["action", "mean", "logStd"]) {
        expect(part[name]!.dims).toEqual([count, 2]);
        const expected = (whole[name]!.data as Float32Array).slice(0, 2 * count);
        expect(worstDifference(part[name]!.data as Float32Array, expected)).toBeLessThan(tolerance);
      }
    }
  });
});

describe("a sampled model", () => {
  const stochastic = Object.entries(cases).slice(0, 14);

  /** The policy's first draw as rows of noise. */
  async function noiseOf(policy: Policy): Promise<Float64Array> {
    const { outputs, actionSize, actionType } = policy.agent.head;
    const width = actionType === "i32" ? outputs : 2 * actionSize;
    const shape = actionType === "i32" ? [rows, outputs] : [2, rows, actionSize];
    const uniform = t.randomUniform(t.input("state", [4], "i32"), shape, 1);
    const inFront = actionType === "i32" ? uniform : t.reshape(t.permute(uniform, [1, 0, 2]), [rows, width]);
    return (await run([inFront], { state: Float64Array.from(streamState(policy.facts.seed, "evaluation")) }))[0]!;
  }

  it.each(stochastic)("draws what the policy draws from the same numbers: %s", async (_, parts) => {
    const policy = await randomPolicy(parts);
    const model = await exported(policy, { sampled: true });
    expect(model.session.inputNames).toEqual(["observation", "noise"]);
    const observation = observationsOf(parts.observationSpace);
    const noise = await noiseOf(policy);
    const { action } = await model.run({ observation, noise: Float32Array.from(noise) });
    const raw = choices(parts.observationSpace) ? Int32Array.from(observation) : observation;
    const expected = policy.actRaw(raw, rows, { deterministic: false });
    const scores = policy.agent.head.actionType === "i32"
      ? (await distributionOf(policy, observation)).map((logit, i) => logit - Math.log(-Math.log(noise[i]!)))
      : noise;
    expectSameActions(policy, action!, expected, scores);
  });

  it("takes the numbers 0 and 1 too", async () => {
    for (const name of ["categorical", "Gaussian"]) {
      const policy = await randomPolicy(cases[name]!);
      const model = await exported(policy, { sampled: true });
      const noise = Float32Array.from({ length: rows * (name === "categorical" ? 5 : 4) }, (_, i) => i % 2);
      const { action } = await model.run({ observation: observationsOf(three), noise });
      expect(Array.from(action!.data as Float32Array).every(Number.isFinite)).toBe(true);
    }
  });
});

describe("a mask", () => {
  it.each(["categorical", "multi-categorical", "switches"])("forbids choices of a model as of its policy: %s",
    async (name) => {
      const policy = await randomPolicy(cases[name]!);
      const nvec = choices(policy.facts.spec.actionSpace)!;
      const next = numbers(3);
      const mask = Int32Array.from(Array.from({ length: rows }, () => nvec.flatMap((n) => {
        const open = Math.floor(next() * n);
        return Array.from({ length: n }, (_, i) => (i === open || next() < 0.5 ? 1 : 0));
      })).flat());
      const model = await exported(policy, { actionMask: true });
      const observation = observationsOf(three);
      const { action } = await model.run({ observation, actionMask: mask });
      const expected = policy.actRaw(observation, rows, { actionMask: mask });
      expectSameActions(policy, action!, expected, await distributionOf(policy, observation, mask));
    });

  it("of continuous actions is refused", async () => {
    await expect(exportOnnx(await randomPolicy(cases.Gaussian!), { actionMask: true })).rejects.toMatchObject(
      { code: "invalid-option", message: 'actionMask: only discrete actions can be masked, those of this policy are ' +
        'of kind "box"' });
  });
});

describe("the file", () => {
  it("has the policy's spaces, its algorithm, hash and version in its metadata, and the same bytes each time",
    async () => {
      const policy = await randomPolicy(cases.Gaussian!);
      const bytes = await exportOnnx(policy);
      const text = new TextDecoder("latin1").decode(bytes);
      for (const part of ["algorithm", "ppo", "Random-v0", "parametersHash", policy.parametersHash(), "version",
        '{"kind":"box","shape":[2],"low":[-1,-3],"high":[0.5,"Infinity"]}']) expect(text).toContain(part);
      expect(await exportOnnx(policy)).toEqual(bytes);
    });

  it("holds each weight once, by its name", async () => {
    const policy = await randomPolicy(cases.Gaussian!);
    const { length } = await exportOnnx(policy);
    expect(length).toBeGreaterThan(4 * policy.agent.policyParameterCount);
    expect(length).toBeLessThan(4 * policy.agent.policyParameterCount + 4000);
  });
});

const built = existsSync(join(root, "dist/onnx.js"));

test.skipIf(!built)("the built command line writes what the sources write", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bregman-onnx-"));
  try {
    const policy = await randomPolicy(cases.categorical!);
    writeFileSync(join(folder, "policy.safetensors"), policy.save());
    execFileSync(process.execPath, [join(root, "dist/cli.js"), "export", folder, "--format", "onnx"]);
    expect(new Uint8Array(readFileSync(join(folder, "policy.onnx")))).toEqual(await exportOnnx(policy));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
