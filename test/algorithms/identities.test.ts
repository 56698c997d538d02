import { describe, expect, it } from "vitest";
import { categorical } from "../../src/distributions/categorical.ts";
import { gaussian } from "../../src/distributions/gaussian.ts";
import type { Space } from "../../src/envs/spaces.ts";
import { euclidean } from "../../src/maps/euclidean.ts";
import { kl, reverseKl } from "../../src/maps/kl.ts";
import type { MirrorMap } from "../../src/maps/mirror-map.ts";
import { tsallis } from "../../src/maps/tsallis.ts";
import { discoveredPolicyOptimization } from "../../src/objectives/discovered-policy-optimization.ts";
import { earlyStopping } from "../../src/objectives/early-stopping.ts";
import { klPpo } from "../../src/objectives/kl-ppo.ts";
import { logRatioRegression } from "../../src/objectives/log-ratio-regression.ts";
import { magneticMirrorDescent } from "../../src/objectives/magnetic-mirror-descent.ts";
import { mdpo } from "../../src/objectives/mdpo.ts";
import { movingAnchor } from "../../src/objectives/moving-anchor.ts";
import type { Objective } from "../../src/objectives/objective.ts";
import { policyGradient } from "../../src/objectives/policy-gradient.ts";
import { ppoDualClip } from "../../src/objectives/ppo-dual-clip.ts";
import { ppoEwma } from "../../src/objectives/ppo-ewma.ts";
import { ppo } from "../../src/objectives/ppo.ts";
import { preconditioned } from "../../src/objectives/preconditioned.ts";
import { quantitiesOf } from "../../src/objectives/quantities.ts";
import { espoSampleDropout, ppoSampleDropout } from "../../src/objectives/sample-dropout.ts";
import { softmaxMdpo } from "../../src/objectives/softmax-mdpo.ts";
import { spo } from "../../src/objectives/spo.ts";
import { surrogateAdvantage } from "../../src/objectives/surrogate-advantage.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { compile } from "../../src/program/compile.ts";
import { actor } from "../../src/solvers/gradient-steps.ts";
import { batchInputs } from "../../src/solvers/batch.ts";
import { reverseKlStep } from "../../src/maps/geometry/mirror-step.ts";
import { euclideanStep, klStep, tsallisStep } from "../support/steps.ts";
import * as t from "../../src/tensor/index.ts";
import { deviation } from "../support/differentiable.ts";
import { evaluate } from "../support/interpreter.ts";
import { run } from "../support/run.ts";
import { smallProblem } from "../support/small-agent.ts";

// One state with three actions, all of them in the batch, each weighed by its probability: the kit's own objectives
// become exact expectations.

const oldLogits = [0.3, -0.2, 0.1];
const stepSize = 0.5;
const old = softmax(oldLogits);
const advantage = centre([1, -0.5, -0.25]);

function softmax(logits: readonly number[]): number[] {
  const weights = logits.map(Math.exp);
  const total = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / total);
}

function centre(values: readonly number[]): number[] {
  const mean = old.reduce((sum, p, a) => sum + p * values[a]!, 0);
  return values.map((value) => value - mean);
}

const logits = t.input("logits", [3]);
const inputs = {
  oldLogProbs: old.map(Math.log), action: [0, 1, 2],
  weighted: old.map((p, a) => 3 * p * advantage[a]!),
};

/** The objective of the whole state. */
function exactObjective(objective: Pick<Objective, "surrogate">, map: MirrorMap, sharpness = 4): t.Tensor {
  const rows = (x: t.Tensor): t.Tensor => t.add(t.full([3, 3], 0), t.reshape(x, [1, 3]));
  const oldPolicy = categorical(rows(t.input("oldLogProbs", [3])));
  const action = t.input("action", [3, 1], "i32");
  return objective.surrogate(quantitiesOf({
    policy: categorical(t.logSoftmax(rows(logits))), oldPolicy, action, oldLogProb: oldPolicy.logProb(action),
    advantage: t.input("weighted", [3]), map, scheduled: (name) => t.scalar(name === "stepSize" ? stepSize : 0.2),
    anchor: () => oldPolicy, parameter: (name) => (name === "preconditionerSharpness" ? sharpness : 3),
  }));
}

function gradientAt(objective: Objective, map: MirrorMap, at: ArrayLike<number>, scale = 1): Float64Array {
  const weighted = inputs.weighted.map((x) => scale * x);
  return evaluate(t.grad(exactObjective(objective, map), [logits]), { ...inputs, weighted, logits: at })[0]!;
}

const klBetween = (p: ArrayLike<number>, q: ArrayLike<number>): number =>
  Array.from(p).reduce((sum, x, a) => sum + x * Math.log(x / q[a]!), 0);

const exact = klStep(old, advantage, stepSize);

