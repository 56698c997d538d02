import type { Agent } from "../agent/agent.js";
import type { Critics } from "../agent/critics.js";
import type { Hyperparameters } from "../agent/hyperparameters.js";
import type { ProposedActions } from "../objectives/replay-objective.js";
import { type Tensor } from "../tensor/index.js";
import type { ReplayBatch } from "./replay-batch.js";
/**
 * Actions of the policy `proposal` at each state, their values, and how likely the policy `flat` finds them: draws of
 * continuous actions, `proposalSamples` a state; of discrete ones all, with their probabilities. Networks of policies
 * see each state once, those of the critics once an action.
 */
export declare function proposedActions({ agent, critics, hyperparameters: { proposalSamples: count } }: ProposalRequest, { proposal, critic, random, batch: { inputs } }: ProposalVariables, flat: Tensor, observations: Tensor, salt: number): ProposedActions;
interface ProposalRequest {
    readonly agent: Agent;
    readonly critics: Critics;
    readonly hyperparameters: Hyperparameters;
}
interface ProposalVariables {
    readonly proposal: Tensor;
    readonly critic: Tensor;
    readonly random: Tensor;
    readonly batch: ReplayBatch;
}
export {};
