import type { Agent } from "../agent/agent.ts";
import { clipByGlobalNorm } from "../nn/clip-gradient.ts";
import type { Optimizer } from "../nn/optimizer.ts";
import { compile } from "../program/compile.ts";
import type { Program } from "../program/program.ts";
import {
  add, advanceRandom, exp, grad, input, log, mul, reshape, scalar, slice, stopGradient, sub, type Tensor,
} from "../tensor/index.ts";
import { accumulate, optimize } from "./gradient-steps.ts";
import { nearTarget } from "./near-target.ts";
import { batchOf, type BatchRequest } from "./replay-batch.ts";
import { criticLoss, policyLoss, proposalLoss, type ReplayLossRequest, type ReplayVariables } from "./replay-losses.ts";

// One gradient step from replay as one program: critics, policy, proposal, temperature and targets. All of it is
// computed from what the networks were before the step; only the targets follow the new weights.

/** The scheduled numbers of a step, in the order of the program input `schedule`. */
export const replayScheduledNames = ["learningRate", "valueLearningRate", "inverseStepSize", "temperature"] as const;
export type ReplayScheduledName = (typeof replayScheduledNames)[number];

/** What each step adds to `criticMetrics`, and a step of the policy to `policyMetrics`; the last one counts. */
export const criticMetricNames = ["valueLoss", "q", "steps"] as const;
export const policyMetricNames = ["objective", "entropy", "temperature", "policySteps"] as const;
export const deterministicMetricNames = ["objective", "policySteps"] as const;

export interface ReplayStepRequest extends ReplayLossRequest, BatchRequest {
  readonly optimizer: Optimizer;
}

/** What a step moves beside the critics. */
export interface ReplayStepParts {
  readonly policy: boolean;
  readonly targets: boolean;
}

export function replayStepProgram(request: ReplayStepRequest, parts: ReplayStepParts): Program {
  const { agent, critics, hyperparameters } = request;
  const schedule = input("schedule", [replayScheduledNames.length]);
  const scheduled = (name: ReplayScheduledName): Tensor => {
    const index = replayScheduledNames.indexOf(name);
    return reshape(slice(schedule, 0, index, index + 1), []);
  };
  const learned = hyperparameters.temperature === "learned";
  const logTemperature = input("logTemperature", [1]);
  const variables: ReplayVariables = {
    policy: input("policyParameters", [agent.policyParameterCount]),
    oldPolicy: input("oldPolicyParameters", [agent.policyParameterCount]),
    targetPolicy: input("targetPolicyParameters", [agent.policyParameterCount]),
    proposal: input("proposalParameters", [agent.policyParameterCount]),
    critic: input("criticParameters", [critics.parameterCount]),
    target: input("targetParameters", [critics.target.count]),
    temperature: learned ? stopGradient(exp(reshape(logTemperature, []))) : scheduled("temperature"),
    inverseStepSize: scheduled("inverseStepSize"),
    random: input("updateRandom", [4], "i32"),
    batch: batchOf(request),
  };
  /** The optimizer's step with the gradient at `flat`, taken from there or from `start`. */
  const descend = (
    prefix: string, flat: Tensor, loss: Tensor, rate: ReplayScheduledName, start = flat,
  ): [Tensor, Tensor][] => {
    const { maxGradientNorm } = hyperparameters;
    const gradients = grad(loss, [flat]);
    const [gradient] = maxGradientNorm > 0 ? clipByGlobalNorm(gradients, maxGradientNorm).gradients : gradients;
    const [moved, ...state] = optimize(request.optimizer, prefix, start, gradient!, scheduled(rate), undefined);
    return [[flat, moved![1]], ...state];
  };

  const { loss, q } = criticLoss(request, variables);
  const near = nearTarget(variables.critic, variables.target, critics.target.start, hyperparameters.proximalShare);
  const criticStep = descend("critic", variables.critic, loss, "valueLearningRate", near);
  const updates: [Tensor, Tensor][] = [
    ...criticStep, [variables.random, advanceRandom(variables.random)],
    ...accumulate("criticMetrics", [loss, q], undefined),
  ];
  let policy = variables.policy;
  if (parts.policy) {
    const actor = policyLoss(request, variables);
    const policyStep = descend("policy", policy, actor.loss, "learningRate");
    policy = policyStep[0]![1];
    const values = actor.entropy ? [actor.objective, actor.entropy, variables.temperature] : [actor.objective];
    updates.push(...policyStep, ...accumulate("policyMetrics", values, undefined));
    const proposed = proposalLoss(request, variables);
    if (proposed) updates.push(...descend("proposal", variables.proposal, proposed, "learningRate"));
    if (learned) {
      // d/d(log lambda) of lambda (H - target): the temperature grows where the entropy is too small.
      const excess = sub(stopGradient(actor.entropy!), targetEntropy(request));
      const temperatureLoss = mul(exp(reshape(logTemperature, [])), excess);
      updates.push(...descend("temperature", logTemperature, temperatureLoss, "learningRate"));
    }
  }
  if (parts.targets) updates.push(...followTargets(request, variables, criticStep[0]![1], policy));
  return compile({ updates });
}

/** tau new + (1 - tau) target, for the critics' copy and that of a deterministic policy; at tau = 1 the new weights. */
function followTargets(
  { agent, critics, hyperparameters: { targetRate } }: ReplayStepRequest, variables: ReplayVariables,
  critic: Tensor, policy: Tensor,
): [Tensor, Tensor][] {
  const { start, count } = critics.target;
  const follow = (target: Tensor, source: Tensor): [Tensor, Tensor] =>
    [target, targetRate === 1 ? source : add(mul(targetRate, source), mul(1 - targetRate, target))];
  const own = follow(variables.target, slice(critic, 0, start, start + count));
  return agent.head.kind === "deterministic" ? [own, follow(variables.targetPolicy, policy)] : [own];
}

/** Minus the action dimensions (Haarnoja et al. 2018b), or 0.98 of the uniform policy's (Christodoulou 2019). */
function targetEntropy({ agent: { head }, hyperparameters: { targetEntropy: given } }: ReplayStepRequest): Tensor {
  if (given !== "auto") return scalar(given);
  return head.kind === "categorical" ? mul(0.98, log(scalar(head.outputs))) : scalar(-head.actionSize);
}

/** A copy from one parameter vector to another: how the old policy is renewed. */
export function snapshotProgram({ policyParameterCount }: Agent): Program {
  const size = [policyParameterCount];
  return compile({ updates: [[input("oldPolicyParameters", size), input("policyParameters", size)]] });
}
