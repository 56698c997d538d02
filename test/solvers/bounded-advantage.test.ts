import { describe, expect, it } from "vitest";
import { agentSpec, createAgent } from "../../src/agent/agent.ts";
import { createCritics } from "../../src/agent/critics.ts";
import { mergeHyperparameters, type PartialHyperparameters } from "../../src/agent/hyperparameters.ts";
import type { Space } from "../../src/envs/spaces.ts";
import { boundedAdvantage } from "../../src/objectives/bounded-advantage.ts";
import type { ReplayObjective } from "../../src/objectives/replay-objective.ts";
import { sac } from "../../src/objectives/sac.ts";
import { criticLoss, policyLoss } from "../../src/solvers/replay-losses.ts";
import { AdvantageLearning, clippedBound, tanhBound, unbounded } from "../../src/tabular/advantage-learning.ts";
import { makeMdp } from "../../src/tabular/mdp.ts";
import * as t from "../../src/tensor/index.ts";
import { evaluate } from "../support/interpreter.ts";

// MDAC's critic target through the kit's networks: on tables it is bounded advantage learning, exactly.

const temperature = 0.2;

/** Losses of linear networks without biases that count: one observation number a state, as one-hot rows. */
function losses(
  objective: ReplayObjective, states: number, actionSpace: Space, rows: number, own: PartialHyperparameters,
) {
  const hyperparameters = mergeHyperparameters({
    squash: true, stateDependentStd: true, networks: { hidden: [] }, normalizeObservations: false, critics: 1,
    temperature, discount: 0.9, ...own,
  });
  const agent = createAgent(agentSpec({ kind: "box", shape: [states], low: 0, high: 1 }, actionSpace, hyperparameters));
  const critics = createCritics(agent, hyperparameters);
  const observed = (name: string): t.Tensor => t.input(name, [rows, states]);
  const keptAction = t.input("action", [rows, 1], agent.head.actionType);
  const policy = t.input("policy", [agent.policyParameterCount]);
  const variables = {
    policy, oldPolicy: policy, targetPolicy: policy, proposal: policy,
    critic: t.input("critic", [critics.parameterCount]),
    target: t.input("target", [critics.parameterCount]), temperature: t.input("temperature", []),
    inverseStepSize: t.scalar(0), random: t.input("random", [4], "i32"),
    batch: {
      observations: observed("observations"), nextObservations: observed("nextObservations"), keptAction,
      action: agent.head.toUnit(keptAction), returns: t.input("returns", [rows]),
      continuations: t.input("continuations", [rows]), inputs: {}, nextInputs: {},
    },
  };
  const request = {
    agent, critics, objective, hyperparameters, tsallisIndex: 1, policyRegularizer: 0, densityFloor: 0,
  };
  const { critic } = variables;
  return { critic, loss: criticLoss(request, variables).loss, policyLoss: policyLoss(request, variables).loss };
}

const oneHot = (states: readonly number[], count: number): number[] =>
  states.flatMap((state) => Array.from({ length: count }, (_, s) => (s === state ? 1 : 0)));

/** Three states, two actions, each leading to one state. */
const next = [[1, 2], [2, 0], [0, 1]];
const chain = makeMdp({
  discount: 0.9, rewards: [[1, 0], [0, 2], [0.5, -1]],
  transitions: next.map((row) => row.map((to) => oneHot([to], 3))),
});

describe("with tabular networks MDAC's critic learns bounded advantage learning's next table", () => {
  it.each([
    ["clip", clippedBound], ["tanh", tanhBound], ["none", unbounded],
  ] as const)("bound: %s", (advantageBound, bound) => {
    const share = 0.75;
    const exact = new AdvantageLearning(chain, { temperature, share, rewardBound: bound, targetBound: bound });
    const rows = [0, 0, 1, 1, 2, 2];
    const { critic, loss } = losses(boundedAdvantage, 3, { kind: "discrete", n: 2 }, 6,
      { advantageShare: share, advantageBound });
    const [slope] = t.grad(loss, [critic]);
    for (let k = 0; k < 30; k++) {
      const table = [...exact.q, 0, 0];
      const [gradient] = evaluate([slope!], {
        observations: oneHot(rows, 3), nextObservations: oneHot(next.flat(), 3), action: [0, 1, 0, 1, 0, 1],
        returns: chain.rewards, continuations: Array(6).fill(0.9), temperature: [temperature], critic: table,
        target: table, policy: [...exact.q.map((q) => q / temperature), 0, 0],
      });
      // Each pair's slope is (Q - y) / 6.
      const target = exact.q.map((q, i) => q - 6 * gradient![i]!);
      exact.step();
      exact.q.forEach((q, i) => expect(Math.abs(target[i]! - q)).toBeLessThan(1e-12));
    }
  });
});

describe("with squashed actions", () => {
  const box: Space = { kind: "box", shape: [1], low: -1, high: 1 };
  /** One transition; mean and log deviation of the policy are its biases. */
  const lossOf = (objective: ReplayObjective, own: PartialHyperparameters, action: number, mean = 0, logStd = 0) =>
    evaluate([losses(objective, 1, box, 1, { discount: 0, ...own }).loss], {
      observations: [0], nextObservations: [0], action: [action], returns: [0], continuations: [0], temperature: [1],
      critic: [0, 0, 0], target: [0, 0, 0], policy: [0, 0, mean, logStd], random: [1, 2, 3, 4],
    })[0]![0]!;

  it("an action where tanh is 1 in float32 keeps its density, which no inverse of tanh could give back", () => {
    // log N(12; 12, e^-1) - log(1 - tanh(12)^2), the latter 2 (log 2 - 12) up to 1e-10.
    const logProb = 1 - 0.5 * Math.log(2 * Math.PI) + 2 * (12 - Math.log(2));
    const loss = lossOf(boundedAdvantage, { advantageShare: 0.5, advantageBound: "none" }, 12, 12, -1);
    expect(loss).toBeCloseTo((0.5 * logProb) ** 2 / 2, 6);
    expect(lossOf(boundedAdvantage, { advantageShare: 0.5, advantageBound: "clip" }, 12, 12, -1)).toBe(0.125);
  });

  it("\"auto\" is 1 - (1 - discount)^2", () => {
    const share = (own: PartialHyperparameters) => lossOf(boundedAdvantage, { ...own, advantageBound: "none" }, 0.3);
    expect(share({ discount: 0.9, advantageShare: "auto" })).toBeCloseTo(share({ advantageShare: 0.99 }), 12);
    expect(share({ discount: 0, advantageShare: "auto" })).toBe(0);
  });

  it("the policy's loss is SAC's, whatever the bound", () => {
    const values = {
      observations: [0.5], nextObservations: [0], action: [0], returns: [0], continuations: [0], temperature: [0.3],
      critic: [0.1, 1, 0.2], policy: [0.4, -0.2, 0.1, -0.5], random: [1, 2, 3, 4],
    };
    const [own, theirs] = [boundedAdvantage, sac].map((objective) =>
      evaluate([losses(objective, 1, box, 1, {}).policyLoss], values)[0]![0]);
    expect(own).toBe(theirs);
  });
});
