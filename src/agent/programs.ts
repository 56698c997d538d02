import { compile } from "../program/compile.ts";
import type { Program } from "../program/program.ts";
import { advanceRandom, input, type Tensor } from "../tensor/index.ts";
import type { Agent, PolicyInputs } from "./agent.ts";

// The programs of a rollout: act in N copies at once, and look back over the whole batch with the policy that acted.

const actionSalt = 1;

/** Which optional columns a rollout has. */
export interface RolloutColumns {
  readonly maskSize: number;
}

/** The optional inputs of the policy for `rows` rows. */
export function policyInputs(agent: Agent, rows: number, { maskSize }: RolloutColumns): PolicyInputs {
  const { explorationSize } = agent.head;
  return {
    exploration: explorationSize > 0 ? input("exploration", [rows, explorationSize]) : undefined,
    actionMask: maskSize > 0 ? input("actionMask", [rows, maskSize], "i32") : undefined,
  };
}

/** One step in every copy: observation -> sampled `action`, and `environmentAction` as the environment takes it. */
export function actingProgram(agent: Agent, rows: number, columns: RolloutColumns): Program {
  const flat = input("behaviourParameters", [agent.policyParameterCount]);
  const observations = agent.normalize(input("observation", [rows, agent.observationSize]));
  const state = input("policyRandom", [4], "i32");
  const inputs = policyInputs(agent, rows, columns);
  const updates: [Tensor, Tensor][] = [[state, advanceRandom(state)]];
  let action: Tensor;
  if (agent.head.explore && inputs.exploration) {
    const renew = input("renewExploration", [1], "i32");
    const explored = agent.head.explore(agent.headInputs(flat, observations, inputs), state, actionSalt, renew);
    action = explored.action;
    updates.push([inputs.exploration, explored.exploration]);
  } else {
    action = agent.policy(flat, observations, inputs).sample(state, actionSalt);
  }
  return compile({ outputs: { action, environmentAction: agent.head.toEnvironment(action) }, updates });
}

/** The whole batch under the policy that acted: what the steps are measured against. */
export function evaluationProgram(agent: Agent, rows: number, columns: RolloutColumns): Program {
  const flat = input("behaviourParameters", [agent.policyParameterCount]);
  const normalizedObservations = agent.normalize(input("observations", [rows, agent.observationSize]));
  const oldParameters = agent.policyParametersOf(flat, normalizedObservations, policyInputs(agent, rows, columns));
  const action = input("action", [rows, agent.head.actionSize], agent.head.actionType);
  const oldLogProb = agent.head.distribution(oldParameters).logProb(action);
  const values = agent.value(input("valueParameters", [agent.valueParameterCount]), normalizedObservations);
  return compile({ outputs: { normalizedObservations, oldParameters, oldLogProb, values } });
}

/** V of `rows` observations. */
export function valueProgram(agent: Agent, rows: number): Program {
  const observations = agent.normalize(input("observation", [rows, agent.observationSize]));
  const flat = input("valueParameters", [agent.valueParameterCount]);
  return compile({ outputs: { values: agent.value(flat, observations) } });
}

/** The most likely action, or a sampled one, for `rows` observations: what a finished policy does. */
export function deploymentProgram(
  agent: Agent, rows: number, columns: RolloutColumns, deterministic: boolean,
): Program {
  const flat = input("behaviourParameters", [agent.policyParameterCount]);
  const observations = agent.normalize(input("observation", [rows, agent.observationSize]));
  const { actionMask } = policyInputs(agent, rows, columns);
  const distribution = agent.policy(flat, observations, { actionMask });
  if (deterministic) return compile({ outputs: { environmentAction: agent.head.toEnvironment(distribution.mode()) } });
  const state = input("policyRandom", [4], "i32");
  const environmentAction = agent.head.toEnvironment(distribution.sample(state, actionSalt));
  return compile({ outputs: { environmentAction }, updates: [[state, advanceRandom(state)]] });
}
