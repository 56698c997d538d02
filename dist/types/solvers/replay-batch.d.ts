import type { Agent, PolicyInputs } from "../agent/agent.js";
import type { RolloutColumns } from "../agent/programs.js";
import type { Program } from "../program/program.js";
import { type Tensor } from "../tensor/index.js";
/** A batch of transitions: [B, ...] each. */
export interface ReplayBatch {
    readonly observations: Tensor;
    /** As critics see it, and as it is kept: the same, or before squashing. */
    readonly action: Tensor;
    readonly keptAction: Tensor;
    /** Discounted sum of the rewards, and what the value of the next observation is weighed by. */
    readonly returns: Tensor;
    readonly continuations: Tensor;
    readonly nextObservations: Tensor;
    readonly inputs: PolicyInputs;
    readonly nextInputs: PolicyInputs;
}
export interface BatchRequest {
    readonly agent: Agent;
    readonly batchSize: number;
    readonly columns: RolloutColumns;
    /** Slots of the replay rings, where the program reads them itself; else the batch is its input. */
    readonly slots: number | undefined;
}
/** Rows of the rings, as `rows` and `nextRows` name them; or, without `slots`, inputs. Observations are raw. */
export declare function batchOf({ agent, batchSize, columns, slots }: BatchRequest): ReplayBatch;
/** The gathering alone, with the batch's inputs as outputs: for a device that does not share the rings' memory. */
export declare function batchProgram(request: BatchRequest): Program;
