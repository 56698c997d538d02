import type { Distribution, PolicyHead } from "../distributions/distribution.js";
import { type Space } from "../envs/spaces.js";
import type { ParameterSpec } from "../nn/module.js";
import { type Tensor } from "../tensor/index.js";
import type { ExplorationOptions, Hyperparameters, NetworkOptions } from "./hyperparameters.js";
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
export declare function agentSpec(observationSpace: Space, actionSpace: Space, hyperparameters: Hyperparameters, policy?: "stochastic" | "deterministic"): AgentSpec;
export declare function createAgent(spec: AgentSpec, valueChannels?: number): Agent;
