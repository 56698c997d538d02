import type { Space } from "./spaces.js";
/** What the environment tells beside the observation. `actionMask`: one byte per choice, 1 = allowed. */
export interface Info {
    actionMask?: ArrayLike<number>;
    [key: string]: unknown;
}
export interface ResetOptions {
    /** Starts the environment's random stream anew; without it the stream goes on. */
    seed?: number;
    /** For environments that know options of their own. */
    options?: Record<string, unknown>;
}
export interface ResetResult<Observation = unknown> {
    observation: Observation;
    info: Info;
}
export interface StepResult<Observation = unknown> {
    observation: Observation;
    reward: number;
    /** The task came to an end of its own: nothing comes after. */
    terminated: boolean;
    /** The episode was cut, by a time limit for instance: the final observation still has a value. */
    truncated: boolean;
    info: Info;
}
/**
 * One environment, with the semantics of Gymnasium: `reset`, then `step` until `terminated` or `truncated`, then
 * `reset`. A user's own environment is a plain object like this. `save` and `restore`, where both exist, carry
 * everything that the next steps depend on, so that a resumed training continues to the same bits.
 */
export interface Environment<Observation = any, Action = any> {
    readonly name?: string;
    readonly observationSpace: Space;
    readonly actionSpace: Space;
    reset(options?: ResetOptions): ResetResult<Observation>;
    step(action: Action): StepResult<Observation>;
    close?(): void;
    save?(): Uint8Array;
    restore?(bytes: Uint8Array): void;
}
/** One environment, or a function that makes one: parallel copies need the function. */
export type EnvironmentSource = Environment | (() => Environment);
