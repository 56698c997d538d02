import type { WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.js";
import type { TensorValues } from "../io/safetensors.js";
/** Numbers of one transition. */
export interface ReplayLayout {
    readonly observationSize: number;
    readonly actionSize: number;
    readonly actionType: "f32" | "i32";
    /** Choices of an action mask; 0 without. */
    readonly maskSize: number;
}
/** What a batch of `rows` transitions is made of: places in the rings, i32 [rows], and numbers, f32 [rows]. */
export interface DrawnBuffers {
    readonly rows: WasmBuffer;
    readonly nextRows: WasmBuffer;
    readonly returns: WasmBuffer;
    readonly continuations: WasmBuffer;
}
/** What a step of every copy gave: rewards, and 0 or 1 for each ending, [N]. */
export interface Outcome {
    readonly rewards: ArrayLike<number>;
    readonly terminated: ArrayLike<number>;
    readonly truncated: ArrayLike<number>;
}
/** Flattened observations [N, observationSize], and action masks [N, maskSize] where there are some. */
export interface Observed {
    readonly observations: ArrayLike<number>;
    readonly masks?: ArrayLike<number> | undefined;
}
/**
 * The latest transitions of N copies in the module's memory, a ring for each copy. Every observation is stored once:
 * what a transition led to is the slot after it. A slot holds observation, action, reward and flags; the final
 * observation of an episode that was cut takes a slot of its own, so that it can be bootstrapped from.
 * assembly/samplers/replay.ts draws from it.
 */
export declare class Replay {
    #private;
    /** Slots of each ring. */
    readonly capacity: number;
    readonly observations: WasmBuffer;
    readonly actions: WasmBuffer;
    readonly masks: WasmBuffer | undefined;
    /** Transitions that can be drawn. */
    transitions: number;
    /** Room for `size` transitions over all copies. Throws `out-of-memory` before anything is allocated. */
    constructor(device: WasmDevice, copies: number, size: number, layout: ReplayLayout);
    get slots(): number;
    /** The first observations [N, observationSize] (and masks) of fresh episodes; what ran before counts as cut. */
    begin(observations: ArrayLike<number>, masks?: ArrayLike<number>): void;
    /**
     * One step of every copy from the observation that was placed last. `next` are the observations [N, ...] that the
     * next actions answer to, `final` what the step led to; rewards f64 [N], flags [N]. Of a copy that `waited` [N]
     * there is nothing to record but where it stands next.
     */
    record(actions: ArrayLike<number>, outcome: Outcome, next: Observed, final: Observed, waited?: ArrayLike<number>): void;
    /** Draws a batch; `random` is a stream's state, `steps` the rewards of a return. */
    draw(random: Int32Array, steps: number, discount: number, into: DrawnBuffers): void;
    /** Everything, as arrays by name: of each ring only what has been written. */
    save(): Map<string, TensorValues>;
    /** Throws `checkpoint-mismatch` for the arrays of another ring. */
    restore(take: (name: string, size: number) => TensorValues): void;
}
