import { kl } from "../maps/kl.ts";
import type { MirrorMap } from "../maps/mirror-map.ts";
import { tsallis } from "../maps/tsallis.ts";
import type { Optimizer } from "../nn/optimizer.ts";
import { adam, rmsprop, sgd } from "../nn/optimizers.ts";
import type { Program } from "../program/program.ts";
import type { Minibatches } from "../solvers/batch.ts";
import {
  policyMetricNames, policyStepProgram, scheduledNames, valueMetricNames, valueStepProgram, type StepRequest,
} from "../solvers/gradient-steps.ts";
import { naturalGradientPrograms, naturalGradientScalars, naturalGradientVectors } from "../solvers/natural-gradient.ts";
import type { Agent } from "./agent.ts";
import type { Algorithm } from "./algorithm.ts";
import type { Hyperparameters } from "./hyperparameters.ts";
import type { RolloutColumns } from "./programs.ts";

export interface UpdateRequest {
  readonly agent: Agent;
  readonly algorithm: Algorithm;
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
  readonly order?: { readonly prefix: string; readonly minibatches: Minibatches; readonly epochs: number } | undefined;
}

/** States, programs and repetitions of one iteration's update, as the algorithm's solver and signal want them. */
export function planUpdate(request: UpdateRequest): { states: PlannedState[]; stages: PlannedStage[] } {
  const { agent, algorithm, hyperparameters, size, columns, paperCode } = request;
  const { solver } = algorithm.choices;
  const states: PlannedState[] = [
    transient("schedule", scheduledNames.length), transient("policyMetrics", policyMetricNames.length),
    transient("valueMetrics", valueMetricNames.length), transient("active", 1),
    { ...transient("policyCursor", 1), dtype: "i32" }, { ...transient("valueCursor", 1), dtype: "i32" },
  ];
  const map = mapOf(algorithm, hyperparameters);
  const base = {
    agent, objective: algorithm.objective, map, hyperparameters, columns, size,
    advantageEpsilon: paperCode && algorithm.paperCode?.bareStandardization ? 0 : 1e-8,
  };
  const stages: PlannedStage[] = [];
  const keep = (prefix: string, optimizer: Optimizer, parameterCount: number): void => {
    for (const [name, { size: length, initial = 0 }] of Object.entries(optimizer.stateSizes(parameterCount))) {
      states.push({ name: `${prefix}.${name}`, size: length, dtype: "f32", initial, kept: true });
    }
  };
  const addOrder = (prefix: string, minibatches: Minibatches): void => {
    states.push({ name: `${prefix}Order`, size: minibatches.count * minibatches.rows, dtype: "i32", initial: 0, kept: false });
  };

  if (solver.id === "gradient-steps") {
    const optimizer = policyOptimizer(solver.optimizer, hyperparameters);
    const joint = solver.critic === "joint";
    keep("policy", optimizer, agent.policyParameterCount);
    if (joint) keep("value", optimizer, agent.valueParameterCount);
    const walk = solver.batches === "minibatches" ? minibatchesOf(size, hyperparameters.minibatchSize, hyperparameters.epochs) : undefined;
    if (walk) addOrder("policy", walk);
    const step: StepRequest = { ...base, minibatches: walk, optimizer };
    stages.push({
      program: policyStepProgram(step, joint),
      times: walk ? walk.count : hyperparameters.innerSteps,
      order: walk && { prefix: "policy", minibatches: walk, epochs: hyperparameters.epochs },
    });
  } else {
    for (const name of naturalGradientVectors) states.push(transient(name, agent.policyParameterCount));
    for (const name of naturalGradientScalars) states.push(transient(name, 1));
    const step: StepRequest = { ...base, minibatches: undefined, optimizer: policyOptimizer("sgd", hyperparameters) };
    const { gradient, conjugate, scale, search } = naturalGradientPrograms(step, solver.step);
    stages.push({ program: gradient, times: 1 }, { program: conjugate, times: hyperparameters.conjugateGradientSteps }, { program: scale, times: 1 });
    if (search) stages.push({ program: search, times: hyperparameters.lineSearchSteps });
  }
  if (needsOwnCritic(algorithm)) {
    const optimizer = adam({ epsilon: 1e-8 });
    keep("value", optimizer, agent.valueParameterCount);
    const walk = minibatchesOf(size, hyperparameters.valueMinibatchSize, hyperparameters.valueEpochs);
    addOrder("value", walk);
    stages.push({
      program: valueStepProgram({ ...base, minibatches: walk, optimizer }),
      times: walk.count,
      order: { prefix: "value", minibatches: walk, epochs: hyperparameters.valueEpochs },
    });
  }
  return { states, stages };
}

function transient(name: string, size: number): PlannedState {
  return { name, size, dtype: "f32", initial: 0, kept: false };
}

/** A critic with steps of its own: wherever the signal needs one and the actor's steps do not train it. */
function needsOwnCritic({ choices: { solver, signal } }: Algorithm): boolean {
  const used = signal.id === "gae" || signal.baseline;
  return used && (solver.id === "natural-gradient" || solver.critic === "separate");
}

function mapOf(algorithm: Algorithm, { tsallisIndex }: Hyperparameters): MirrorMap {
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
