import { describe, expect, test } from "vitest";
import { agentSpec, createAgent, type Agent } from "../../src/agent/agent.ts";
import { createCritics } from "../../src/agent/critics.ts";
import { mergeHyperparameters, type PartialHyperparameters } from "../../src/agent/hyperparameters.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import type { Space } from "../../src/envs/spaces.ts";
import { adam } from "../../src/nn/optimizers.ts";
import { approximateMirrorPolicyOptimization } from "../../src/objectives/approximate-mirror-policy-optimization.ts";
import { deterministicPolicyGradient } from "../../src/objectives/deterministic-policy-gradient.ts";
import { dualApproximation } from "../../src/objectives/dual-approximation.ts";
import { mdpoOffPolicy } from "../../src/objectives/mdpo-off-policy.ts";
import type { ReplayObjective } from "../../src/objectives/replay-objective.ts";
import { sac } from "../../src/objectives/sac.ts";
import { compile } from "../../src/program/compile.ts";
import {
  criticLoss, policyLoss, type ReplayLossRequest, type ReplayVariables,
} from "../../src/solvers/replay-losses.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";

const oneNumber: Space = { kind: "box", shape: [1], low: -Infinity, high: Infinity };
const box: Space = { kind: "box", shape: [1], low: -1, high: 1 };
const linear = { networks: { hidden: [] }, normalizeObservations: false } as const;

interface Problem {
  readonly agent: Agent;
  readonly request: ReplayLossRequest;
  readonly variables: ReplayVariables;
}

/** Losses of linear networks on `rows` transitions; everything is an input of its own name. */
function problem(
  actionSpace: Space, objective: ReplayObjective, hyperparameters: PartialHyperparameters, rows: number,
  more: Partial<ReplayLossRequest> = {},
): Problem {
  const deterministic = objective === deterministicPolicyGradient;
  const merged = mergeHyperparameters({ squash: true, stateDependentStd: true, ...linear, ...hyperparameters });
  const agent = createAgent(agentSpec(oneNumber, actionSpace, merged, deterministic ? "deterministic" : "stochastic"));
  const critics = createCritics(agent, merged);
  const policy = (name: string): t.Tensor => t.input(name, [agent.policyParameterCount]);
  return {
    agent,
    request: {
      agent, critics, objective, hyperparameters: merged, tsallisIndex: merged.tsallisIndex, policyRegularizer: 0,
      densityFloor: 0, ...more,
    },
    variables: {
      policy: policy("policy"), oldPolicy: policy("oldPolicy"), targetPolicy: policy("targetPolicy"),
      proposal: policy("proposal"),
      critic: t.input("critic", [critics.parameterCount]), target: t.input("target", [critics.target.count]),
      temperature: t.input("temperature", []), inverseStepSize: t.input("inverseStepSize", []),
      random: t.input("random", [4], "i32"),
      batch: {
        observations: t.input("observations", [rows, 1]), nextObservations: t.input("nextObservations", [rows, 1]),
        action: t.input("action", [rows, 1], agent.head.actionType),
        keptAction: t.input("keptAction", [rows, 1], agent.head.actionType), returns: t.input("returns", [rows]),
        continuations: t.input("continuations", [rows]), inputs: {}, nextInputs: {},
      },
    },
  };
}

const numbers = (...values: number[]): Float64Array => Float64Array.from(values);

