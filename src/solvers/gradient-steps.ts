import type { Agent } from "../agent/agent.ts";
import type { Hyperparameters } from "../agent/hyperparameters.ts";
import type { RolloutColumns } from "../agent/programs.ts";
import type { Anchor } from "../anchors/anchor.ts";
import { anchorInput, renewals } from "../anchors/renew.ts";
import { BregmanError } from "../error.ts";
import type { MirrorMap } from "../maps/mirror-map.ts";
import { clipByGlobalNorm } from "../nn/clip-gradient.ts";
import { adam } from "../nn/optimizers.ts";
import type { Optimizer } from "../nn/optimizer.ts";
import type { Objective, Quantities } from "../objectives/objective.ts";
import { quantitiesOf } from "../objectives/quantities.ts";
import { valueLoss } from "../objectives/value-loss.ts";
import { compile } from "../program/compile.ts";
import type { Program } from "../program/program.ts";
import {
  abs, add, concat, expandDims, full, grad, greaterEqual, input, less, maximum, mean, mul, neg, reshape, slice,
  stopGradient, sub, where, type Tensor,
} from "../tensor/index.ts";
import { batchInputs, standardize, type Batch, type Minibatches } from "./batch.ts";

// One gradient step of the actor, of the critic, or of both at once, as a program that is run again and again: the
// optimizer's state, the cursor through the minibatches and the metrics are part of it.

/** The scheduled hyperparameters, in the order of the program input `schedule`. */
export const scheduledNames = [
  "learningRate", "valueLearningRate", "stepSize", "clipRange", "multiplierLearningRate", "advantageMedian",
] as const;

export type ScheduledName = (typeof scheduledNames)[number];

/** What a policy step adds to `policyMetrics` each time, for the update record. */
export function policyMetricNames({ clips }: Objective): readonly string[] {
  return ["objective", "kl", "entropy", "gradientNorm", ...clips ? ["clipFraction"] : [], "steps"];
}
/** What a critic step adds to `valueMetrics`. */
export const valueMetricNames = ["valueLoss", "valueGradientNorm", "valueSteps"] as const;

export interface StepRequest {
  readonly agent: Agent;
  readonly objective: Objective;
  readonly map: MirrorMap;
  readonly anchors: readonly Anchor[];
  readonly hyperparameters: Hyperparameters;
  readonly columns: RolloutColumns;
  /** Rows of the whole batch. */
  readonly size: number;
  readonly minibatches: Minibatches | undefined;
  readonly optimizer: Optimizer;
  /** Added to the deviation when advantages are standardized. */
  readonly advantageEpsilon: number;
}

/** A step of the actor, or with `joint` of both: maximizes the objective + entropy bonus - weighted value loss. */
export function policyStepProgram(request: StepRequest, joint: boolean): Program {
  const { agent, hyperparameters } = request;
  const flat = input("policyParameters", [agent.policyParameterCount]);
  const valueFlat = input("valueParameters", [agent.valueParameterCount]);
  const schedule = input("schedule", [scheduledNames.length]);
  const batch = batchInputs(agent, request.size, request.columns, request.minibatches, "policy");
  const medianFlat = input("medianParameters", [agent.valueParameterCount]);
  const { objective, kl, entropy, clipFraction, quantities } = actor(request, flat, batch, schedule, medianFlat);
  const bonus = hyperparameters.entropyCoefficient > 0 ? mul(hyperparameters.entropyCoefficient, entropy) : undefined;
  const actorLoss = neg(bonus ? add(objective, bonus) : objective);
  const critic = joint ? criticLoss(request, valueFlat, batch) : undefined;
  const plain = critic ? add(actorLoss, mul(hyperparameters.valueCoefficient, critic)) : actorLoss;
  const { medianLoss } = request.objective;
  const loss = medianLoss ? add(plain, mul(0.5, medianLoss(quantities))) : plain;

  const vectors = [flat, ...joint ? [valueFlat] : [], ...medianLoss ? [medianFlat] : []];
  const prefixes = ["policy", ...joint ? ["value"] : [], ...medianLoss ? ["median"] : []];
  const { gradients, norm } = clip(grad(loss, vectors), hyperparameters.maxGradientNorm);
  const active = stopFlag(request, quantities, kl);
  // Joint steps are one optimizer's: the critic moves at the actor's rate.
  const rate = scheduled(schedule, "learningRate");
  const steps = vectors.flatMap((parameters, i) =>
    optimize(request.optimizer, prefixes[i]!, parameters, gradients[i]!, rate, active?.now));
  steps.push(...multiplierSteps(request, quantities, schedule, active?.now));
  for (const anchor of request.anchors) {
    steps.push(...renewals(anchor, "each step", steps[0]![1], hyperparameters, active?.now));
  }
  const metrics = accumulate("policyMetrics", [objective, kl, entropy, norm, ...clipFraction], active?.now);
  const valueMetrics = critic ? accumulate("valueMetrics", [critic, norm], active?.now) : [];
  return compile({ updates: [...steps, ...metrics, ...valueMetrics, ...batch.updates, ...(active?.updates ?? [])] });
}

