import type { Agent } from "../agent/agent.js";
import type { Optimizer } from "../nn/optimizer.js";
import type { Program } from "../program/program.js";
import { type BatchRequest } from "./replay-batch.js";
import { type ReplayLossRequest } from "./replay-losses.js";
/** The scheduled numbers of a step, in the order of the program input `schedule`. */
export declare const replayScheduledNames: readonly ["learningRate", "valueLearningRate", "inverseStepSize", "temperature"];
export type ReplayScheduledName = (typeof replayScheduledNames)[number];
/** What each step adds to `criticMetrics`, and a step of the policy to `policyMetrics`; the last one counts. */
export declare const criticMetricNames: readonly ["valueLoss", "q", "steps"];
export declare const policyMetricNames: readonly ["objective", "entropy", "temperature", "policySteps"];
export declare const deterministicMetricNames: readonly ["objective", "policySteps"];
export interface ReplayStepRequest extends ReplayLossRequest, BatchRequest {
    readonly optimizer: Optimizer;
}
/** What a step moves beside the critics. */
export interface ReplayStepParts {
    readonly policy: boolean;
    readonly targets: boolean;
}
export declare function replayStepProgram(request: ReplayStepRequest, parts: ReplayStepParts): Program;
/** A copy from one parameter vector to another: how the old policy is renewed. */
export declare function snapshotProgram({ policyParameterCount }: Agent): Program;
