import type { Program } from "../program/program.js";
import type { Minibatches } from "../solvers/batch.js";
import type { Agent } from "../agent/agent.js";
import type { OnPolicyAlgorithm } from "./algorithm.js";
import type { Hyperparameters } from "../agent/hyperparameters.js";
import type { RolloutColumns } from "../agent/programs.js";
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
    readonly order?: {
        readonly prefix: string;
        readonly minibatches: Minibatches;
        readonly epochs: number;
    } | undefined;
}
export interface UpdatePlan {
    readonly states: PlannedState[];
    readonly stages: PlannedStage[];
}
/** States, programs and repetitions of one iteration's update, as the algorithm's solver and signal want them. */
export declare function planUpdate(request: UpdateRequest): UpdatePlan;