describe("the critics' loss, by hand with linear networks", () => {
  const transition = {
    observations: numbers(2), action: numbers(0.5), returns: numbers(1), continuations: numbers(0.9),
    nextObservations: numbers(3), random: numbers(1, 2, 3, 4), temperature: numbers(0.2),
  };

  test("DDPG: (Q - (r + discount Q'(s', tanh(mu'(s')))))^2 / 2", () => {
    const { request, variables } = problem(box, deterministicPolicyGradient,
      { critics: 1, targetNoise: 0, temperature: 0 }, 1);
    // Q = 2 s - a + 0.5, Q' = s + 2 a, mu' = 0.1 s.
    const { loss, q } = criticLoss(request, variables);
    const [value, mean] = evaluate([loss, q], {
      ...transition, critic: numbers(2, -1, 0.5), target: numbers(1, 2, 0), targetPolicy: numbers(0.1, 0),
    });
    const target = 1 + 0.9 * (3 + 2 * Math.tanh(0.3));
    expect(mean![0]).toBeCloseTo(4, 9);
    expect(value![0]).toBeCloseTo((4 - target) ** 2 / 2, 6);
  });

  test("TD3 with equal twins, and no noise, has DDPG's target; twins take the lesser value", () => {
    const twins = problem(box, deterministicPolicyGradient, { critics: 2, targetNoise: 0, temperature: 0 }, 1);
    const { loss } = criticLoss(twins.request, twins.variables);
    const values = { ...transition, critic: numbers(2, -1, 0.5, 2, -1, 0.5), targetPolicy: numbers(0.1, 0) };
    const target = 1 + 0.9 * (3 + 2 * Math.tanh(0.3));
    const [equal] = evaluate([loss], { ...values, target: numbers(1, 2, 0, 1, 2, 0) });
    expect(equal![0]).toBeCloseTo((4 - target) ** 2, 6);
    const [lesser] = evaluate([loss], { ...values, target: numbers(1, 2, 0, 0, 0, -1) });
    expect(lesser![0]).toBeCloseTo((4 - (1 - 0.9)) ** 2, 6);
  });

  test("TD3's smoothing never leaves the box, nor its own limit", () => {
    const smoothed = problem(box, deterministicPolicyGradient,
      { critics: 1, targetNoise: 50, targetNoiseClip: 0.3, temperature: 0 }, 1);
    const { loss } = criticLoss(smoothed.request, smoothed.variables);
    const action = Math.tanh(0.3);
    for (let draw = 0; draw < 20; draw++) {
      // Q = 0 and Q' = a: the loss is the square of 0.9 a' / 2.
      const [value] = evaluate([loss], {
        ...transition, random: numbers(1, 2, draw, 4), returns: numbers(0), critic: numbers(0, 0, 0),
        target: numbers(0, 1, 0), targetPolicy: numbers(0.1, 0),
      });
      const next = Math.sqrt(2 * value![0]!) / 0.9;
      expect([action - 0.3, action + 0.3].some((x) => Math.abs(next - Math.abs(x)) < 1e-6)).toBe(true);
    }
  });

  test("discrete actions: the target is sum p (min Q' - lambda log p), at the taken action's Q", () => {
    const choices: Space = { kind: "discrete", n: 2 };
    const { request, variables } = problem(choices, sac, { critics: 2, temperature: 0.2 }, 1);
    const { loss } = criticLoss(request, variables);
    // Logits at s' = 3: (log 3, 0): p = (3/4, 1/4). Q1' = (1, 2), Q2' = (3, 0). Taken: action 1.
    const [value] = evaluate([loss], {
      ...transition, action: numbers(1), policy: numbers(Math.log(3) / 3, 0, 0, 0),
      critic: numbers(1, 2, 0, 0, 1, 2, 0, 0), target: numbers(1 / 3, 2 / 3, 0, 0, 1, 0, 0, 0),
    });
    const [p, q] = [0.75, 0.25];
    const soft = p * (1 - 0.2 * Math.log(p)) + q * (0 - 0.2 * Math.log(q));
    expect(value![0]).toBeCloseTo((4 - (1 + 0.9 * soft)) ** 2, 5);
  });

  test("with a V network the target is its copy's value, and V learns min Q - lambda log p", () => {
    const choices: Space = { kind: "discrete", n: 2 };
    const { request, variables } = problem(choices, sac, { critics: 1, valueNetwork: true, temperature: 0.2 }, 1);
    const { loss } = criticLoss(request, variables);
    // Q = (s, 2 s), V = s + 1, V' = 0.5 s; the policy is even.
    const [value] = evaluate([loss], {
      ...transition, action: numbers(0), policy: numbers(0, 0, 0, 0),
      critic: numbers(1, 2, 0, 0, 1, 1), target: numbers(0.5, 0),
    });
    const soft = 0.5 * (2 + 4) + 0.2 * Math.log(2);
    expect(value![0]).toBeCloseTo((2 - (1 + 0.9 * 1.5)) ** 2 / 2 + (3 - soft) ** 2 / 2, 6);
  });
});

