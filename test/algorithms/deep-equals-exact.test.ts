import { describe, expect, it } from "vitest";
import { agentSpec, createAgent } from "../../src/agent/agent.ts";
import { createCritics } from "../../src/agent/critics.ts";
import { mergeHyperparameters } from "../../src/agent/hyperparameters.ts";
import { magneticMirrorDescent as magnetic } from "../../src/algorithms/mdpo-relatives.ts";
import { frozen, oldPolicy, type Anchor } from "../../src/anchors/anchor.ts";
import type { DeviceBuffer } from "../../src/devices/device.ts";
import { createWasmDevice, type LoadedWasmProgram } from "../../src/devices/wasm/wasm-device.ts";
import type { Geometry } from "../../src/maps/geometry/geometry.ts";
import { hyperbolicEntropy } from "../../src/maps/geometry/hyperbolic-entropy.ts";
import { logSumExp } from "../../src/maps/geometry/log-sum-exp.ts";
import { negativeEntropy } from "../../src/maps/geometry/negative-entropy.ts";
import { tsallisEntropy } from "../../src/maps/geometry/tsallis-entropy.ts";
import { kl } from "../../src/maps/kl.ts";
import { sgd } from "../../src/nn/optimizers.ts";
import { approximateMirrorPolicyOptimization } from "../../src/objectives/approximate-mirror-policy-optimization.ts";
import { clippedMaximumAPosteriori } from "../../src/objectives/clipped-maximum-a-posteriori.ts";
import { dualApproximation } from "../../src/objectives/dual-approximation.ts";
import { magneticMirrorDescent } from "../../src/objectives/magnetic-mirror-descent.ts";
import { mdpo } from "../../src/objectives/mdpo.ts";
import type { Objective } from "../../src/objectives/objective.ts";
import type { ReplayObjective, ReplayQuantities } from "../../src/objectives/replay-objective.ts";
import { softmaxMdpo } from "../../src/objectives/softmax-mdpo.ts";
import { surrogateAdvantage } from "../../src/objectives/surrogate-advantage.ts";
import { compile } from "../../src/program/compile.ts";
import type { Program } from "../../src/program/program.ts";
import { anchorProgram, optimize, policyStepProgram, type StepRequest } from "../../src/solvers/gradient-steps.ts";
import { naturalGradientPrograms } from "../../src/solvers/natural-gradient.ts";
import { policyLoss } from "../../src/solvers/replay-losses.ts";
import { frozenAnchor, movingAnchor } from "../../src/tabular/anchors.ts";
import { advantagesOf, qValues, valuesOf } from "../../src/tabular/evaluate-policy.ts";
import { randomMdp, uniformPolicy } from "../../src/tabular/mdp.ts";
import { logitSolver, PolicyMirrorDescent, type ExactChoices } from "../../src/tabular/policy-mirror-descent.ts";
import { clippedMaximumAPosteriori as exactClipped } from "../../src/tabular/methods/clipped-maximum-a-posteriori.ts";
import * as t from "../../src/tensor/index.ts";

// The kit's objectives, programs and optimizers with tabular networks (one-hot states, linear logits), exact signals
// and expectations over all pairs follow the exact engine: ten outer steps, every policy entry to 1e-4.

const mdp = randomMdp({ states: 3, actions: 3, discount: 0.8, seed: 4 });
const { states, actions } = mdp;
const pairs = states * actions;
const outerSteps = 10;
const stepSize = 0.5;

const hyperparameters = mergeHyperparameters({
  normalizeObservations: false, standardizeAdvantages: false, maxGradientNorm: 0, networks: { hidden: [] },
  damping: 0, naturalStepSize: stepSize, anchorWeight: 0.4, anchorShare: 0.2, critics: 1, temperature: 0,
});
const agent = createAgent(
  agentSpec({ kind: "discrete", n: states }, { kind: "discrete", n: actions }, hyperparameters));
const oneHot = (rows: readonly number[]): number[] =>
  rows.flatMap((state) => Array.from({ length: states }, (_, s) => (s === state ? 1 : 0)));
const stateOf = (pair: number): number => Math.floor(pair / actions);
const everyPair = Array.from({ length: pairs }, (_, pair) => pair);
const everyState = Array.from({ length: states }, (_, state) => state);

/** Weights [S, A] and biases [A] as the network's outputs [S, A], by `link` a policy. */
function policyOf(parameters: ArrayLike<number>, link: Geometry = negativeEntropy): Float64Array {
  const policy = new Float64Array(pairs);
  for (const state of everyState) {
    const outputs = Float64Array.from({ length: actions }, (_, a) =>
      parameters[state * actions + a]! + parameters[pairs + a]!);
    policy.set(link.project(outputs), state * actions);
  }
  return policy;
}