describe("inner gradient steps approach the exact step (spec 6.2)", () => {
  const recorded: [number, number, number][] = [
    [1, 2.39e-2, 1e-2], [5, 7.8e-4, 1e-2], [10, 3.8e-5, 1e-2], [20, 4.4e-7, 0.3],
  ];

  it("the exact step is where it was recorded", () => {
    [0.57979761, 0.1661148, 0.2540876].forEach((p, a) => expect(exact[a]).toBeCloseTo(p, 7));
  });

  it("in float64", () => {
    const gradient = t.grad(exactObjective(mdpo, kl), [logits])[0]!;
    let at: number[] = [...oldLogits];
    const distances = new Map<number, number>();
    for (let m = 1; m <= 50; m++) {
      const [slope] = evaluate([gradient], { ...inputs, logits: at });
      at = at.map((x, a) => x + 0.5 * slope![a]!);
      distances.set(m, klBetween(softmax(at), exact));
    }
    for (const [m, distance, tolerance] of recorded) {
      expect(Math.abs(distances.get(m)! / distance - 1)).toBeLessThan(tolerance);
    }
    expect(distances.get(50)).toBeLessThan(1e-11);
  });

  it("in a compiled program on wasm", async () => {
    const device = await createWasmDevice();
    const gradient = t.grad(exactObjective(mdpo, kl), [logits])[0]!;
    const loaded = await device.load(compile({ updates: [[logits, t.add(logits, t.mul(0.5, gradient))]] }));
    const put = (name: string, data: Float32Array | Int32Array): void => device.write(loaded.buffer(name), data);
    put("logits", Float32Array.from(oldLogits));
    put("oldLogProbs", Float32Array.from(inputs.oldLogProbs));
    put("weighted", Float32Array.from(inputs.weighted));
    put("action", Int32Array.from(inputs.action));
    let done = 0;
    for (const [m, distance, tolerance] of recorded.slice(0, 3)) {
      loaded.run(m - done);
      done = m;
      const policy = softmax(Array.from(loaded.buffer("logits").view()));
      expect(Math.abs(klBetween(policy, exact) / distance - 1)).toBeLessThan(tolerance + 0.02);
    }
    loaded.run(200);
    softmax(Array.from(loaded.buffer("logits").view())).forEach((p, a) =>
      expect(Math.abs(p - exact[a]!)).toBeLessThan(2e-6));
  });
});

describe("the objective is stationary at the exact step", () => {
  // The Euclidean step on the full advantage ends in a corner of the simplex: it gets a part of it.
  it.each<[string, MirrorMap, Float64Array, number?]>([
    ["KL: multiplicative weights", kl, exact],
    ["Tsallis 1.5", tsallis(1.5), tsallisStep(old, advantage, stepSize, 1.5)],
    ["Tsallis 1.2", tsallis(1.2), tsallisStep(old, advantage, stepSize, 1.2)],
    ["Tsallis 2", tsallis(2), tsallisStep(old, advantage, stepSize, 2)],
    ["Euclidean", euclidean, euclideanStep(old, advantage.map((x) => 0.4 * x), stepSize), 0.4],
    ["the other direction, as a penalty", reverseKl, reverseKlStep(old, advantage, stepSize)],
  ])("%s", (_, map, solution, scale) => {
    expect(Math.min(...solution)).toBeGreaterThan(0);
    const atSolution = gradientAt(mdpo, map, Array.from(solution, Math.log), scale);
    for (const slope of atSolution) expect(Math.abs(slope)).toBeLessThan(1e-12);
    expect(Math.max(...gradientAt(mdpo, map, oldLogits).map(Math.abs))).toBeGreaterThan(0.1);
  });

  it("Gaussian bandit: Q = -(a - a*)^2 / 2 moves the mean and the precision (spec 6.5)", () => {
    // E Q under N(mu, sigma^2) in closed form; the divergence is the kit's.
    const [mean, variance, target] = [0.4, 0.49, 1.1];
    const parameters = t.input("parameters", [1, 2]);
    const policy = gaussian(parameters);
    const expectedQ = t.mul(-0.5, t.add(t.square(t.sub(policy.mean, target)), t.exp(t.mul(2, policy.logStd))));
    const divergence = t.div(kl.divergence(policy, gaussian(t.input("old", [1, 2])), {} as never), stepSize);
    const objective = t.sub(t.sum(expectedQ), t.sum(divergence));
    const precision = 1 / variance + stepSize;
    const solution = [(mean / variance + stepSize * target) / precision, 0.5 * Math.log(1 / precision)];
    const values = { old: [mean, 0.5 * Math.log(variance)], parameters: solution };
    const slopes = evaluate(t.grad(objective, [parameters]), values)[0]!;
    for (const slope of slopes) expect(Math.abs(slope)).toBeLessThan(1e-12);
  });
});