/** What the policy of three choices becomes under many steps of the off-policy objective, with the critic held. */
async function converged(tsallisIndex: number, temperature: number, stepSize: number, old: readonly number[]) {
  const actions: Space = { kind: "discrete", n: 3 };
  const { request, variables, agent } = problem(actions, mdpoOffPolicy,
    { critics: 1, tsallisIndex, temperature, valueNetwork: true }, 1);
  const { loss } = policyLoss(request, variables);
  const { policy } = variables;
  const optimizer = adam({});
  const names = Object.entries(optimizer.stateSizes(policy.size));
  const state = Object.fromEntries(names.map(([name, { size }]) => [name, t.input(name, [size])]));
  const rate = t.input("rate", [1]);
  const step = optimizer.step({ parameters: policy, gradient: t.grad(loss, [policy])[0]!, learningRate: rate, state });
  const device = await createWasmDevice();
  const program = await device.load(compile({
    outputs: { probabilities: t.exp(agent.policy(policy, variables.batch.observations).logProbs!) },
    updates: [[policy, step.parameters], ...names.map(([name]) => [state[name]!, step.state[name]!] as const)],
  }));
  const write = (name: string, values: readonly number[]): void => {
    if (program.program.inputs.has(name)) device.write(program.buffer(name), Float32Array.from(values));
  };
  // One state, observed as 0: the biases are logits and values.
  const logits = old.map((p) => Math.log(p));
  write("policy", [0, 0, 0, ...logits]);
  write("oldPolicy", [0, 0, 0, ...logits]);
  write("critic", [0, 0, 0, 1, 0, -1, 0, 0]);
  write("temperature", [temperature]);
  write("inverseStepSize", [1 / stepSize]);
  for (const learningRate of [0.05, 0.005, 5e-4, 5e-5]) {
    write("rate", [learningRate]);
    program.run(3000);
  }
  return Array.from(program.buffer("probabilities").view());
}

describe("the off-policy step of three choices with Q = (1, 0, -1), after many inner steps", () => {
  const uniform = [1 / 3, 1 / 3, 1 / 3];
  const uneven = [0.5, 0.3, 0.2];
  const softened = (old: readonly number[], temperature: number, stepSize: number): number[] => {
    const weights = old.map((p, i) => p ** (1 - temperature * stepSize) * Math.exp(stepSize * (1 - i)));
    const total = weights.reduce((sum, x) => sum + x, 0);
    return weights.map((x) => x / total);
  };

  test.each([
    ["hard, KL", 1, 0, 0.5, uneven, [0.6617826348, 0.2408348748, 0.0973824903]],
    ["soft, KL", 1, 0.2, 1, uneven, [0.763654716, 0.186691075, 0.0496542089]],
    ["soft, KL, pi_k^(1 - lambda t) exp(t Q)", 1, 0.5, 0.7, uneven, softened(uneven, 0.5, 0.7)],
    ["Tsallis, index 1.5", 1.5, 0, 1, uniform, [0.7098204218, 0.2592592593, 0.0309203189]],
    ["Tsallis, index 1.5, from an uneven policy", 1.5, 0, 0.5, uneven, [0.6894672497, 0.2543091666, 0.0562235836]],
    ["Tsallis, index 2", 2, 0, 0.5, uniform, [0.5833333333, 0.3333333333, 0.0833333333]],
  ] as const)("%s", async (_, index, temperature, stepSize, old, wanted) => {
    const probabilities = await converged(index, temperature, stepSize, old);
    probabilities.forEach((p, i) => expect(Math.abs(p - wanted[i]!)).toBeLessThan(1e-5));
  });

  test("with a step size of 1/lambda the old policy is forgotten: exp(Q / lambda)", async () => {
    const probabilities = await converged(1, 0.5, 2, uneven);
    softened(uniform, 0, 2).forEach((p, i) => expect(Math.abs(probabilities[i]! - p)).toBeLessThan(1e-5));
  });
});