/** Programs on one device; what has one name is one buffer. */
async function loadAll<Name extends string>(programs: { readonly [K in Name]: Program | undefined }) {
  const device = await createWasmDevice();
  const shared: Record<string, DeviceBuffer> = {};
  const loaded = {} as Record<Name, LoadedWasmProgram>;
  for (const [name, program] of Object.entries<Program | undefined>(programs)) {
    if (!program) continue;
    const each = loaded[name as Name] = await device.load(program, shared);
    for (const input of program.inputs.keys()) shared[input] ??= each.buffer(input);
  }
  const write = (values: Readonly<Record<string, ArrayLike<number>>>): void => {
    for (const [name, numbers] of Object.entries(values)) {
      const buffer = shared[name];
      if (buffer) device.write(buffer, buffer.dtype === "f32" ? Float32Array.from(numbers) : Int32Array.from(numbers));
    }
  };
  const parameters = () => (shared.policyParameters as ReturnType<LoadedWasmProgram["buffer"]>).view();
  return { loaded, write, parameters, dispose: () => device.dispose() };
}

function expectSame(deep: Float64Array, exact: PolicyMirrorDescent, step: number): void {
  deep.forEach((p, i) => expect(Math.abs(p - exact.policy[i]!), `step ${step}, pair ${i}`).toBeLessThan(1e-4));
}

function expectMoved({ policy }: PolicyMirrorDescent): void {
  expect(Math.max(...policy.map((p) => Math.abs(p - 1 / actions)))).toBeGreaterThan(0.2);
}

/** A batch of every pair; `signal` gives a row's advantage such that the mean over rows is the old policy's. */
function rolloutValues(policy: Float64Array, signal: (advantage: number, weight: number) => number) {
  const advantages = advantagesOf(mdp, policy, qValues(mdp, valuesOf(mdp, policy)));
  return {
    normalizedObservations: oneHot(everyPair.map(stateOf)), action: everyPair.map((pair) => pair % actions),
    oldParameters: everyPair.flatMap((pair) =>
      [...policy.subarray(stateOf(pair) * actions, (stateOf(pair) + 1) * actions)].map(Math.log)),
    oldLogProb: policy.map(Math.log),
    advantages: advantages.map((advantage, pair) => signal(advantage, actions * policy[pair]!)),
  };
}

const requestOf = (objective: Objective, anchors: readonly Anchor[] = [oldPolicy]): StepRequest => ({
  agent, objective, map: kl, anchors, hyperparameters, columns: { maskSize: 0 }, size: pairs, minibatches: undefined,
  optimizer: sgd(), advantageEpsilon: 1e-8,
});
const weighted = (advantage: number, weight: number): number => weight * advantage;

describe("deep steps from rollouts follow the exact engine", () => {
  const { anchorShare, anchorWeight } = hyperparameters;
  it.each<[string, Objective, typeof weighted, () => ExactChoices, anchors?: readonly Anchor[]]>([
    ["MDPO", mdpo, weighted, () => ({ geometry: negativeEntropy, stepSize })],
    ["magnetic mirror descent", magneticMirrorDescent, weighted, () => ({
      geometry: negativeEntropy, stepSize,
      anchors: [movingAnchor(uniformPolicy(mdp), actions, anchorShare, anchorWeight)],
    }), magnetic.choices.anchors],
    ["magnetic mirror descent, the magnet frozen", magneticMirrorDescent, weighted, () => ({
      geometry: negativeEntropy, stepSize, anchors: [frozenAnchor(uniformPolicy(mdp), anchorWeight)],
    }), [oldPolicy, frozen("magnet")]],
    // The surrogate weighs A + 1/t.
    ["sMDPO", softmaxMdpo, (advantage, weight) => weight * (advantage + 1 / stepSize) - 1 / stepSize,
      () => ({ geometry: logSumExp, solver: logitSolver, stepSize })],
  ])("%s", async (_, objective, signal, choices, anchors) => {
    const request = requestOf(objective, anchors);
    const { loaded, write, parameters, dispose } = await loadAll({
      step: policyStepProgram(request, false), anchors: anchorProgram(request),
    });
    const exact = new PolicyMirrorDescent(mdp, choices());
    for (let k = 1; k <= outerSteps; k++) {
      write({ ...rolloutValues(policyOf(parameters()), signal), schedule: [1, 0, stepSize, 0, 0, 0] });
      loaded.step.run(1500);
      loaded.anchors?.run();
      exact.step();
      expectSame(policyOf(parameters()), exact, k);
    }
    expectMoved(exact);
    dispose();
  });

  // From the uniform policy, of which the rows are a fair sample; its advantages have mean 0.
  it("M38: a step of clipped maximum a posteriori, the same one for rewards a thousand times as large", async () => {
    const standardized = mergeHyperparameters(hyperparameters, { standardizeAdvantages: true });
    const request = { ...requestOf(clippedMaximumAPosteriori), hyperparameters: standardized };
    const { loaded, write, parameters, dispose } = await loadAll({ step: policyStepProgram(request, false) });
    const first = parameters().slice();
    const stepped = (scale: number): Float64Array => {
      parameters().set(first);
      write({
        ...rolloutValues(uniformPolicy(mdp), (advantage) => scale * advantage), schedule: [1, 0, 0, 0, 0, 0],
        policyParameters: new Array<number>(first.length).fill(0),
      });
      loaded.step.run(1500);
      return policyOf(parameters());
    };
    const exact = new PolicyMirrorDescent(mdp, exactClipped.choices(mdp, { bound: 1 }));
    exact.step();
    const deep = stepped(1);
    expectSame(deep, exact, 1);
    expect(Math.max(...deep.map((p) => Math.abs(p - 1 / actions)))).toBeGreaterThan(0.1);
    stepped(1000).forEach((p, i) => expect(Math.abs(p - deep[i]!)).toBeLessThan(1e-5));
    dispose();
  });

  it("natural policy gradient", async () => {
    const { gradient, conjugate, scale } = naturalGradientPrograms(requestOf(surrogateAdvantage), "fixed");
    const { loaded, write, parameters, dispose } = await loadAll({ gradient, conjugate, scale });
    const exact = new PolicyMirrorDescent(mdp, { geometry: negativeEntropy, stepSize });
    for (let k = 1; k <= outerSteps; k++) {
      write(rolloutValues(policyOf(parameters()), weighted));
      loaded.gradient.run();
      loaded.conjugate.run(20);
      loaded.scale.run();
      exact.step();
      expectSame(policyOf(parameters()), exact, k);
    }
    expectMoved(exact);
    dispose();
  });
});

