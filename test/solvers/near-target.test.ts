import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agentSpec, createAgent } from "../../src/agent/agent.ts";
import { createCritics } from "../../src/agent/critics.ts";
import { mergeHyperparameters, type PartialHyperparameters } from "../../src/agent/hyperparameters.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { createTrainer } from "../../src/index.ts";
import { adam, sgd } from "../../src/nn/optimizers.ts";
import { deterministicPolicyGradient } from "../../src/objectives/deterministic-policy-gradient.ts";
import { nearTarget } from "../../src/solvers/near-target.ts";
import { replayStepProgram } from "../../src/solvers/replay-step.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";

const size = 5;
const w = t.input("w", [size]);
const target = t.input("target", [size]);
/** Some loss that is neither linear nor a square: mean of cos w_i w_{i+1}. */
const loss = t.mean(t.cos(t.mul(t.slice(w, 0, 0, size - 1), t.slice(w, 0, 1, size))));

/** w after a step of `optimizer` on `of`, at a rate of 0.1, taken from `start`. */
function step(optimizer: ReturnType<typeof sgd>, of: t.Tensor, start: t.Tensor): t.Tensor {
  const [gradient] = t.grad(of, [w]);
  const sizes = Object.entries(optimizer.stateSizes(size));
  const state = Object.fromEntries(sizes.map(([name, each]) => [name, t.full([each.size], 0)]));
  return optimizer.step({ parameters: start, gradient: gradient!, learningRate: t.full([1], 0.1), state }).parameters;
}

const proximal = t.add(loss, t.mul(0.5 / 0.8, t.sum(t.square(t.sub(w, target)))));
const vectors = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: size, maxLength: size });

test("22: with gradient descent the step from near the target is that on the loss + |w - w_target|^2 / (2 c)", () => {
  const forms = [step(sgd(), loss, nearTarget(w, target, 0, 0.1 / 0.8)), step(sgd(), proximal, w)];
  fc.assert(fc.property(vectors, vectors, (here, there) => {
    const [near, penalized] = evaluate(forms, { w: here, target: there });
    near!.forEach((x, i) => expect(Math.abs(x - penalized![i]!)).toBeLessThan(4.5e-16));
  }));
});

test("M37: with Adam the two forms differ", () => {
  const forms = [step(adam(), loss, nearTarget(w, target, 0, 0.1 / 0.8)), step(adam(), proximal, w)];
  const [near, penalized] = evaluate(forms, { w: [1, -1, 0.5, 2, 0.3], target: [0, 0, 0, 0, 0] });
  expect(Math.abs(near![3]! - penalized![3]!)).toBeGreaterThan(0.02);
});

/** The critics' parameters after one compiled step; Q = 2 s - a + 0.5 and, where there is one, V = s + 1. */
async function stepped(given: PartialHyperparameters, targetParameters: number[]): Promise<number[]> {
  const hyperparameters = mergeHyperparameters({
    networks: { hidden: [] }, normalizeObservations: false, maxGradientNorm: 0, critics: 1, temperature: 0,
    targetNoise: 0, ...given,
  });
  const agent = createAgent(agentSpec({ kind: "box", shape: [1], low: -9, high: 9 },
    { kind: "box", shape: [1], low: -1, high: 1 }, hyperparameters, "deterministic"));
  const program = replayStepProgram({
    agent, critics: createCritics(agent, hyperparameters), objective: deterministicPolicyGradient, hyperparameters,
    tsallisIndex: 1, policyRegularizer: 0, densityFloor: 0, optimizer: adam({ epsilon: 1e-8 }), batchSize: 1,
    columns: { maskSize: 0 }, slots: undefined,
  }, { policy: false, targets: false });
  const device = await createWasmDevice();
  const loaded = await device.load(program, {});
  const values: Record<string, number[]> = {
    criticParameters: [2, -1, 0.5, ...hyperparameters.valueNetwork ? [1, 1] : []], targetParameters,
    targetPolicyParameters: [0.1, 0], policyParameters: [0.1, 0], schedule: [0, 0.01, 0, 0],
    batchObservations: [2], batchAction: [0.5], batchNextObservations: [3], returns: [1], continuations: [0.9],
  };
  for (const [name, numbers] of Object.entries(values)) {
    if (program.inputs.has(name)) device.write(loaded.buffer(name), Float32Array.from(numbers));
  }
  loaded.run();
  const result = [...loaded.buffer("criticParameters").view()];
  device.dispose();
  return result;
}

describe("M37: a compiled step of proximal critics", () => {
  test("goes from (1 - mu) w + mu w_target along Adam's step for the gradient at w", async () => {
    // Q - y = 4 - (1 + 0.9 (3 + 2 tanh 0.3)) < 0.3: the gradient's signs are those of (s, a, 1), Adam's first step is
    // the rate against them.
    const error = 4 - (1 + 0.9 * (3 + 2 * Math.tanh(0.3)));
    const change = -0.01 * Math.sign(error);
    const [mu, there] = [0.125, [1, 2, 0]];
    const after = await stepped({ proximalShare: mu }, there);
    [2, -1, 0.5].forEach((here, i) => expect(after[i]).toBeCloseTo((1 - mu) * here + mu * there[i]! + change, 6));
  });

  test("pulls what has a slower copy: V alone where there is a V network", async () => {
    const plain = await stepped({ valueNetwork: true }, [3, -1]);
    const near = await stepped({ valueNetwork: true, proximalShare: 0.5 }, [3, -1]);
    expect(near.slice(0, 3)).toEqual(plain.slice(0, 3));
    expect(near[3]! - plain[3]!).toBeCloseTo(1, 6);
    expect(near[4]! - plain[4]!).toBeCloseTo(-1, 6);
  });
});

test("M37: mu = 0 leaves the bits of a run as they are, another share does not", async () => {
  const hashOf = async (hyperparameters: PartialHyperparameters): Promise<string> => {
    const trainer = await createTrainer("Pendulum-v1", {
      algorithm: "sac", seed: 2, envs: 2, steps: 64, device: "wasm",
      hyperparameters: { horizon: 16, warmupSteps: 16, batchSize: 8, networks: { hidden: [8] }, ...hyperparameters },
    });
    for (let i = 0; i < 2; i++) await trainer.update();
    const hash = trainer.stateHash();
    trainer.dispose();
    return hash;
  };
  const plain = await hashOf({});
  expect(await hashOf({ proximalShare: 0 })).toBe(plain);
  expect(await hashOf({ proximalShare: 0.1 })).not.toBe(plain);
});
