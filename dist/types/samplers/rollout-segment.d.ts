import type { LoadedWasmProgram, WasmBuffer } from "../devices/wasm/wasm-device.js";
import type { WasmInstance } from "../devices/wasm-instance.js";
import type { BuiltinVectorEnvironment } from "../envs/builtin.js";
import type { VectorEnvironment } from "../envs/vector-environment.js";
/** An episode that a time limit cut: its place t N + n in the rollout, and its flat final observation. */
export interface Cut {
    readonly index: number;
    readonly observation: Float32Array;
}
/** Where a rollout of T steps is written; addresses in the module's memory. */
export interface SegmentColumns {
    readonly horizon: number;
    readonly observations: WasmBuffer;
    readonly action: WasmBuffer;
    /** f64, u8, u8 [T, N]. */
    readonly rewardsAddress: number;
    readonly terminatedAddress: number;
    readonly truncatedAddress: number;
    readonly truncationTerminates: boolean;
}
/**
 * Collects steps of a rollout in one call into WASM: observe, act, step and write down, for environments whose copies
 * live in the module's memory. The same bits as the loop in JavaScript (assembly/samplers/rollout.ts).
 */
export declare class RolloutSegment {
    #private;
    /** `acting`: a program of `observation` to `action` and `environmentAction`, with no other input of its own. */
    constructor(instance: WasmInstance, environment: BuiltinVectorEnvironment, acting: LoadedWasmProgram, columns: SegmentColumns);
    /** Steps `from` <= t < `to`; returns the episodes that were cut in them, in order. */
    run(from: number, to: number): Cut[];
}
/** Whether the copies live in the module's memory, so that a segment can step them. */
export declare function isBuiltin(environment: VectorEnvironment): environment is BuiltinVectorEnvironment;
