// A small agent with a batch of made-up experience: the kit's own networks, quantities and programs on it.
import { agentSpec, createAgent, type Agent } from "../../src/agent/agent.ts";
import { mergeHyperparameters, type PartialHyperparameters } from "../../src/agent/hyperparameters.ts";
import type { Space } from "../../src/envs/spaces.ts";
import { kl } from "../../src/maps/kl.ts";
import { adam } from "../../src/nn/optimizers.ts";
import type { Objective } from "../../src/objectives/objective.ts";
import type { StepRequest } from "../../src/solvers/gradient-steps.ts";
import { input } from "../../src/tensor/index.ts";
import { evaluate, type Values } from "./interpreter.ts";
import { numbers } from "./values.ts";

export interface SmallProblem {
  readonly agent: Agent;
  readonly request: StepRequest;
  /** Values, exact in float32, of everything a step reads: parameters, batch columns, schedule. */
  readonly values: Readonly<Record<string, Values>>;
}

export interface SmallOptions {
  readonly hyperparameters?: PartialHyperparameters;
  readonly hidden?: readonly number[];
  readonly rows?: number;
  readonly observationSize?: number;
}

/** The old policy is the policy itself: the batch is what it would have collected. */
export function smallProblem(actionSpace: Space, objective: Objective, options: SmallOptions = {}): SmallProblem {
  const { hidden = [4], rows = 12, observationSize = 3 } = options;
  const hyperparameters = mergeHyperparameters(
    { normalizeObservations: false, standardizeAdvantages: false, networks: { hidden: [...hidden] } },
    options.hyperparameters,
  );
  const observationSpace: Space = { kind: "box", shape: [observationSize], low: -Infinity, high: Infinity };
  const agent = createAgent(agentSpec(observationSpace, actionSpace, hyperparameters));
  const next = numbers(5);
  const column = (size: number, scale = 1): Values =>
    Float64Array.from({ length: size }, () => Math.fround(scale * (2 * next() - 1)));
  const policyParameters = column(agent.policyParameterCount, 0.8);
  const normalizedObservations = column(rows * observationSize);
  const action = actionSpace.kind === "discrete"
    ? Float64Array.from({ length: rows }, () => Math.floor(next() * actionSpace.n))
    : column(rows * agent.head.actionSize, 2);
  const [oldParameters, oldLogProb] = oldPolicy(agent, rows, { policyParameters, normalizedObservations, action });
  const values = {
    policyParameters, normalizedObservations, action, oldParameters, oldLogProb,
    valueParameters: column(agent.valueParameterCount, 0.5), advantages: column(rows), returns: column(rows),
    values: column(rows), schedule: Float64Array.of(0.01, 0.01, 0.5, Math.fround(0.2), Math.fround(0.01), 0),
  };
  const request: StepRequest = {
    agent, objective, map: kl, anchors: [], hyperparameters, columns: { maskSize: 0 }, size: rows,
    minibatches: undefined, optimizer: adam({ epsilon: 1e-5 }), advantageEpsilon: 1e-8,
  };
  return { agent, request, values };
}

function oldPolicy(agent: Agent, rows: number, values: Record<string, Values>): [Values, Values] {
  const observations = input("normalizedObservations", [rows, agent.observationSize]);
  const parameters = agent.policyParametersOf(input("policyParameters", [agent.policyParameterCount]), observations);
  const action = input("action", [rows, agent.head.actionSize], agent.head.actionType);
  return evaluate([parameters, agent.head.distribution(parameters).logProb(action)], values) as [Values, Values];
}
