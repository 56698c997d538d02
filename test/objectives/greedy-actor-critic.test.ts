import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agentSpec, createAgent } from "../../src/agent/agent.ts";
import { createCritics, type Critics } from "../../src/agent/critics.ts";
import { mergeHyperparameters } from "../../src/agent/hyperparameters.ts";
import { createWasmDevice } from "../../src/devices/wasm/wasm-device.ts";
import { categorical } from "../../src/distributions/categorical.ts";
import { entropyOf } from "../../src/distributions/log-probabilities.ts";
import type { Space } from "../../src/envs/spaces.ts";
import { adam } from "../../src/nn/optimizers.ts";
import { elites, greedyActorCritic } from "../../src/objectives/greedy-actor-critic.ts";
import type { ReplayObjective, ReplayQuantities } from "../../src/objectives/replay-objective.ts";
import { sac } from "../../src/objectives/sac.ts";
import { compile } from "../../src/program/compile.ts";
import { optimize } from "../../src/solvers/gradient-steps.ts";
import { policyLoss, proposalLoss } from "../../src/solvers/replay-losses.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";

const actions = 5;
const [mass, q] = [t.input("mass", [1, actions]), t.input("q", [1, actions])];
const elitesOf = (share: number, weights: readonly number[], values: readonly number[]): number[] =>
  [...evaluate([elites(mass, q, share)], { mass: weights, q: values })[0]!];

/** The same with a sorted list: mass is taken from the best action on, until `share` of it is there. */
function takenFromTheTop(share: number, probabilities: readonly number[], values: readonly number[]): number[] {
  const order = values.map((_, a) => a).sort((a, b) => values[b]! - values[a]!);
  const target = probabilities.map(() => 0);
  let left = share;
  for (const a of order) {
    const taken = Math.min(left, probabilities[a]!);
    target[a] = taken / share;
    left -= taken;
  }
  return target;
}

const policies = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: actions, maxLength: actions })
  .map((weights) => weights.map((x) => x / weights.reduce((a, b) => a + b)));
const values = fc.shuffledSubarray([3, -1, 0.5, 2, 7], { minLength: actions });

describe("M36: the target of a discrete policy", () => {
  test("is the proposal restricted to its top-rho mass by Q, renormalized", () => {
    fc.assert(fc.property(policies, values, fc.double({ min: 0.05, max: 1, noNaN: true }), (p, of, share) => {
      const target = elitesOf(share, p, of);
      takenFromTheTop(share, p, of).forEach((x, a) => expect(Math.abs(target[a]! - x)).toBeLessThan(1e-12));
    }));
  });

  test("is the proposal at rho = 1, and all of it lies on the best action as rho goes to 0", () => {
    fc.assert(fc.property(policies, values, (p, of) => {
      elitesOf(1, p, of).forEach((x, a) => expect(Math.abs(x - p[a]!)).toBeLessThan(1e-12));
      expect(elitesOf(1e-3, p, of)[of.indexOf(7)]).toBeCloseTo(1, 12);
    }));
  });

  test("shares the border among actions of one value, and never takes a forbidden one", () => {
    expect(elitesOf(0.5, [0.2, 0.3, 0.3, 0.2, 0], [1, 0, 0, -1, 9])).toEqual([0.4, 0.3, 0.3, 0, 0].map((x) =>
      expect.closeTo(x, 12)));
  });

  test("of draws is the best of them, each counting alike; half of one where rho N is no whole number", () => {
    expect(elitesOf(0.4, [1, 1, 1, 1, 1], [0, 3, 1, 2, -1])).toEqual([0, 0.5, 0, 0.5, 0]);
    expect(elitesOf(0.3, [1, 1, 1, 1, 1], [0, 3, 1, 2, -1])).toEqual([0, 2 / 3, 0, 1 / 3, 0].map((x) =>
      expect.closeTo(x, 12)));
  });
});

