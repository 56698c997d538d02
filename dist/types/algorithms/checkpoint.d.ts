import { type TensorValues } from "../io/safetensors.js";
import type { RunPlan } from "./run-plan.js";
export interface Checkpoint {
    readonly plan: RunPlan;
    /** The resolved device: it is never decided twice. */
    readonly device: "wasm" | "webgpu";
    readonly iteration: number;
    /** Working time so far; no part of the state. */
    readonly seconds: number;
    readonly counters: Readonly<Record<string, number>>;
    readonly arrays: ReadonlyMap<string, TensorValues>;
}
export declare function writeCheckpoint({ arrays, ...facts }: Checkpoint): Uint8Array<ArrayBuffer>;
/** Arrays alone, without a plan: what the hash of a part of the state is taken over. */
export declare function writeArrays(arrays: Checkpoint["arrays"]): Uint8Array;
/** Throws `checkpoint-corrupt` for foreign, damaged or truncated bytes. */
export declare function readCheckpoint(bytes: Uint8Array): Checkpoint;
