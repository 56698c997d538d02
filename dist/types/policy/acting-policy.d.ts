import { type SpaceValue } from "../envs/spaces.js";
import { type Action } from "./actions.js";
import type { PolicyFacts } from "./policy-facts.js";
export interface ActOptions {
    /** The most likely action (default), or a sample from the policy's own random stream. */
    readonly deterministic?: boolean;
    /** One byte per choice, 1 = allowed, for discrete actions. */
    readonly actionMask?: ArrayLike<number> | undefined;
    /** Receives the action of a box or multi-* space instead of a fresh array; then nothing is allocated. */
    readonly out?: Float32Array | Int32Array;
}
/** What computes actions, for at least so many rows: where the input goes, and where the actions are after `run`. */
export interface ActingViews {
    readonly observation: Float32Array;
    readonly action: Float32Array | Int32Array;
    readonly mask: Int32Array | undefined;
    run(): void;
}
export interface Actor {
    views(rows: number, deterministic: boolean, masked: boolean): ActingViews;
}
/** Observations in, actions out: what all policies have in common, whatever computes them. */
export declare abstract class ActingPolicy {
    #private;
    readonly facts: PolicyFacts;
    constructor(facts: PolicyFacts, actionSize?: number);
    /** Made when the policy first acts. */
    protected abstract makeActor(): Actor;
    /**
     * The action for one raw observation (normalizers are inside the policy), inside the action space: a number for
     * discrete, a fresh Float32Array for box, an Int32Array for multi-discrete and multi-binary, an object or array of
     * these for dict and tuple: name its type, `act<{ move: Float32Array; fire: number }>(observation)`.
     * Throws `invalid-observation` for an observation of another shape or with numbers that are not finite.
     */
    act<ActionType = Action>(observation: SpaceValue, options?: ActOptions): ActionType;
    /**
     * Actions for `n` observations: an array of n raw observations, or for box spaces one flat array of n rows. Returns
     * one flat array of n rows: Int32Array for discrete and multi-*, else Float32Array.
     */
    actBatch(observations: ArrayLike<number> | readonly SpaceValue[], n: number, options?: ActOptions): Float32Array | Int32Array;
    /** Lets go of the instance's memory. Safe twice; acting afterwards throws `disposed`. */
    dispose(): void;
    /** What computes the actions, once it was needed. */
    protected get actor(): Actor | undefined;
    protected views(rows: number, { deterministic, actionMask }: ActOptions): ActingViews;
    protected run(views: ActingViews, rows: number, { actionMask }: ActOptions): void;
    /** The one action of a single row. */
    protected action(views: ActingViews, out: Float32Array | Int32Array | undefined): Action;
    protected actions({ action }: ActingViews, rows: number, out: Float32Array | Int32Array | undefined): Float32Array | Int32Array;
    /** From the numbers that were computed, rows of `width`, to actions as the environment takes them. */
    protected finish(action: Float32Array | Int32Array, rows: number, width: number, out: Float32Array | Int32Array): void;
}