/** A step of a critic of its own, on minibatches. */
export function valueStepProgram(request: StepRequest): Program {
  const { agent } = request;
  const valueFlat = input("valueParameters", [agent.valueParameterCount]);
  const schedule = input("schedule", [scheduledNames.length]);
  const batch = batchInputs(agent, request.size, request.columns, request.minibatches, "value");
  const loss = criticLoss(request, valueFlat, batch);
  const { gradients, norm } = clip(grad(loss, [valueFlat]), 0);
  const rate = scheduled(schedule, "valueLearningRate");
  const steps = optimize(request.optimizer, "value", valueFlat, gradients[0]!, rate, undefined);
  return compile({ updates: [...steps, ...accumulate("valueMetrics", [loss, norm], undefined), ...batch.updates] });
}

/** Adam steps of the multipliers that have a loss, which keep them positive. */
function multiplierSteps(
  { objective }: StepRequest, quantities: Quantities, schedule: Tensor, active: Tensor | undefined,
): [Tensor, Tensor][] {
  return Object.entries(objective.multipliers ?? {}).flatMap(([name, { loss }]) => {
    if (!loss) return [];
    const variable = multiplierInput(name);
    // In its own loss the multiplier is the variable, everything else is data.
    const own: Quantities = Object.create(quantities, { multiplier: { value: () => reshape(variable, []) } });
    const [gradient] = grad(loss(own), [variable]);
    const rate = scheduled(schedule, "multiplierLearningRate");
    return optimize(adam({ epsilon: 1e-8 }), `multiplier.${name}`, variable, gradient!, rate, active)
      .map(([state, next]): [Tensor, Tensor] => [state, state === variable ? maximum(next, 1e-8) : next]);
  });
}

/** One program that renews the anchors that follow once an iteration, where the method has such. */
export function anchorProgram({ agent, anchors, hyperparameters }: StepRequest): Program | undefined {
  const flat = input("policyParameters", [agent.policyParameterCount]);
  const updates = anchors.flatMap((anchor) => renewals(anchor, "each iteration", flat, hyperparameters, undefined));
  return updates.length === 0 ? undefined : compile({ updates });
}

/** One program on the whole batch that gives multipliers their next values, where the objective has rules for some. */
export function multiplierRuleProgram(request: StepRequest): Program | undefined {
  const rules = Object.entries(request.objective.multipliers ?? {}).filter(([, { next }]) => next);
  if (rules.length === 0) return undefined;
  const { quantities } = wholeBatch(request);
  return compile({
    updates: rules.map(([name, { next }]) => [multiplierInput(name), reshape(next!(quantities), [1])] as const),
  });
}

/** A step of the repair on the whole batch; where nothing is violated it only writes 0 to `violated` [1]. */
export function repairProgram(request: StepRequest): Program {
  const { quantities, flat, schedule } = wholeBatch(request);
  const { violated, loss } = request.objective.repair!(quantities);
  const active = reshape(violated, [1]);
  const { gradients } = clip(grad(loss, [flat]), request.hyperparameters.maxGradientNorm);
  const steps = optimize(
    request.optimizer, "policy", flat, gradients[0]!, scheduled(schedule, "learningRate"), active,
  );
  const flag = input("violated", [1]);
  return compile({ updates: [...steps, [flag, where(active, 1, 0)]] });
}

function wholeBatch(request: StepRequest): { quantities: Quantities; flat: Tensor; schedule: Tensor } {
  const flat = input("policyParameters", [request.agent.policyParameterCount]);
  const schedule = input("schedule", [scheduledNames.length]);
  const batch = batchInputs(request.agent, request.size, request.columns, undefined, "policy");
  return { ...actor(request, flat, batch, schedule), flat, schedule };
}

function multiplierInput(name: string): Tensor {
  return input(`multiplier.${name}`, [1]);
}

/** Scalars; each but the objective is traced when it is first read. */
export interface ActorTerms {
  readonly quantities: Quantities;
  readonly objective: Tensor;
  readonly kl: Tensor;
  readonly reverseKl: Tensor;
  readonly entropy: Tensor;
  /** The share of ratios beyond 1 +- clipRange; empty where the objective does not clip. */
  readonly clipFraction: readonly Tensor[];
}

/** Throws `invalid-option` for what a surrogate reads and its method does not have: it would be zeros. */
function expectKnown(kind: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new BregmanError("invalid-option",
    `objective: ${kind} "${name}" is unknown; the method has ${known.join(", ") || "none"}`);
}

