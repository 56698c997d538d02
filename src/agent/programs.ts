import type { Distribution } from "../distributions/distribution.ts";
import { unsquashed } from "../distributions/squashed-gaussian.ts";
import { compile } from "../program/compile.ts";
import type { Program } from "../program/program.ts";
import { advanceRandom, full, input, mul, randomUniform, sub, type Tensor } from "../tensor/index.ts";
import { actionSalt } from "../random/streams.ts";
import type { Agent, PolicyInputs } from "./agent.ts";

// The programs of a rollout: act in N copies at once, and look back over the whole batch with the policy that acted.

/** Which optional columns a rollout has. */
export interface RolloutColumns {
  readonly maskSize: number;
  /** Replay keeps actions as they were drawn, before squashing, for objectives that ask how likely they are. */
  readonly drawnActions?: boolean;
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
  const { action, updates } = sampledAction(agent, rows, columns);
  return compile({ outputs: { action, environmentAction: agent.head.toEnvironment(action) }, updates });
}

/**
 * The same for replay: observation -> `keptAction`, as critics see it unless `drawnActions` are kept, and
 * `environmentAction`. Sampled, or with `acting: "mode"` the most likely action, without exploration.
 */
export function experienceProgram(
  agent: Agent, rows: number, columns: RolloutColumns, acting: "sample" | "mode",
): Program {
  const sampled = acting === "sample" ? sampledAction(agent, rows, columns) : undefined;
  const action = sampled?.action ?? policyOf(agent, rows, columns).mode();
  const unitAction = agent.head.toUnit(action);
  return compile({
    outputs: {
      keptAction: columns.drawnActions ? action : unitAction, environmentAction: agent.head.fromUnit(unitAction),
    },
    updates: sampled?.updates ?? [],
  });
}

/** Uniformly random actions with the same outputs: how replay is filled before the first gradient step. */
export function uniformProgram(agent: Agent, rows: number, columns: RolloutColumns): Program {
  const { head } = agent;
  const state = input("policyRandom", [4], "i32");
  const { actionMask } = policyInputs(agent, rows, columns);
  const unitAction = head.actionType === "f32"
    ? sub(mul(2, randomUniform(state, [rows, head.actionSize], actionSalt)), 1)
    : head.distribution(head.parametersOf({
      output: full([rows, head.outputs], 0), features: full([rows, 1], 0), parameters: {}, actionMask,
    })).sample(state, actionSalt);
  const keptAction = columns.drawnActions && head.kind === "squashed-gaussian" ? unsquashed(unitAction) : unitAction;
  return compile({
    outputs: { keptAction, environmentAction: head.fromUnit(unitAction) }, updates: [[state, advanceRandom(state)]],
  });
}

function policyOf(agent: Agent, rows: number, columns: RolloutColumns): Distribution {
  const flat = input("behaviourParameters", [agent.policyParameterCount]);
  const observations = agent.normalize(input("observation", [rows, agent.observationSize]));
  return agent.policy(flat, observations, policyInputs(agent, rows, columns));
}

/** An action of the policy for each row with its exploration, and what the draw changes. */
function sampledAction(
  agent: Agent, rows: number, columns: RolloutColumns,
): { action: Tensor; updates: [Tensor, Tensor][] } {
  const state = input("policyRandom", [4], "i32");
  const inputs = policyInputs(agent, rows, columns);
  const updates: [Tensor, Tensor][] = [[state, advanceRandom(state)]];
  if (!agent.head.explore || !inputs.exploration) {
    return { action: policyOf(agent, rows, columns).sample(state, actionSalt), updates };
  }
  const flat = input("behaviourParameters", [agent.policyParameterCount]);
  const observations = agent.normalize(input("observation", [rows, agent.observationSize]));
  const renew = input("renewExploration", [1], "i32");
  const explored = agent.head.explore(agent.headInputs(flat, observations, inputs), state, actionSalt, renew);
  return { action: explored.action, updates: [...updates, [inputs.exploration, explored.exploration]] };
}

/** The whole batch under the policy that acted: what the steps are measured against. */
export function evaluationProgram(agent: Agent, rows: number, columns: RolloutColumns): Program {
  const flat = input("behaviourParameters", [agent.policyParameterCount]);
  const normalizedObservations = agent.normalize(input("observations", [rows, agent.observationSize]));
  const oldParameters = agent.policyParametersOf(flat, normalizedObservations, policyInputs(agent, rows, columns));
  const action = input("action", [rows, agent.head.actionSize], agent.head.actionType);
  const oldLogProb = agent.head.distribution(oldParameters).logProb(action);
  const values = valueOutputs(agent, normalizedObservations);
  return compile({ outputs: { normalizedObservations, oldParameters, oldLogProb, ...values } });
}

/** V of each channel: `values`, and `secondValues` where there are two. */
function valueOutputs(agent: Agent, observations: Tensor): Record<string, Tensor> {
  const flat = input("valueParameters", [agent.valueParameterCount]);
  const [values, secondValues] = agent.values(flat, observations);
  return { values: values!, ...secondValues && { secondValues } };
}

/** V of `rows` observations. */
export function valueProgram(agent: Agent, rows: number): Program {
  const observations = agent.normalize(input("observation", [rows, agent.observationSize]));
  return compile({ outputs: valueOutputs(agent, observations) });
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
