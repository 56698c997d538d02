import { type ChosenDevice } from "../devices/choose-device.js";
import type { LoadedProgram } from "../devices/device.js";
import type { Policy } from "../policy/policy.js";
import { type RunPlan } from "./run-plan.js";
import { type EnvironmentArgument, type Summary, type TrainerOptions, type UpdateRecord } from "./trainer-options.js";
/** What `stateHash` may be asked about. */
export type StatePart = "policy" | "critics" | "targets";
/**
 * One training run under the caller's control. `update()` does one iteration: on-policy a rollout and the steps that
 * learn from it, off-policy `horizon` environment steps with the gradient steps between them. The same plan and seed
 * give the same bits on the wasm device, however the work is cut.
 */
export declare class Trainer {
    #private;
    private constructor();
    static create(environment: EnvironmentArgument | undefined, options: TrainerOptions): Promise<Trainer>;
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
    /** The live policy: it acts with the parameters of the last finished iteration, and outlives the trainer. */
    get policy(): Policy;
    /** Everything that the results depend on, settled. */
    get plan(): RunPlan;
    /** The update programs, with their kernels and bytes. */
    get programs(): readonly LoadedProgram[];
    get device(): ChosenDevice["updates"];
    /**
     * One iteration; lets the event loop run at least every 50 ms.
     * Throws `disposed`, and `invalid-state` while another call works.
     */
    update(): Promise<UpdateRecord>;
    /**
     * Works for about `budgetMs`, say once a frame of a game, and returns the record of an iteration that ended then.
     * Work comes in pieces of about half a millisecond, by what they cost here, and a call ends before a piece that would
     * not fit; but it does one. What cannot be cut: a step of all copies of one's own environment, and a map over
     * millions of elements. Between calls nothing runs, and the results do not depend on the cuts.
     */
    advance({ budgetMs }: {
        readonly budgetMs: number;
    }): Promise<UpdateRecord | undefined>;
    /** Iterations until the run is done. */
    [Symbol.asyncIterator](): AsyncGenerator<UpdateRecord, void>;
    /**
     * Bytes to resume from, to the same bits. An iteration that is under way is finished first; when its GPU was lost,
     * the bytes are those of the iteration before.
     */
    checkpoint(): Promise<Uint8Array<ArrayBuffer>>;
    /**
     * SHA-256 over everything that the rest of the run depends on, or over the named parts of it: parameters and
     * optimizer states of the policy (and its normalizer), of the critics, and the target networks. Two methods that
     * agree in a part give it the same hash. Throws `invalid-state` during an iteration, `invalid-option` for a part that
     * is not there.
     */
    stateHash({ parts }?: {
        readonly parts?: readonly StatePart[];
    }): string;
    summary(): Summary;
    /** Frees environments, programs and GPU memory. Safe twice; the policy lives on. */
    dispose(): void;
}
