import type { Space } from "./spaces.js";
/**
 * Several copies of an environment, stepped together; where several agents share a policy, each agent is a copy. Every
 * array is a view that the next step overwrites; views stay valid until memory is allocated in the same instance, so
 * read them from here rather than keeping them.
 *
 * A copy whose episode ends (`terminated` or `truncated`) starts the next one in the same step: `observations` is then
 * the first observation of the new episode. `finalObservations` always holds what the step led to: the final
 * observation where an episode ended, and the same as `observations` elsewhere. (Gymnasium's vector CartPole resets one
 * step later.)
 */
export interface VectorEnvironment {
    readonly name: string;
    readonly count: number;
    readonly observationSpace: Space;
    readonly actionSpace: Space;
    /**
     * [count, size], row-major: Float32Array for box, dict and tuple (flattened), Int32Array for discrete and multi-*.
     */
    readonly observations: Float32Array | Int32Array;
    readonly finalObservations: Float32Array | Int32Array;
    /** [count] */
    readonly rewards: Float64Array;
    /** [count], 0 or 1; both may be 1 in one step. */
    readonly terminated: Uint8Array;
    readonly truncated: Uint8Array;
    /**
     * [count, size]: what the next `step()` without an argument carries out. Float32Array for box, dict and tuple (their
     * parts in a row, choices as whole numbers), Int32Array otherwise.
     */
    readonly actions: Float32Array | Int32Array;
    /**
     * [count, choices], 1 = allowed, of the current observations; undefined where the environment gives none. Known after
     * `reset`.
     */
    readonly actionMasks: Uint8Array | undefined;
    /** [count, choices] of `finalObservations`; defined where `actionMasks` is. */
    readonly finalActionMasks: Uint8Array | undefined;
    /**
     * [count], 1 = this agent is out and waits for the others' episode to end: the next step ignores its action, and
     * there is nothing to be learned from it. Undefined where nobody ever waits.
     */
    readonly waiting?: Uint8Array | undefined;
    /** Whether `restore` continues running episodes to the same bits; else it starts fresh ones. */
    readonly resumable: boolean;
    /** New episodes everywhere. With a seed, copy i starts its stream anew from (seed, i). */
    reset(seed?: number): void;
    /**
     * One step of every copy, with `actions` ([count, size], checked) or with what the caller wrote into `this.actions`.
     */
    step(actions?: ArrayLike<number>): void;
    /** Everything the next steps depend on. */
    save(): Uint8Array<ArrayBuffer>;
    /** Continues where `save` was called. Throws `checkpoint-mismatch` for the bytes of another environment. */
    restore(bytes: Uint8Array): void;
    dispose(): void;
}
