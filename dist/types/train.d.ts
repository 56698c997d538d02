import { Trainer } from "./algorithms/trainer.js";
import type { EnvironmentArgument, Summary, TrainerOptions, UpdateRecord } from "./algorithms/trainer-options.js";
import type { Policy } from "./policy/policy.js";
export interface TrainResult {
    readonly policy: Policy;
    readonly history: readonly UpdateRecord[];
    readonly summary: Summary;
}
/**
 * Trains a policy and returns it with the history of updates and a summary. `environment` is a built-in name, one's own
 * environment, or a function that makes one per copy.
 *
 * What fails later, an exception of one's own environment included, carries `policy`: what was learned up to then.
 * An aborted run rejects with code `aborted`; the error carries `policy`, `summary` and `checkpoint`, the bytes to
 * resume from.
 */
export declare function train(environment: EnvironmentArgument, options?: TrainerOptions): Promise<TrainResult>;
/** A training run under the caller's control; the same options as `train`. */
export declare function createTrainer(environment: EnvironmentArgument | undefined, options?: TrainerOptions): Promise<Trainer>;
