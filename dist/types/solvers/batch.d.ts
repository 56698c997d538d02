import type { Agent, PolicyInputs } from "../agent/agent.js";
import { type RolloutColumns } from "../agent/programs.js";
import { type Tensor } from "../tensor/index.js";
/** The columns of a rollout that a step reads: the whole batch, or the rows of one minibatch. */
export interface Batch {
    readonly rows: number;
    readonly observations: Tensor;
    readonly action: Tensor;
    readonly oldParameters: Tensor;
    readonly oldLogProb: Tensor;
    readonly advantages: Tensor;
    readonly returns: Tensor;
    readonly oldValues: Tensor;
    /** Of a second reward channel. */
    readonly secondReturns: Tensor;
    readonly secondOldValues: Tensor;
    readonly inputs: PolicyInputs;
    /** [state, next] pairs that walk through the minibatches. */
    readonly updates: readonly (readonly [Tensor, Tensor])[];
}
/** Where a minibatch's rows come from: row `cursor` of `order`, i32 [count, rows]. */
export interface Minibatches {
    readonly rows: number;
    readonly count: number;
}
/** The inputs of a batch of `size` rows; with `minibatches` each run reads the next row of indices and moves on. */
export declare function batchInputs(agent: Agent, size: number, columns: RolloutColumns, minibatches: Minibatches | undefined, prefix: string): Batch;
/** (A - mean) / (deviation + epsilon), population deviation. */
export declare function standardize(advantages: Tensor, epsilon: number): Tensor;
