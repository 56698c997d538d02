import { Trainer } from "./algorithms/trainer.js";
import { type EnvironmentArgument, type Summary, type TrainerOptions, type UpdateRecord } from "./algorithms/trainer-options.js";
import { Policy } from "./policy/policy.js";
import type { WorkerSource } from "./worker/start-worker.js";
import type { WorkerTrainer } from "./worker/worker-trainer.js";
/** `worker: true` trains in a worker; see `WorkerSource` for its other values. */
export interface WorkerTrainerOptions extends TrainerOptions {
    readonly worker: WorkerSource;
}
/** The options of a trainer that may be in a worker. */
export interface AnyTrainerOptions extends TrainerOptions {
    readonly worker?: WorkerSource | false;
}
export type AnyTrainer = Trainer | WorkerTrainer;
export interface TrainResult {
    readonly policy: Policy;
    readonly history: readonly UpdateRecord[];
    readonly summary: Summary;
}
/**
 * Trains a policy and returns it with the history of updates and a summary. `environment` is a built-in name, one's own
 * environment, a function that makes one per copy, or a module that exports one of these. With `worker: true` the work
 * is done in a worker, to the same bits; an environment of one's own then has to come from a module, and options that
 * have functions (an algorithm object) likewise:
 *
 *     train({ module: new URL("./my-env.js", import.meta.url) }, { worker: true })
 *
 * What fails later, an exception of one's own environment included, carries `policy`: what was learned up to then.
 * An aborted run rejects with code `aborted`; the error carries `policy`, `summary` and `checkpoint`, the bytes to
 * resume from. Throws `worker-unavailable` where no worker can be started, `worker-lost` when it died.
 */
export declare function train(environment: EnvironmentArgument, options?: AnyTrainerOptions): Promise<TrainResult>;
/** A training run under the caller's control; the same options as `train`. */
export declare function createTrainer(environment: EnvironmentArgument | undefined, options: WorkerTrainerOptions): Promise<WorkerTrainer>;
export declare function createTrainer(environment: EnvironmentArgument | undefined, options?: TrainerOptions & {
    readonly worker?: false;
}): Promise<Trainer>;
export declare function createTrainer(environment: EnvironmentArgument | undefined, options?: AnyTrainerOptions): Promise<AnyTrainer>;