describe("M36: gradients, for discrete actions", () => {
  const [logits, other] = [t.input("logits", [1, actions]), t.input("other", [1, actions])];
  const given = { logits: [0.3, -0.2, 0.1, 0.9, -1], other: [0, 0.5, -0.4, 0.2, 1], q: [3, -1, 0.5, 2, 7] };
  /** The slope in the logits of what `form` maximizes, where the proposal has the logits `proposer`. */
  const slope = (form: "surrogate" | "proposal", proposer: t.Tensor, eliteShare: number, temperature: number) => {
    const { logProbs } = categorical(t.logSoftmax(logits));
    const objective = greedyActorCritic[form]!({
      proposed: { mass: t.exp(t.logSoftmax(proposer)), q, logProb: logProbs }, entropy: entropyOf(logProbs), eliteShare,
      temperature: t.scalar(temperature),
    } as Partial<ReplayQuantities> as ReplayQuantities);
    return [...evaluate(t.grad(objective, [logits]), given)[0]!];
  };
  const softmax = (x: readonly number[]): number[] => {
    const weights = x.map(Math.exp);
    return weights.map((w) => w / weights.reduce((a, b) => a + b));
  };

  test("at rho = 1 the actor clones the proposal: its slope is pi~ - pi", () => {
    const [p, proposed] = [softmax(given.logits), softmax(given.other)];
    slope("surrogate", other, 1, 0.5).forEach((x, a) => expect(x).toBeCloseTo(proposed[a]! - p[a]!, 12));
  });

  test("the actor's slope is the target less its own probabilities", () => {
    const target = takenFromTheTop(0.3, softmax(given.other), given.q);
    const p = softmax(given.logits);
    slope("surrogate", other, 0.3, 0.5).forEach((x, a) => expect(x).toBeCloseTo(target[a]! - p[a]!, 12));
  });

  test("the entropy of the proposal has its own slope, -p (log p + H), not the score's", () => {
    const p = softmax(given.logits);
    const entropy = -p.reduce((sum, x) => sum + x * Math.log(x), 0);
    const [plain, broad] = [0, 2].map((temperature) => slope("proposal", logits, 0.3, temperature));
    p.forEach((x, a) => expect(broad![a]! - plain![a]!).toBeCloseTo(-2 * x * (Math.log(x) + entropy), 12));
  });
});

describe("M36: of two modes of Q, a narrow one of height 1 at a = 1 and a wide one of 0.8 at a = -1", () => {
  const hyperparameters = mergeHyperparameters({
    networks: { hidden: [] }, normalizeObservations: false, critics: 1, eliteShare: 0.1, proposalSamples: 30,
    squash: true,
  });
  const one: Space = { kind: "box", shape: [1], low: 0, high: 1 };
  const agent = createAgent(agentSpec(one, { kind: "box", shape: [1], low: -2, high: 2 }, hyperparameters));
  const bell = (a: t.Tensor, middle: number, narrowness: number): t.Tensor =>
    t.exp(t.mul(-narrowness, t.square(t.sub(a, middle))));
  const hills = (a: t.Tensor): t.Tensor => {
    const action = t.reshape(t.mul(2, a), [a.shape[0]!]);
    return t.add(bell(action, 1, 20), t.mul(0.8, bell(action, -1, 1)));
  };
  const critics: Critics = { ...createCritics(agent, hyperparameters), leastQ: (_, __, action) => hills(action) };

  /** Where the actor's mode, and its deviation before squashing, are after 1500 steps on 16 rows of one state. */
  async function ends(objective: ReplayObjective, temperature: number): Promise<[mode: number, deviation: number]> {
    const rows = 16;
    const size = [agent.policyParameterCount];
    const [policy, proposal, random] =
      [t.input("policy", size), t.input("proposal", size), t.input("random", [4], "i32")];
    const [states, none, action] = [t.full([rows, 1], 1), t.full([rows], 0), t.full([rows, 1], 0)];
    const request = {
      agent, critics, objective, hyperparameters, tsallisIndex: 1, policyRegularizer: 0, densityFloor: 0,
    };
    const variables = {
      policy, proposal, oldPolicy: policy, targetPolicy: policy, critic: policy, target: policy, random,
      temperature: t.scalar(temperature), inverseStepSize: t.scalar(0),
      batch: {
        observations: states, nextObservations: states, action, keptAction: action, returns: none, continuations: none,
        inputs: {}, nextInputs: {},
      },
    };
    const descend = (name: string, flat: t.Tensor, loss: t.Tensor) =>
      optimize(adam(), name, flat, t.grad(loss, [flat])[0]!, t.scalar(0.01), undefined);
    const proposed = proposalLoss(request, variables);
    const device = await createWasmDevice();
    const loaded = await device.load(compile({
      updates: [
        ...descend("policyStep", policy, policyLoss(request, variables).loss),
        ...proposed ? descend("proposalStep", proposal, proposed) : [],
        [random, t.advanceRandom(random)],
      ],
    }));
    device.write(loaded.buffer("random"), Int32Array.of(1, 2, 0, 3));
    loaded.run(1500);
    const [weight, bias, logDeviation] = loaded.buffer("policy").view();
    device.dispose();
    return [2 * Math.tanh(weight! + bias!), Math.exp(logDeviation!)];
  }

  test.each([0.01, 0.1, 0.5])("the actor ends on the higher one at temperature %d", async (temperature) => {
    const [mode, deviation] = await ends(greedyActorCritic, temperature);
    expect(Math.abs(mode - 1)).toBeLessThan(0.02);
    expect(deviation).toBeLessThan(0.02);
  });

  test("at the same temperatures SAC's gradient leads to the wide one, or between the two", async () => {
    const [cold, warm] = [await ends(sac, 0.01), await ends(sac, 0.5)];
    expect(Math.abs(cold[0] + 1)).toBeLessThan(0.1);
    expect(warm[0]).toBeGreaterThan(-0.9);
    expect(warm[0]).toBeLessThan(0);
  });
});