describe("fits in the dual space", () => {
  const actions: Space = { kind: "discrete", n: 3 };
  const stepSize = 0.7;
  const values = {
    observations: numbers(0.5, -1), action: numbers(0, 1), inverseStepSize: numbers(1 / stepSize),
    critic: numbers(0.3, -1, 0.2, 1, 0.4, -0.5), oldPolicy: numbers(0.5, -0.2, 0.1, 0.4, 0, -0.3),
  };
  const traced = (objective: ReplayObjective, temperature: number, masks?: t.Tensor) => {
    const { request, variables, agent } = problem(actions, objective, { critics: 1, temperature }, 2);
    const inputs = masks ? { actionMask: masks } : {};
    const { objective: surrogate } = policyLoss(request, { ...variables, batch: { ...variables.batch, inputs } });
    const policy = agent.policy(variables.policy, variables.batch.observations, inputs);
    return { surrogate, probabilities: t.exp(policy.logProbs!), gradient: t.grad(surrogate, [variables.policy])[0]! };
  };
  const policies = [[0.5, -0.2, 0.1, 0.4, 0, -0.3], [2, -1, 0.3, -0.4, 1, 0.6]].map((each) => numbers(...each));

  test.each([0, 0.3, 1 / stepSize])("DAPO's gradient is that of off-policy MDPO to 1e-12 at temperature %d", (lambda) => {
    const [dual, mdpo] = [dualApproximation, mdpoOffPolicy].map((each) => traced(each, lambda).gradient);
    for (const policy of policies) {
      const [ours, theirs] = evaluate([dual!, mdpo!], { ...values, policy, temperature: numbers(lambda) });
      ours!.forEach((slope, i) => expect(Math.abs(slope - theirs![i]!)).toBeLessThan(1e-12));
      expect(Math.max(...theirs!.map(Math.abs))).toBeGreaterThan(0.01);
    }
  });

  test("DAPO at t = 1/lambda has SAC's gradient, AMPO has not", () => {
    const [dual, theirs, squares] = [dualApproximation, sac, approximateMirrorPolicyOptimization].map((each) =>
      evaluate([traced(each, 1 / stepSize).gradient],
        { ...values, policy: policies[1]!, temperature: numbers(1 / stepSize) })[0]!);
    dual!.forEach((slope, i) => expect(Math.abs(slope - theirs![i]!)).toBeLessThan(1e-12));
    expect(Math.abs(squares![0]! - theirs![0]!)).toBeGreaterThan(0.01);
  });

  test.each([dualApproximation, approximateMirrorPolicyOptimization])(
    "$id is greatest, 0, at the exact step, where forbidden actions stay forbidden", (objective) => {
      const masks = t.input("masks", [2, 3], "i32");
      const { surrogate, gradient, probabilities } = traced(objective, 0, masks);
      // With linear networks the dual point log pi_k + t Q has the parameters old + t critic, up to normalizers: states
      // are told apart by their observation, so fit only one of them (the other's mask leaves one action).
      const exact = values.oldPolicy.map((x, i) => x + stepSize * values.critic[i]!);
      const normalizer = Math.log([0, 1].reduce((sum, a) =>
        sum + Math.exp(0.5 * values.oldPolicy[a]! + values.oldPolicy[3 + a]!), 0));
      const other = -values.oldPolicy[2]! + values.oldPolicy[5]!;
      const policy = exact.slice();
      // AMPO fits the normalizers, too: state 1 allows actions 0 and 1, state 2 action 2 alone.
      for (const a of [0, 1]) policy[3 + a]! -= normalizer;
      policy[5]! -= other;
      const given = { ...values, policy, temperature: numbers(0), masks: numbers(1, 1, 0, 0, 0, 1) };
      const [value, slopes, p] = evaluate([surrogate, gradient, probabilities], given);
      expect(value![0]).toBeCloseTo(0, 12);
      for (const slope of slopes!) expect(Math.abs(slope)).toBeLessThan(1e-12);
      expect([p![2], p![3], p![4], p![5]]).toEqual([0, 0, 0, 1]);
      const [worse] = evaluate([surrogate], { ...given, policy: values.oldPolicy });
      expect(worse![0]).toBeLessThan(-1e-3);
    });
});

