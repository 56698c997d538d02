import type { Agent, PolicyInputs } from "../agent/agent.ts";
import type { Critics } from "../agent/critics.ts";
import type { Hyperparameters } from "../agent/hyperparameters.ts";
import type { Distribution } from "../distributions/distribution.ts";
import type { GaussianDistribution } from "../distributions/gaussian.ts";
import { qLogarithm } from "../maps/tsallis.ts";
import { lazy } from "../objectives/quantities.ts";
import type { ReplayObjective, ReplayQuantities } from "../objectives/replay-objective.ts";
import {
  add, clamp, div, exp, full, greater, log, maximum, mean, mul, neg, randomNormal, reshape, scalar, square,
  stopGradient, sub, sum, takeAlongAxis, tanh, where, type Tensor,
} from "../tensor/index.ts";
import { proposedActions } from "./proposed-actions.ts";
import type { ReplayBatch } from "./replay-batch.ts";

// What a step from replay descends: the critics' squared errors against their targets, and the policy's objective.

const logTwoPi = 1.8378770664093453;

/** Draws of one step, kept apart. */
const salts = { action: 0, nextAction: 1, proposed: 2 };

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

/** An action of a policy at each state, with what is known of it; every action of a discrete one. */
interface Drawn {
  /** As critics see it. */
  readonly unit: Tensor;
  readonly qLog: Tensor;
  /** log_q of another policy's density at the same action. */
  qLogOf(other: Distribution): Tensor;
  /** E_{a ~ pi} at each state, [B]. */
  expectation(x: Tensor): Tensor;
  readonly distribution: Distribution;
}

/** sum over critics of mean (Q - y)^2 / 2, and with a V network mean (V - target)^2 / 2; and the mean of Q. */
export function criticLoss(request: ReplayLossRequest, variables: ReplayVariables): { loss: Tensor; q: Tensor } {
  const { agent, critics, hyperparameters: { valueNetwork } } = request;
  const { critic, batch } = variables;
  const observations = agent.normalize(batch.observations);
  const returns = rewarded(request, variables, observations);
  const target = stopGradient(add(returns, mul(batch.continuations, nextValue(request, variables))));
  const taken = critics.q(critic, observations, batch.action).map((q) => valueOfTaken(agent, q, batch.action));
  const halfMeanSquare = (x: Tensor): Tensor => mul(0.5, mean(square(x)));
  const errors = taken.map((q) => halfMeanSquare(sub(q, target)));
  if (valueNetwork) {
    const value = critics.value(critic, observations);
    errors.push(halfMeanSquare(sub(value, stopGradient(stateValue(request, variables, observations)))));
  }
  return { loss: errors.reduce((a, b) => add(a, b)), q: mean(taken[0]!) };
}

/** The returns, with what the objective adds to the first reward for how likely the action was. */
function rewarded(
  { agent, objective, hyperparameters }: ReplayLossRequest, variables: ReplayVariables, observations: Tensor,
): Tensor {
  const { policy, temperature, batch: { returns, keptAction, inputs } } = variables;
  const softAdvantage = (): Tensor => mul(temperature, agent.policy(policy, observations, inputs).logProb(keptAction));
  const bonus = objective.criticTarget?.bonus(softAdvantage, hyperparameters);
  return bonus ? add(returns, bonus) : returns;
}

/** Q [B, n] of a discrete action at the one that was taken; Q [B] of a continuous one is that already. */
function valueOfTaken({ head }: Agent, q: Tensor, action: Tensor): Tensor {
  return head.kind === "categorical" ? reshape(takeAlongAxis(q, action, 1), [q.shape[0]!]) : q;
}

/** min Q(s, a) - lambda log_q pi(a|s) at the policy's own action: what V learns. */
function stateValue(request: ReplayLossRequest, variables: ReplayVariables, observations: Tensor): Tensor {
  const { batch, critic } = variables;
  const drawn = draw(request, variables, variables.policy, observations, batch.inputs, salts.action);
  const least = request.critics.leastQ(critic, observations, drawn.unit);
  return softened(request, variables, drawn, least);
}