/** Descends `loss` of the policy's parameters. */
const descent = (loss: t.Tensor, policy: t.Tensor): Program => compile({
  updates: optimize(sgd(), "policy", policy, t.grad(loss, [policy])[0]!, t.input("learningRate", [1]), undefined),
});

describe("deep steps from replay follow the exact engine", () => {
  it.each<[ReplayObjective, number]>([[approximateMirrorPolicyOptimization, 0.25], [dualApproximation, 1]])(
    "$id: the critic's network holds Q", async (objective, learningRate) => {
      const critics = createCritics(agent, hyperparameters);
      const flat = (name: string, size = agent.policyParameterCount) => t.input(name, [size]);
      const policy = flat("policyParameters");
      const observations = t.input("observations", [states, states]);
      const [none, random] = [t.full([states], 0), t.input("random", [4], "i32")];
      const keptAction = t.input("action", [states, 1], "i32");
      const { loss } = policyLoss(
        { agent, critics, objective, hyperparameters, tsallisIndex: 1, policyRegularizer: 0, densityFloor: 0 },
        {
          policy, oldPolicy: flat("oldPolicy"), targetPolicy: policy, proposal: policy, target: policy,
          critic: flat("critic", critics.parameterCount), temperature: t.scalar(0),
          inverseStepSize: t.scalar(1 / stepSize), random,
          batch: {
            observations, nextObservations: observations, action: keptAction, keptAction, returns: none,
            continuations: none, inputs: {}, nextInputs: {},
          },
        });
      const { loaded, write, parameters, dispose } = await loadAll({ step: descent(loss, policy) });
      const exact = new PolicyMirrorDescent(mdp, { geometry: negativeEntropy, stepSize });
      write({ observations: oneHot(everyState), learningRate: [learningRate] });
      for (let k = 1; k <= outerSteps; k++) {
        const q = qValues(mdp, valuesOf(mdp, policyOf(parameters())));
        write({ oldPolicy: parameters().slice(), critic: [...q, ...Array(actions).fill(0)] });
        loaded.step.run(1500);
        exact.step();
        expectSame(policyOf(parameters()), exact, k);
      }
      expectMoved(exact);
      dispose();
    });

  it.each([hyperbolicEntropy(0.1), tsallisEntropy(1.5)])(
    "ampo under $id: the network's outputs, projected", async (geometry) => {
      const policy = t.input("policyParameters", [agent.policyParameterCount]);
      const dual = agent.headInputs(policy, t.input("observations", [states, states])).output;
      const surrogate = approximateMirrorPolicyOptimization.surrogate({
        dual, q: t.input("q", [states, actions]), oldLogProb: t.input("oldGradient", [states, actions]),
        inverseStepSize: t.scalar(1 / stepSize), temperature: t.scalar(0), tsallisIndex: 1,
        evenAverage: (x) => t.mean(x),
      } as Partial<ReplayQuantities> as ReplayQuantities);
      const { loaded, write, parameters, dispose } = await loadAll({ step: descent(t.neg(surrogate), policy) });
      const exact = new PolicyMirrorDescent(mdp, { geometry, stepSize });
      write({ observations: oneHot(everyState), learningRate: [0.25] });
      for (let k = 1; k <= outerSteps; k++) {
        const old = k === 1 ? uniformPolicy(mdp) : policyOf(parameters(), geometry);
        write({
          q: qValues(mdp, valuesOf(mdp, old)),
          oldGradient: everyState.flatMap((s) => [...geometry.gradient(old.subarray(s * actions, (s + 1) * actions))]),
        });
        loaded.step.run(500);
        exact.step();
        expectSame(policyOf(parameters(), geometry), exact, k);
      }
      expectMoved(exact);
      dispose();
    });
});
