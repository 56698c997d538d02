import type { Device, LoadedProgram } from "../devices/device.js";
import type { Work } from "../devices/pace.js";
import type { WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.js";
import type { Replay } from "../samplers/replay.js";
import { type ReplayScheduledName, type ReplayStepRequest } from "../solvers/replay-step.js";
export interface ReplayLearnerRequest extends Omit<ReplayStepRequest, "slots"> {
    readonly host: WasmDevice;
    /** Where updates run; may be the host itself. */
    readonly device: Device;
    readonly replay: Replay;
    readonly seed: number;
    /** Whether the objective reads an old policy that is renewed now and then. */
    readonly snapshots: boolean;
    /** Host copies of what acts: bound directly when the device is the host. */
    readonly policyParameters: WasmBuffer;
    readonly observationMean: WasmBuffer;
    readonly observationScale: WasmBuffer;
}
/** The gradient steps of an off-policy run, on the wasm device or on a GPU. */
export declare class ReplayLearner {
    #private;
    /** Gradient steps taken. */
    updates: number;
    private constructor();
    static create(request: ReplayLearnerRequest): Promise<ReplayLearner>;
    get programs(): readonly LoadedProgram[];
    /** What a checkpoint keeps, by name. */
    get stateNames(): readonly string[];
    /** Begins an iteration with its scheduled values. */
    begin(schedule: Readonly<Record<ReplayScheduledName, number>>): void;
    /** One gradient step on a fresh batch, with pauses. */
    step(): Work;
    /** Brings the parameters that act back from a GPU. */
    downloadPolicy(): Promise<void>;
    /** The means of the iteration's metrics. Throws `numerical-failure` when one of these is not finite. */
    finish(): Promise<Record<string, number>>;
    /** A copy of a state vector, as of the last `finish`. */
    state(name: string): Float32Array;
    /** Puts a state vector in place: first weights, or saved ones. */
    setState(name: string, values: Float32Array): void;
    dispose(): void;
}
