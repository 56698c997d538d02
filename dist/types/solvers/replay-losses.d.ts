import type { Agent } from "../agent/agent.js";
import type { Critics } from "../agent/critics.js";
import type { Hyperparameters } from "../agent/hyperparameters.js";
import type { ReplayObjective } from "../objectives/replay-objective.js";
import { type Tensor } from "../tensor/index.js";
import type { ReplayBatch } from "./replay-batch.js";
export interface ReplayLossRequest {
    readonly agent: Agent;
    readonly critics: Critics;
    readonly objective: ReplayObjective;
    readonly hyperparameters: Hyperparameters;
    /** The q-logarithm that takes the place of log in entropies and divergences; 1: log. */
    readonly tsallisIndex: number;
    /** The authors' regularizer of the Gaussian, and their floor of densities; 0: none. */
    readonly policyRegularizer: number;
    readonly densityFloor: number;
}
/** Everything that the losses are traced from. */
export interface ReplayVariables {
    readonly policy: Tensor;
    readonly oldPolicy: Tensor;
    readonly targetPolicy: Tensor;
    readonly proposal: Tensor;
    readonly critic: Tensor;
    readonly target: Tensor;
    readonly temperature: Tensor;
    readonly inverseStepSize: Tensor;
    readonly random: Tensor;
    readonly batch: ReplayBatch;
}
/** sum over critics of mean (Q - y)^2 / 2, and with a V network mean (V - target)^2 / 2; and the mean of Q. */
export declare function criticLoss(request: ReplayLossRequest, variables: ReplayVariables): {
    loss: Tensor;
    q: Tensor;
};
/** The policy's objective (maximized), its loss (minimized) and its entropy E[-log_q pi], scalars. */
export declare function policyLoss(request: ReplayLossRequest, variables: ReplayVariables): {
    loss: Tensor;
    objective: Tensor;
    entropy: Tensor | undefined;
};
/** The loss (minimized) of the policy that proposes actions, a scalar; undefined where the objective has none. */
export declare function proposalLoss(request: ReplayLossRequest, variables: ReplayVariables): Tensor | undefined;
