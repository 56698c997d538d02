import type { Agent } from "../agent/agent.ts";
import type { Critics } from "../agent/critics.ts";
import type { Hyperparameters } from "../agent/hyperparameters.ts";
import type { ProposedActions } from "../objectives/replay-objective.ts";
import { exp, expand, expandDims, full, reshape, stopGradient, type Tensor } from "../tensor/index.ts";
import type { ReplayBatch } from "./replay-batch.ts";

/**
 * Actions of the policy `proposal` at each state, their values, and how likely the policy `flat` finds them: draws of
 * continuous actions, `proposalSamples` a state; of discrete ones all, with their probabilities. Networks of policies
 * see each state once, those of the critics once an action.
 */
export function proposedActions(
  { agent, critics, hyperparameters: { proposalSamples: count } }: ProposalRequest,
  { proposal, critic, random, batch: { inputs } }: ProposalVariables, flat: Tensor, observations: Tensor, salt: number,
): ProposedActions {
  const { head } = agent;
  const proposer = agent.policyParametersOf(proposal, observations, inputs);
  const judged = agent.policyParametersOf(flat, observations, inputs);
  const { logProbs } = head.distribution(proposer);
  if (logProbs) {
    const q = critics.leastQ(critic, observations, proposer);
    return { mass: exp(logProbs), q, logProb: head.distribution(judged).logProbs! };
  }
  const rows = observations.shape[0]!;
  const repeated = (x: Tensor): Tensor => {
    const width = x.shape[1]!;
    return reshape(expand(expandDims(x, 1), [rows, count, width]), [rows * count, width]);
  };
  const byState = (x: Tensor): Tensor => reshape(x, [rows, count]);
  const action = stopGradient(head.distribution(repeated(proposer)).sample(random, salt));
  return {
    mass: full([rows, count], 1),
    q: byState(critics.leastQ(critic, repeated(observations), head.toUnit(action))),
    logProb: byState(head.distribution(repeated(judged)).logProb(action)),
  };
}

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
