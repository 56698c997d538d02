import { type WantedDevice } from "../devices/choose-device.js";
import type { SpaceValue } from "../envs/spaces.js";
import type { Policy } from "./policy.js";
export interface BatchActorOptions {
    /** Where it acts, as for training; "auto" is the default. */
    readonly device?: WantedDevice["device"];
    /** The most rows of a batch. Each call computes all of them. */
    readonly rows: number;
    /** How the network's numbers are kept; "float16", on a GPU, takes half the memory. Default "float32". */
    readonly weights?: "float32" | "float16";
}
/** A policy, as it was when the actor was made, for large batches: its most likely actions, possibly on a GPU. */
export interface BatchActor {
    /** What was chosen and why. */
    readonly device: string;
    /** Bytes of device memory for the network's numbers. */
    readonly weightBytes: number;
    /**
     * Actions for `n` observations, as `policy.actBatch` takes and gives them. Calls may overlap; they are answered in
     * order. Throws `invalid-observation`, and `invalid-option` for more than `rows`.
     */
    actBatch(observations: ArrayLike<number> | readonly SpaceValue[], n: number): Promise<Float32Array | Int32Array>;
    /** Safe twice. The policy stays usable. */
    dispose(): void;
}
/**
 * An actor for batches of up to `rows`. Where weights are float32 a GPU agrees with `policy.actBatch` within rounding
 * (1e-5); float16 keeps 11 bits of each weight and adds up in float32. Throws `invalid-option`, `webgpu-unavailable`,
 * and `numerical-failure` for a weight beyond float16.
 */
export declare function createBatchActor(policy: Policy, options: BatchActorOptions): Promise<BatchActor>;
