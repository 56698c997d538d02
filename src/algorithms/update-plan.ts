import { anchorStates } from "../anchors/renew.ts";
import { kl } from "../maps/kl.ts";
import type { MirrorMap } from "../maps/mirror-map.ts";
import { tsallis } from "../maps/tsallis.ts";
import type { Optimizer } from "../nn/optimizer.ts";
import { adam, rmsprop, sgd } from "../nn/optimizers.ts";
import type { Program } from "../program/program.ts";
import type { Minibatches } from "../solvers/batch.ts";
import {
  anchorProgram, multiplierRuleProgram, policyMetricNames, policyStepProgram, repairProgram, scheduledNames,
  valueMetricNames, valueStepProgram, type StepRequest,
} from "../solvers/gradient-steps.ts";
import {
  naturalGradientPrograms, naturalGradientScalars, naturalGradientVectors,
} from "../solvers/natural-gradient.ts";
import type { Agent } from "../agent/agent.ts";
import type { OnPolicyAlgorithm, Solver } from "./algorithm.ts";
import type { Hyperparameters } from "../agent/hyperparameters.ts";
import type { RolloutColumns } from "../agent/programs.ts";

export interface UpdateRequest {
  readonly agent: Agent;
  readonly algorithm: OnPolicyAlgorithm;
  readonly hyperparameters: Hyperparameters;
  readonly columns: RolloutColumns;
  /** Rows of the whole batch. */
  readonly size: number;
  readonly paperCode: boolean;
}

export interface PlannedState {
  readonly name: string;
  readonly size: number;
  readonly dtype: "f32" | "i32";
  readonly initial: number;
  /** Whether it has to survive the iteration. */
  readonly kept: boolean;
}

export interface PlannedStage {
  readonly program: Program;
  readonly times: number;
  /** A state [1] that says after each run whether another is of use; further runs change nothing. */
  readonly while?: string;
  readonly order?: { readonly prefix: string; readonly minibatches: Minibatches; readonly epochs: number } | undefined;
}

export interface UpdatePlan {
  readonly states: PlannedState[];
  readonly stages: PlannedStage[];
}

/** States, programs and repetitions of one iteration's update, as the algorithm's solver and signal want them. */
export function planUpdate(request: UpdateRequest): UpdatePlan {
  const { agent, algorithm, hyperparameters, size, columns, paperCode } = request;
  const { solver, anchors } = algorithm.choices;
  const states: PlannedState[] = [
    transient("schedule", scheduledNames.length),
    transient("policyMetrics", policyMetricNames(algorithm.objective).length),
    transient("valueMetrics", valueMetricNames.length), transient("active", 1),
    { ...transient("policyCursor", 1), dtype: "i32" }, { ...transient("valueCursor", 1), dtype: "i32" },
  ];
  const plan: UpdatePlan = { states, stages: [] };
  const base: BaseRequest = {
    agent, objective: algorithm.objective, map: mapOf(algorithm, hyperparameters), anchors, hyperparameters, columns,
    size,
    advantageEpsilon: paperCode && algorithm.paperCode?.bareStandardization ? 0 : 1e-8,
  };
  if (solver.id === "gradient-steps") addGradientSteps(plan, base, solver);
  else addNaturalGradient(plan, base, solver.step);
  addMultipliers(plan, base);
  addAnchors(plan, base);
  if (needsOwnCritic(algorithm)) addOwnCritic(plan, base);
  return plan;
}

type BaseRequest = Omit<StepRequest, "minibatches" | "optimizer">;

function addGradientSteps(
  plan: UpdatePlan, base: BaseRequest, solver: Extract<Solver, { readonly id: "gradient-steps" }>,
): void {
  const { agent, hyperparameters, size } = base;
  const { minibatchSize, epochs, innerSteps } = hyperparameters;
  const optimizer = policyOptimizer(solver.optimizer, hyperparameters);
  const joint = solver.critic === "joint";
  addOptimizer(plan, "policy", optimizer, agent.policyParameterCount);
  if (joint) addOptimizer(plan, "value", optimizer, agent.valueParameterCount);
  if (base.objective.medianLoss) {
    plan.states.push({ ...transient("medianParameters", agent.valueParameterCount), kept: true });
    addOptimizer(plan, "median", optimizer, agent.valueParameterCount);
  }
  const minibatches = solver.batches === "minibatches" ? minibatchesOf(size, minibatchSize, epochs) : undefined;
  if (minibatches) addOrder(plan, "policy", minibatches);
  plan.stages.push({
    program: policyStepProgram({ ...base, minibatches, optimizer }, joint),
    times: minibatches ? minibatches.count : innerSteps,
    order: minibatches && { prefix: "policy", minibatches, epochs },
  });
}

