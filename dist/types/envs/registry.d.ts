import { type MujocoOptions } from "./mujoco/catalogue.js";
import type { Space } from "./spaces.js";
import type { Table } from "./tables.js";
/** Options of built-in environments; each environment knows only some (`EnvironmentEntry.options`). */
export interface EnvironmentOptions extends MujocoOptions {
    /** Steps after which an episode is truncated; null for no limit. */
    maxEpisodeSteps?: number | null;
    /** FrozenLake: "4x4" or "8x8". */
    map?: "4x4" | "8x8";
    /** FrozenLake: whether the ice is slippery. */
    slippery?: boolean;
    /** Bandit: the number of arms. */
    arms?: number;
    /** Bandit: the chance of each arm to pay 1. */
    means?: readonly number[];
}
/** A built-in environment with its options resolved. */
export interface EnvironmentDefinition {
    readonly name: string;
    /** The number assembly/envs/environment.ts knows it by. */
    readonly kind: number;
    /** Numbers in the settable state. */
    readonly stateSize: number;
    readonly observationSpace: Space;
    readonly actionSpace: Space;
    readonly maxEpisodeSteps: number | null;
    readonly rewardThreshold: number | null;
    readonly table?: Table;
}
/** What `list("envs")` prints. */
export interface EnvironmentEntry {
    readonly name: string;
    readonly description: string;
    readonly observationSpace: Space;
    readonly actionSpace: Space;
    /** Null where episodes have no time limit. */
    readonly maxEpisodeSteps: number | null;
    /** The mean return that counts as solved; null where none is published. */
    readonly rewardThreshold: number | null;
    /** The options it accepts, beside `maxEpisodeSteps`. */
    readonly options: readonly string[];
}
/** The names of the environments of this module; MuJoCo's tasks have a catalogue of their own. */
export declare const environmentNames: readonly string[];
/** Every one of these environments with its defaults. */
export declare function environmentEntries(): EnvironmentEntry[];
/**
 * A built-in environment with `options`. Throws `unknown-environment`, `unknown-option` (with the nearest names),
 * `invalid-option`.
 */
export declare function defineEnvironment(name: string, options?: EnvironmentOptions): EnvironmentDefinition;
