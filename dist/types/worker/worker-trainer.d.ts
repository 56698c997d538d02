import { type RunPlan } from "../algorithms/run-plan.js";
import type { StatePart } from "../algorithms/trainer.js";
import type { EnvironmentArgument, Summary, TrainerOptions, UpdateRecord } from "../algorithms/trainer-options.js";
import type { Policy, PolicyFacts, PolicyWeights } from "../policy/policy.js";
import type { Opening } from "./messages.js";
import type { WorkerSource } from "./start-worker.js";
/**
 * A `Trainer` whose work is done in a worker: the same calls, and the same results to the bit. Parameters come over by
 * transfer once an iteration, so `policy` acts here, with those of the last finished one. `stateHash` is a promise.
 *
 * When the worker dies, what is waited for rejects with code `worker-lost`; the error carries `policy` and, if
 * `checkpoint()` was ever called, the last `checkpoint`.
 */
export declare class WorkerTrainer {
    #private;
    /** The live policy: it acts with the parameters of the last finished iteration, and outlives the trainer. */
    readonly policy: Policy;
    private constructor();
    /** `makePolicy` comes from the facade, beside which this file lies. */
    static create(environment: EnvironmentArgument | undefined, worker: WorkerSource, options: TrainerOptions, makePolicy: (facts: PolicyFacts, weights: PolicyWeights) => Promise<Policy>): Promise<WorkerTrainer>;
    /** Iterations done, and environment steps taken over all copies. */
    get iteration(): number;
    get step(): number;
    /** The environment steps that were asked for. */
    get totalSteps(): number;
    get isDone(): boolean;
    /** Working time so far. */
    get seconds(): number;
    /** Over the last 100 finished episodes; null before the first. */
    get meanReturn(): number | null;
    /** Everything that the results depend on, settled. */
    get plan(): RunPlan;
    /** The device there. */
    get device(): Opening["device"];
    /** One iteration. Throws `disposed`, and `invalid-state` while another call works. */
    update(): Promise<UpdateRecord>;
    /** Works for about `budgetMs`, and returns the record of an iteration that ended then. */
    advance(budget: {
        readonly budgetMs: number;
    }): Promise<UpdateRecord | undefined>;
    /** Iterations until the run is done; each begins when it is asked for. */
    [Symbol.asyncIterator](): AsyncGenerator<UpdateRecord, void>;
    /** Iterations until the run is done or the signal aborts, one after another without waiting for the page. */
    run(hear: (update: UpdateRecord) => void, signal?: AbortSignal): Promise<void>;
    /** Bytes to resume from, to the same bits. An iteration that is under way is finished first. */
    checkpoint(): Promise<Uint8Array<ArrayBuffer>>;
    /** `Trainer.stateHash`, once the worker has computed it. */
    stateHash(options?: {
        readonly parts?: readonly StatePart[];
    }): Promise<string>;
    summary(): Summary;
    /** Ends the worker; one that the page made itself only lets the trainer go. Safe twice; the policy lives on. */
    dispose(): void;
}