describe("continuous pieces", () => {
  const given = {
    observations: numbers(0), nextObservations: numbers(0), action: numbers(0), returns: numbers(0),
    continuations: numbers(0), random: numbers(5, 6, 7, 8), temperature: numbers(0.2), inverseStepSize: numbers(0.5),
  };

  test("the gradient vanishes in expectation where the exact step of a Gaussian bandit is", () => {
    // Before squashing the KL of the squashed policies is that of the Gaussians; with Q linear in tanh(u) close to 0
    // the step moves the mean by t sigma^2 dQ/da: at the old policy the slope of the objective is that of Q.
    const { request, variables } = problem(box, mdpoOffPolicy,
      { critics: 1, temperature: 0, valueNetwork: true }, 512);
    const { loss } = policyLoss(request, variables);
    const [gradient] = t.grad(loss, [variables.policy]);
    const rows = 512;
    const zeros = new Float64Array(rows);
    const policy = numbers(0, 0, 0, -3);
    const [slope] = evaluate([gradient!], {
      ...given, observations: zeros, nextObservations: zeros, action: zeros, returns: zeros, continuations: zeros,
      policy, oldPolicy: policy, critic: numbers(0, 1, 0, 0, 0), target: numbers(0, 0),
    });
    // dloss/dmean = -dQ/da E[1 - tanh(u)^2] + the score's mean, which is 0 in expectation.
    const deviation = Math.exp(-3);
    expect(Math.abs(slope![2]! + 1 - deviation ** 2)).toBeLessThan(4 * 0.5 / (deviation * Math.sqrt(rows)));
  });

  test("the authors' floor and regularizer, by hand", () => {
    const code = { policyRegularizer: 1e-3, densityFloor: 1e-6 };
    const { request, variables } = problem(box, sac, { critics: 1, temperature: 0.2, valueNetwork: true }, 1, code);
    const plain = problem(box, sac, { critics: 1, temperature: 0.2, valueNetwork: true }, 1);
    const values = { ...given, policy: numbers(0, 0, 0.2, -0.5), critic: numbers(0, 1, 0, 0, 0) };
    const pieces = policyLoss(request, variables);
    const [loss, objective, entropy] = evaluate([pieces.loss, pieces.objective, pieces.entropy!], values);
    expect(loss![0]! + objective![0]!).toBeCloseTo(1e-3 * (0.04 + 0.25), 9);
    // Their two epsilons change the log-density by about 1e-6 each, no more.
    const [exact] = evaluate([policyLoss(plain.request, plain.variables).entropy!], values);
    expect(Math.abs(entropy![0]! - exact![0]!)).toBeLessThan(1e-5);
    expect(entropy![0]).not.toBe(exact![0]);
    // A very wide policy saturates the tanh: its density per dimension is below the floor nowhere, above 1e6 nowhere.
    const saturated = { ...values, policy: numbers(0, 0, 12, -3) };
    const [high] = evaluate([pieces.entropy!], saturated);
    expect(high![0]).toBeGreaterThan(-Math.log(1e6) - 5);
    const spread = { ...values, oldPolicy: numbers(0, 0, 0, -8), policy: numbers(0, 0, 0.9, -5) };
    const mdpo = problem(box, mdpoOffPolicy, { critics: 1, temperature: 0, valueNetwork: true }, 1, code);
    const [floored] = evaluate([policyLoss(mdpo.request, mdpo.variables).objective], spread);
    // log pi_k of an action 0.9 from a deviation of e^-8 is taken for log 1e-6.
    const q = Math.tanh(0.9);
    expect(Math.abs(floored![0]! - q - 0.5 * Math.log(1e-6))).toBeLessThan(4);
  });
});