/** The value of the next observation, from the target network(s). */
function nextValue(request: ReplayLossRequest, variables: ReplayVariables): Tensor {
  const { agent, critics, hyperparameters: { valueNetwork } } = request;
  const { target, batch } = variables;
  const observations = agent.normalize(batch.nextObservations);
  if (valueNetwork) return critics.value(target, observations);
  if (isDeterministic(agent)) {
    return critics.leastQ(target, observations, smoothedAction(request, variables, observations));
  }
  const drawn = draw(request, variables, variables.policy, observations, batch.nextInputs, salts.nextAction);
  return softened(request, variables, drawn, critics.leastQ(target, observations, drawn.unit));
}

function softened(
  { objective: { criticTarget, proposal }, hyperparameters }: ReplayLossRequest, { temperature }: ReplayVariables,
  drawn: Drawn, q: Tensor,
): Tensor {
  // The entropy of an objective with a proposal is the proposal's: values are those of the bare rewards.
  if (hyperparameters.temperature === 0 || proposal) return drawn.expectation(q);
  const softAdvantage = mul(temperature, drawn.qLog);
  return drawn.expectation(sub(q, criticTarget?.penalty(softAdvantage, hyperparameters) ?? softAdvantage));
}

/** The target policy's action with clipped noise, inside of the box (Fujimoto et al. 2018, equation 14). */
function smoothedAction(
  { agent, hyperparameters: { targetNoise, targetNoiseClip } }: ReplayLossRequest,
  { targetPolicy, random, batch }: ReplayVariables, observations: Tensor,
): Tensor {
  const action = agent.policy(targetPolicy, observations, batch.nextInputs).mode();
  if (targetNoise === 0) return action;
  const noise = mul(targetNoise, randomNormal(random, action.shape, salts.nextAction));
  return clamp(add(action, clamp(noise, -targetNoiseClip, targetNoiseClip)), -1, 1);
}

/** The policy's objective (maximized), its loss (minimized) and its entropy E[-log_q pi], scalars. */
export function policyLoss(
  request: ReplayLossRequest, variables: ReplayVariables,
): { loss: Tensor; objective: Tensor; entropy: Tensor | undefined } {
  const { drawn, quantities } = quantitiesOf(request, variables, variables.policy);
  const objective = request.objective.surrogate(quantities);
  const entropy = isDeterministic(request.agent) ? undefined : neg(mean(drawn.expectation(drawn.qLog)));
  const penalty = regularizer(request, drawn);
  const loss = neg(objective);
  return { loss: penalty ? add(loss, penalty) : loss, objective, entropy };
}

/** The loss (minimized) of the policy that proposes actions, a scalar; undefined where the objective has none. */
export function proposalLoss(request: ReplayLossRequest, variables: ReplayVariables): Tensor | undefined {
  const { proposal } = request.objective;
  return proposal && neg(proposal(quantitiesOf(request, variables, variables.proposal).quantities));
}

/** What an objective may talk about, of the policy with the parameters `flat`. */
function quantitiesOf(
  request: ReplayLossRequest, variables: ReplayVariables, flat: Tensor,
): { drawn: Drawn; quantities: ReplayQuantities } {
  const { agent, critics, hyperparameters } = request;
  const { oldPolicy, critic, batch } = variables;
  const observations = agent.normalize(batch.observations);
  const drawn = draw(request, variables, flat, observations, batch.inputs, salts.action);
  // The form with a V network climbs the first critic, the later one of stochastic policies the lesser.
  const climbed = hyperparameters.valueNetwork || isDeterministic(agent)
    ? () => critics.q(critic, observations, drawn.unit)[0]!
    : () => critics.leastQ(critic, observations, drawn.unit);
  const quantities = lazy<ReplayQuantities>({
    q: climbed,
    logProb: () => drawn.qLog,
    oldLogProb: () => drawn.qLogOf(agent.policy(oldPolicy, observations, batch.inputs)),
    dual: () => masked(agent.headInputs(flat, observations, batch.inputs).output, batch.inputs, -1e9),
    entropy: () => drawn.distribution.entropy(),
    proposed: () => proposedActions(request, variables, flat, observations, salts.proposed),
    eliteShare: () => hyperparameters.eliteShare,
    inverseStepSize: () => variables.inverseStepSize,
    temperature: () => variables.temperature,
    tsallisIndex: () => request.tsallisIndex,
    average: () => (x) => mean(drawn.expectation(x)),
    evenAverage: () => (x) => div(sum(masked(x, batch.inputs, 0)), sum(masked(full(x.shape, 1), batch.inputs, 0))),
  });
  return { drawn, quantities };
}