/** The objective on a batch, with what the record and the stop need. */
export function actor(
  request: StepRequest, flat: Tensor, batch: Batch, schedule: Tensor, medianFlat?: Tensor,
): ActorTerms {
  const { agent, hyperparameters } = request;
  const advantage = hyperparameters.standardizeAdvantages
    ? standardize(batch.advantages, request.advantageEpsilon)
    : batch.advantages;
  const quantities = quantitiesOf({
    policy: agent.policy(flat, batch.observations, batch.inputs),
    oldPolicy: agent.head.distribution(batch.oldParameters),
    action: batch.action,
    oldLogProb: batch.oldLogProb,
    advantage,
    map: request.map,
    value: () => {
      const valueFlat = input("valueParameters", [agent.valueParameterCount]);
      return stopGradient(agent.value(valueFlat, batch.observations));
    },
    return: () => batch.returns,
    median: medianFlat && (() => agent.value(medianFlat, batch.observations)),
    isUpperHalf: () => greaterEqual(batch.advantages, scheduled(schedule, "advantageMedian")),
    scheduled: (name) => scheduled(schedule, name),
    anchor: (name) => {
      expectKnown("anchor", name, request.anchors.filter(({ kept }) => kept).map(({ id }) => id));
      return agent.policy(anchorInput(name, agent.policyParameterCount), batch.observations, batch.inputs);
    },
    parameter: (name) => hyperparameters[name],
    multiplier: (name) => {
      expectKnown("multiplier", name, Object.keys(request.objective.multipliers ?? {}));
      return stopGradient(reshape(multiplierInput(name), []));
    },
  });
  return {
    quantities,
    objective: request.objective.surrogate(quantities),
    get kl() { return mean(quantities.kl); },
    get reverseKl() { return mean(quantities.reverseKl); },
    get entropy() { return mean(quantities.entropy); },
    get clipFraction() {
      if (!request.objective.clips) return [];
      return [mean(where(less(quantities.clipRange, abs(sub(quantities.ratio, 1))), 1, 0))];
    },
  };
}

/** One entry of the input `schedule` as a scalar. */
function scheduled(schedule: Tensor, name: ScheduledName): Tensor {
  const index = scheduledNames.indexOf(name);
  return reshape(slice(schedule, 0, index, index + 1), []);
}

function criticLoss({ agent, hyperparameters }: StepRequest, valueFlat: Tensor, batch: Batch): Tensor {
  const targets = [[batch.returns, batch.oldValues], [batch.secondReturns, batch.secondOldValues]] as const;
  const range = hyperparameters.valueClipRange;
  return agent.values(valueFlat, batch.observations).map((value, channel) => {
    const [returns, oldValues] = targets[channel]!;
    return valueLoss(value, returns, range > 0 ? oldValues : undefined, range > 0 ? range : undefined);
  }).reduce((sum, loss) => add(sum, loss));
}

function clip(gradients: readonly Tensor[], maxNorm: number): { gradients: readonly Tensor[]; norm: Tensor } {
  const clipped = clipByGlobalNorm([...gradients], maxNorm > 0 ? maxNorm : Infinity);
  return maxNorm > 0 ? clipped : { gradients, norm: clipped.norm };
}

/** Optimizer updates under the names `<prefix>.<state>`; nothing moves while `active` is false. */
export function optimize(
  optimizer: Optimizer, prefix: string, parameters: Tensor, gradient: Tensor, learningRate: Tensor,
  active: Tensor | undefined,
): [Tensor, Tensor][] {
  const sizes = optimizer.stateSizes(parameters.size);
  const state = Object.fromEntries(
    Object.entries(sizes).map(([name, { size }]) => [name, input(`${prefix}.${name}`, [size])]),
  );
  const next = optimizer.step({ parameters, gradient, learningRate: reshape(learningRate, [1]), state });
  const keep = (before: Tensor, after: Tensor): Tensor => (active ? where(active, after, before) : after);
  return [
    [parameters, keep(parameters, next.parameters)],
    ...Object.entries(state).map(([name, before]): [Tensor, Tensor] => [before, keep(before, next.state[name]!)]),
  ];
}

/**
 * State `active` [1]: 1 until the KL divergence, or what the objective measures instead, first passes its limit; steps
 * after that change nothing.
 */
function stopFlag(
  { objective: { stop }, hyperparameters }: StepRequest, quantities: Quantities, kl: Tensor,
): { now: Tensor; updates: [Tensor, Tensor][] } | undefined {
  const limit = hyperparameters[stop?.bound ?? "klStop"];
  if (limit <= 0) return undefined;
  const before = input("active", [1]);
  const measured = stop ? stop.measure(quantities) : kl;
  const inside = where(less(limit, reshape(stopGradient(measured), [1])), 0, 1);
  const next = mul(before, inside);
  return { now: less(0, next), updates: [[before, next]] };
}

/** Adds the values, and a count, to a state vector. */
export function accumulate(name: string, values: readonly Tensor[], active: Tensor | undefined): [Tensor, Tensor][] {
  const sums = input(name, [values.length + 1]);
  const row = concat([...values.map((value) => expandDims(reshape(value, []), 0)), full([1], 1)], 0);
  const added = add(sums, row);
  return [[sums, active ? where(active, added, sums) : added]];
}
