import type { Device, LoadedProgram } from "../devices/device.js";
import type { Work } from "../devices/pace.js";
import type { WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.js";
import { type ScheduledName } from "../solvers/gradient-steps.js";
import type { Agent } from "../agent/agent.js";
import type { OnPolicyAlgorithm } from "./algorithm.js";
import type { Hyperparameters } from "../agent/hyperparameters.js";
import type { RolloutColumns } from "../agent/programs.js";
/** The columns of a finished rollout that the steps read, in wasm memory. */
export interface BatchBuffers extends Readonly<Record<string, WasmBuffer>> {
    readonly values: WasmBuffer;
    readonly advantages: WasmBuffer;
    readonly returns: WasmBuffer;
}
export interface LearnerRequest {
    readonly host: WasmDevice;
    /** Where updates run; may be the host itself. */
    readonly device: Device;
    readonly agent: Agent;
    readonly algorithm: OnPolicyAlgorithm;
    readonly hyperparameters: Hyperparameters;
    readonly columns: RolloutColumns;
    readonly size: number;
    readonly batch: BatchBuffers;
    readonly seed: number;
    readonly paperCode: boolean;
    /** Host copies of what the learner changes: bound directly when the device is the host. */
    readonly policyParameters: WasmBuffer;
    readonly valueParameters: WasmBuffer;
}
/**
 * The update half of an iteration: programs that turn a rollout into new parameters, on the wasm device or on a GPU.
 */
export declare class Learner {
    #private;
    /** What a checkpoint keeps, beyond the two parameter vectors: optimizer states. */
    readonly stateNames: readonly string[];
    private constructor();
    static create(request: LearnerRequest): Promise<Learner>;
    get programs(): readonly LoadedProgram[];
    /** Sends the rollout over and takes all steps, with pauses; `schedule` gives this iteration's scheduled values. */
    steps(schedule: Readonly<Record<ScheduledName, number>>): Work;
    /**
     * Brings what the iteration changed back to the host, where the policy acts, and returns the means of the metrics
     * over its steps, and how many the policy took before a stop. Throws `numerical-failure` when one of these is not
     * finite.
     */
    download(): Promise<Record<string, number>>;
    /** A copy of an optimizer state, as of the last `download`. */
    state(name: string): Float32Array;
    /** Puts a saved optimizer state back. */
    restoreState(name: string, values: Float32Array): void;
    /** Sends the host's parameters to the device: after initialization or a resume. */
    upload(): void;
    /** Draws taken from the shuffling stream. */
    get shuffles(): number;
    set shuffles(draws: number);
    dispose(): void;
}