/** The multipliers of an objective, and what is done with them and with the policy after the steps. */
function addMultipliers(plan: UpdatePlan, base: BaseRequest): void {
  const { objective, hyperparameters } = base;
  for (const [name, { initial, loss }] of Object.entries(objective.multipliers ?? {})) {
    const first = typeof initial === "number" ? initial : hyperparameters[initial];
    plan.states.push({ name: `multiplier.${name}`, size: 1, dtype: "f32", initial: first, kept: true });
    if (loss) addOptimizer(plan, `multiplier.${name}`, adam({ epsilon: 1e-8 }), 1);
  }
  const request: StepRequest = { ...base, minibatches: undefined, optimizer: policyOptimizer("adam", hyperparameters) };
  if (objective.repair && hyperparameters.repairSteps > 0) {
    plan.states.push(transient("violated", 1));
    plan.stages.push({ program: repairProgram(request), times: hyperparameters.repairSteps, while: "violated" });
  }
  const rule = multiplierRuleProgram(request);
  if (rule) plan.stages.push({ program: rule, times: 1 });
}

/** The anchors that have parameters of their own, and their renewal once an iteration. */
function addAnchors(plan: UpdatePlan, base: BaseRequest): void {
  const { anchors, agent, hyperparameters } = base;
  for (const anchor of anchors) {
    for (const [state, { size, initial }] of Object.entries(anchorStates(anchor, agent.policyParameterCount))) {
      plan.states.push({ name: state, size, dtype: "f32", initial, kept: true });
    }
  }
  const optimizer = policyOptimizer("adam", hyperparameters);
  const program = anchorProgram({ ...base, minibatches: undefined, optimizer });
  if (program) plan.stages.push({ program, times: 1 });
}

function addNaturalGradient(plan: UpdatePlan, base: BaseRequest, step: "radius" | "fixed"): void {
  const { agent, hyperparameters } = base;
  for (const name of naturalGradientVectors) plan.states.push(transient(name, agent.policyParameterCount));
  for (const name of naturalGradientScalars) plan.states.push(transient(name, 1));
  const request: StepRequest = { ...base, minibatches: undefined, optimizer: policyOptimizer("sgd", hyperparameters) };
  const { gradient, conjugate, scale, search } = naturalGradientPrograms(request, step);
  plan.stages.push(
    { program: gradient, times: 1 },
    { program: conjugate, times: hyperparameters.conjugateGradientSteps },
    { program: scale, times: 1 },
  );
  if (search) plan.stages.push({ program: search, times: hyperparameters.lineSearchSteps });
}

function addOwnCritic(plan: UpdatePlan, base: BaseRequest): void {
  const { agent, size, hyperparameters: { valueMinibatchSize, valueEpochs: epochs } } = base;
  const optimizer = adam({ epsilon: 1e-8 });
  addOptimizer(plan, "value", optimizer, agent.valueParameterCount);
  const minibatches = minibatchesOf(size, valueMinibatchSize, epochs);
  addOrder(plan, "value", minibatches);
  plan.stages.push({
    program: valueStepProgram({ ...base, minibatches, optimizer }),
    times: minibatches.count,
    order: { prefix: "value", minibatches, epochs },
  });
}

function addOptimizer({ states }: UpdatePlan, prefix: string, optimizer: Optimizer, parameterCount: number): void {
  for (const [name, { size, initial = 0 }] of Object.entries(optimizer.stateSizes(parameterCount))) {
    states.push({ name: `${prefix}.${name}`, size, dtype: "f32", initial, kept: true });
  }
}

function addOrder({ states }: UpdatePlan, prefix: string, { count, rows }: Minibatches): void {
  states.push({ ...transient(`${prefix}Order`, count * rows), dtype: "i32" });
}

function transient(name: string, size: number): PlannedState {
  return { name, size, dtype: "f32", initial: 0, kept: false };
}

/** A critic with steps of its own: wherever the signal needs one and the actor's steps do not train it. */
function needsOwnCritic({ choices: { solver, signal } }: OnPolicyAlgorithm): boolean {
  const used = signal.id === "gae" || signal.baseline;
  return used && (solver.id === "natural-gradient" || solver.critic === "separate");
}

function mapOf(algorithm: OnPolicyAlgorithm, { tsallisIndex }: Hyperparameters): MirrorMap {
  const { map } = algorithm.choices;
  if (map !== "tsallis") return map;
  return tsallisIndex === 1 ? kl : tsallis(tsallisIndex);
}

function policyOptimizer(kind: "adam" | "rmsprop" | "sgd", { adamEpsilon }: Hyperparameters): Optimizer {
  if (kind === "adam") return adam({ epsilon: adamEpsilon });
  return kind === "rmsprop" ? rmsprop({ epsilon: adamEpsilon }) : sgd({});
}

function minibatchesOf(size: number, rows: number, epochs: number): Minibatches {
  const fitting = Math.min(rows, size);
  return { rows: fitting, count: Math.floor(size / fitting) * epochs };
}
