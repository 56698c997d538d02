import type { Agent } from "../agent/agent.js";
import type { Hyperparameters } from "../agent/hyperparameters.js";
import type { RolloutColumns } from "../agent/programs.js";
import type { Anchor } from "../anchors/anchor.js";
import type { MirrorMap } from "../maps/mirror-map.js";
import type { Optimizer } from "../nn/optimizer.js";
import type { Objective, Quantities } from "../objectives/objective.js";
import type { Program } from "../program/program.js";
import { type Tensor } from "../tensor/index.js";
import { type Batch, type Minibatches } from "./batch.js";
/** The scheduled hyperparameters, in the order of the program input `schedule`. */
export declare const scheduledNames: readonly ["learningRate", "valueLearningRate", "stepSize", "clipRange", "multiplierLearningRate", "advantageMedian"];
export type ScheduledName = (typeof scheduledNames)[number];
/** What a policy step adds to `policyMetrics` each time, for the update record. */
export declare function policyMetricNames({ clips }: Objective): readonly string[];
/** What a critic step adds to `valueMetrics`. */
export declare const valueMetricNames: readonly ["valueLoss", "valueGradientNorm", "valueSteps"];
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
export declare function policyStepProgram(request: StepRequest, joint: boolean): Program;
/** A step of a critic of its own, on minibatches. */
export declare function valueStepProgram(request: StepRequest): Program;
/** One program that renews the anchors that follow once an iteration, where the method has such. */
export declare function anchorProgram({ agent, anchors, hyperparameters }: StepRequest): Program | undefined;
/** One program on the whole batch that gives multipliers their next values, where the objective has rules for some. */
export declare function multiplierRuleProgram(request: StepRequest): Program | undefined;
/** A step of the repair on the whole batch; where nothing is violated it only writes 0 to `violated` [1]. */
export declare function repairProgram(request: StepRequest): Program;
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
/** The objective on a batch, with what the record and the stop need. */
export declare function actor(request: StepRequest, flat: Tensor, batch: Batch, schedule: Tensor, medianFlat?: Tensor): ActorTerms;
/** Optimizer updates under the names `<prefix>.<state>`; nothing moves while `active` is false. */
export declare function optimize(optimizer: Optimizer, prefix: string, parameters: Tensor, gradient: Tensor, learningRate: Tensor, active: Tensor | undefined): [Tensor, Tensor][];
/** Adds the values, and a count, to a state vector. */
export declare function accumulate(name: string, values: readonly Tensor[], active: Tensor | undefined): [Tensor, Tensor][];