describe("at the old policy all surrogates have one gradient", () => {
  const objectives = [policyGradient, mdpo, ppo, surrogateAdvantage];

  it.each(objectives)("$id on the recorded state (spec 6.2)", (objective) => {
    [0.32867131, -0.17578394, -0.15288737].forEach((slope, a) =>
      expect(gradientAt(objective, kl, oldLogits)[a]).toBeCloseTo(slope, 7));
  });

  /** Identity 31 of the catalogue, beyond those above: the whole on-policy column. */
  const column = [
    klPpo, earlyStopping, preconditioned, logRatioRegression, magneticMirrorDescent, movingAnchor, ppoEwma, ppoDualClip,
    ppoSampleDropout, espoSampleDropout, spo, discoveredPolicyOptimization,
  ];
  const golden = [0.32867131, -0.17578394, -0.15288737];
  const slopesOf = (surrogate: t.Tensor, weighted = inputs.weighted): Float64Array =>
    evaluate([t.grad(surrogate, [logits])[0]!], { ...inputs, weighted, logits: oldLogits })[0]!;
  const first = gradientAt(policyGradient, kl, oldLogits);
  const expectFirst = (slopes: Float64Array): void => slopes.forEach((slope, a) => {
    expect(Math.abs(slope - golden[a]!)).toBeLessThan(5e-9);
    expect(Math.abs(slope - first[a]!)).toBeLessThan(1e-15);
  });

  it.each(column)("$id has it, too (identity 31)", (objective) => expectFirst(gradientAt(objective, kl, oldLogits)));

  it("P3O has it for every sharpness (identity 31)", () => {
    for (const tau of [2, 4]) expectFirst(slopesOf(exactObjective(preconditioned, kl, tau)));
  });

  it("sMDPO and SPMA, which weigh each action's divergence, have it (identity 31)", () => {
    // sMDPO's surrogate weighs A + 1/t; here that is what gets the probability of the action.
    const signal = old.map((p, a) => 3 * p * (advantage[a]! + 1 / stepSize) - 1 / stepSize);
    expectFirst(slopesOf(exactObjective(softmaxMdpo, kl), signal));
    // SPMA, maximized: E_old[ r A - (r - 1 - log r) / eta ].
    const spma = exactObjective({
      surrogate: ({ ratio, logProb, oldLogProb, advantage: weighted, stepSize: eta }) => {
        const bregman = t.sub(t.sub(ratio, 1), t.sub(logProb, oldLogProb));
        return t.sub(t.mean(t.mul(ratio, weighted)), t.div(t.sum(t.mul(t.exp(oldLogProb), bregman)), eta));
      },
    }, kl);
    expectFirst(slopesOf(spma));
  });

  it("for KL-penalized surrogates in both directions, and for every Tsallis index", () => {
    for (const map of [reverseKl, tsallis(1.4), tsallis(2), euclidean]) {
      gradientAt(mdpo, map, oldLogits).forEach((slope, a) =>
        expect(slope).toBeCloseTo([0.32867131, -0.17578394, -0.15288737][a]!, 7));
    }
  });

  it.each<[string, Space]>([
    ["categorical", { kind: "discrete", n: 3 }],
    ["Gaussian", { kind: "box", shape: [2], low: -1, high: 1 }],
    ["multi-categorical", { kind: "multi-binary", n: 2 }],
  ])("through the kit's networks and batch, %s, standardized advantages, in float64 and on wasm",
    async (_, actionSpace) => {
    const gradients = await Promise.all(objectives.map(async (objective) => {
      const { agent, request, values } = smallProblem(actionSpace, objective,
        { hyperparameters: { standardizeAdvantages: true } });
      const flat = t.input("policyParameters", [agent.policyParameterCount]);
      const batch = batchInputs(agent, request.size, request.columns, undefined, "policy");
      const given = actionSpace.kind === "multi-binary"
        ? { ...values, action: values.action!.map((x) => (x > 0 ? 1 : 0)) } : values;
      // The old log-probability belongs to the action that the batch holds.
      const quantities = actor({ ...request }, flat, batch, t.input("schedule", [6]));
      const gradient = t.grad(quantities.objective, [flat])[0]!;
      const oldLogProb = evaluate([agent.policy(flat, batch.observations).logProb(batch.action)], given)[0]!;
      const all = { ...given, oldLogProb };
      return { exact: evaluate([gradient], all)[0]!, onWasm: (await run([gradient], all))[0]! };
    }));
    const [first] = gradients;
    expect(Math.max(...first!.exact.map(Math.abs))).toBeGreaterThan(1e-3);
    for (const { exact: gradient, onWasm } of gradients) {
      expect(deviation(gradient, first!.exact).norm).toBeLessThan(1e-13);
      expect(deviation(onWasm, first!.exact).norm).toBeLessThan(1e-5);
    }
  });
});