/** x [B, n], with `otherwise` where an action is forbidden. */
function masked(x: Tensor, { actionMask }: PolicyInputs, otherwise: number): Tensor {
  return actionMask ? where(greater(actionMask, 0), x, otherwise) : x;
}

/** w mean(mean^2) + w mean(logStd^2) of a Gaussian, before squashing. */
function regularizer({ policyRegularizer: weight }: ReplayLossRequest, { distribution }: Drawn): Tensor | undefined {
  const { mean: center, logStd } = distribution as Partial<GaussianDistribution>;
  if (weight === 0 || !center || !logStd) return undefined;
  return add(mul(weight, mean(square(center))), mul(weight, mean(square(logStd))));
}

function isDeterministic({ head }: Agent): boolean {
  return head.kind === "deterministic";
}

function draw(
  request: ReplayLossRequest, { random }: ReplayVariables, flat: Tensor, observations: Tensor, inputs: PolicyInputs,
  salt: number,
): Drawn {
  const { agent, tsallisIndex: index } = request;
  const distribution = agent.policy(flat, observations, inputs);
  if (isDeterministic(agent)) {
    const none = distribution.entropy;
    return lazy<Drawn>({
      unit: () => distribution.mode(), qLog: none, qLogOf: () => none, expectation: () => (x) => x,
      distribution: () => distribution,
    });
  }
  if (distribution.logProbs) {
    const { logProbs } = distribution;
    const qLogOf = (other: Distribution): Tensor => qLogarithm(other.logProbs!, index);
    return lazy<Drawn>({
      unit: () => distribution.mode(), qLog: () => qLogOf(distribution), qLogOf: () => qLogOf,
      expectation: () => (x) => sum(mul(exp(logProbs), x), 1), distribution: () => distribution,
    });
  }
  const action = distribution.sample(random, salt);
  const density = request.densityFloor > 0
    ? (of: Distribution) => flooredLogProbs(of as GaussianDistribution, action, request.densityFloor)
    : (of: Distribution) => of.dimensionLogProbs!(action);
  const qLogOf = (other: Distribution): Tensor => sum(qLogarithm(density(other), index), -1);
  return lazy<Drawn>({
    unit: () => agent.head.toUnit(action), qLog: () => qLogOf(distribution), qLogOf: () => qLogOf,
    expectation: () => (x) => x, distribution: () => distribution,
  });
}

/**
 * Log-density of each dimension as the MDPO authors' code has it: with 1e-6 added to sigma and to 1 - tanh(u)^2, and
 * not below log `floor`, where its gradient is 0.
 */
function flooredLogProbs({ mean: center, logStd }: GaussianDistribution, action: Tensor, floor: number): Tensor {
  const epsilon = 1e-6;
  const z = div(sub(action, center), add(exp(logStd), epsilon));
  const gaussian = mul(-0.5, add(add(square(z), mul(2, logStd)), logTwoPi));
  const slope = clamp(sub(1, square(tanh(action))), 0, 1);
  return maximum(sub(gaussian, log(add(slope, epsilon))), log(scalar(floor)));
}
