import type { ParameterSpec } from "../nn/module.js";
import { type Tensor } from "../tensor/index.js";
import type { Agent } from "./agent.js";
import type { Hyperparameters } from "./hyperparameters.js";
/**
 * Critics of actions: one Q network or two, and where it is asked for a state-value network V, all in one flat vector.
 * Continuous actions are an input beside the observation, Q [B]; for a discrete one the network gives the value of each
 * choice, Q [B, n].
 */
export interface Critics {
    readonly specs: readonly ParameterSpec[];
    readonly parameterCount: number;
    /** What a target network is a slow copy of: the elements `start` to the end of the flat vector, V or all Q. */
    readonly target: {
        readonly specs: readonly ParameterSpec[];
        readonly start: number;
        readonly count: number;
    };
    /** Every Q network's values of the actions, as `PolicyHead.toUnit` gives them (ignored where discrete). */
    q(flat: Tensor, observations: Tensor, action: Tensor): readonly Tensor[];
    /** The lesser of these. */
    leastQ(flat: Tensor, observations: Tensor, action: Tensor): Tensor;
    /** V [B] from a flat vector of `target.specs` (or of all). Only with a V network. */
    value(flat: Tensor, observations: Tensor): Tensor;
}
export declare function createCritics(agent: Agent, { critics, valueNetwork, valueGain }: Hyperparameters): Critics;
