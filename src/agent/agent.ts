import type { Distribution, PolicyHead } from "../distributions/distribution.ts";
import { headForSpace } from "../distributions/head-for-space.ts";
import { BregmanError } from "../error.ts";
import { flatSize, type Space } from "../envs/spaces.ts";
import { mlp } from "../nn/mlp.ts";
import type { Network, ParameterSpec } from "../nn/module.ts";
import { bindParameters, parameterCount } from "../nn/parameters.ts";
import { clamp, input, mul, reshape, slice, sub, type Tensor } from "../tensor/index.ts";
import type { ExplorationOptions, Hyperparameters, NetworkOptions } from "./hyperparameters.ts";

/** What a policy is made of; plain data, so that a saved policy carries it. */
export interface AgentSpec {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly networks: NetworkOptions;
  readonly normalizeObservations: boolean;
  readonly initialLogStd: number;
  readonly stateDependentStd: boolean;
  readonly squash: boolean;
  readonly scaleActions: boolean;
  readonly exploration: ExplorationOptions;
  /** Deterministic policies: deviation of the noise that explores, in half boxes. Others have none. */
  readonly explorationNoise?: number;
  /** Default 1. */
  readonly valueGain?: number;
}

/** Inputs of the policy beside the observation. */
export interface PolicyInputs {
  readonly exploration?: Tensor | undefined;
  readonly actionMask?: Tensor | undefined;
}

/** The two networks and the head, as functions of flat parameter vectors. */
export interface Agent {
  readonly spec: AgentSpec;
  /** Width of a flattened observation. */
  readonly observationSize: number;
  readonly head: PolicyHead;
  readonly policySpecs: readonly ParameterSpec[];
  readonly valueSpecs: readonly ParameterSpec[];
  readonly policyParameterCount: number;
  readonly valueParameterCount: number;
  /** Rows of distribution parameters [B, head.parameterCount] for normalized observations [B, observationSize]. */
  policyParametersOf(flat: Tensor, observations: Tensor, inputs?: PolicyInputs): Tensor;
  policy(flat: Tensor, observations: Tensor, inputs?: PolicyInputs): Distribution;
  /** Network output, features and the head's own parameters, for heads that explore. */
  headInputs(flat: Tensor, observations: Tensor, inputs?: PolicyInputs): Parameters<PolicyHead["parametersOf"]>[0];
  /** V(s) [B]. */
  value(flat: Tensor, observations: Tensor): Tensor;
  /** V(s) [B] of each reward channel: heads of one network. */
  values(flat: Tensor, observations: Tensor): readonly Tensor[];
  readonly valueChannels: number;
  /** Observations as the networks see them; `observationMean` and `observationScale` are inputs of the program. */
  normalize(observations: Tensor): Tensor;
}

/**
 * The agent that hyperparameters describe, with a stochastic policy or a deterministic one.
 * Throws `invalid-option` for correlated exploration of actions that are not continuous.
 */
export function agentSpec(
  observationSpace: Space, actionSpace: Space, hyperparameters: Hyperparameters,
  policy: "stochastic" | "deterministic" = "stochastic",
): AgentSpec {
  const { networks, valueGain, exploration, normalizeObservations } = hyperparameters;
  const { initialLogStd, stateDependentStd, squash, scaleActions } = hyperparameters;
  if (actionSpace.kind !== "box" && exploration.kind !== "independent") {
    throw new BregmanError("invalid-option",
      `hyperparameters.exploration: "${exploration.kind}" noise needs continuous (box) actions, ` +
      `these are ${actionSpace.kind}`);
  }
  return {
    observationSpace, actionSpace, networks, normalizeObservations,
    initialLogStd, stateDependentStd, squash, scaleActions, exploration, valueGain,
    ...(policy === "deterministic" && { explorationNoise: hyperparameters.explorationNoise }),
  };
}

export function createAgent(spec: AgentSpec, valueChannels = 1): Agent {
  const observationSize = flatSize(spec.observationSpace);
  const { hidden } = spec.networks;
  const head = headForSpace(spec.actionSpace, {
    squash: spec.squash,
    scale: spec.scaleActions,
    initialLogStd: spec.initialLogStd,
    stateDependent: spec.stateDependentStd,
    explorationNoise: spec.explorationNoise,
    exploration: spec.exploration.kind === "state-dependent"
      ? { ...spec.exploration, featureCount: hidden[hidden.length - 1] ?? observationSize }
      : spec.exploration,
  });
  const networkOf = (outputs: number, outputGain: number, name: string): Network => mlp({
    inputs: observationSize, hidden, outputs, outputGain, name, activation: spec.networks.activation,
    layerNorm: spec.networks.layerNorm, initializer: spec.networks.initializer,
  });
  const policyNetwork = networkOf(head.outputs, 0.01, "policy");
  const valueNetwork = networkOf(valueChannels, spec.valueGain ?? 1, "value");
  const policySpecs = [...policyNetwork.parameters, ...head.parameters];

  const headInputs: Agent["headInputs"] = (flat, observations, inputs = {}) => {
    const parameters = bindParameters(flat, policySpecs);
    const { output, features } = policyNetwork.apply(parameters, observations);
    return { output, features, parameters, exploration: inputs.exploration, actionMask: inputs.actionMask };
  };
  const policyParametersOf: Agent["policyParametersOf"] = (flat, observations, inputs) =>
    head.parametersOf(headInputs(flat, observations, inputs));
  const values: Agent["values"] = (flat, observations) => {
    const { output } = valueNetwork.apply(bindParameters(flat, valueNetwork.parameters), observations);
    return Array.from({ length: valueChannels }, (_, channel) =>
      reshape(valueChannels > 1 ? slice(output, 1, channel, channel + 1) : output, [observations.shape[0]!]));
  };
  return {
    spec, observationSize, head, policySpecs, valueSpecs: valueNetwork.parameters,
    policyParameterCount: parameterCount(policySpecs),
    valueParameterCount: parameterCount(valueNetwork.parameters),
    headInputs,
    policyParametersOf,
    policy: (flat, observations, inputs) => head.distribution(policyParametersOf(flat, observations, inputs)),
    value: (flat, observations) => values(flat, observations)[0]!,
    values,
    valueChannels,
    normalize: (observations) =>
      spec.normalizeObservations ? normalizeWith(observations, observationSize) : observations,
  };
}

/** clip((x - mean) * scale, -10, 10). */
function normalizeWith(observations: Tensor, size: number): Tensor {
  const centred = sub(observations, input("observationMean", [size]));
  return clamp(mul(centred, input("observationScale", [size])), -10, 10);
}
