import type { WasmInstance } from "../devices/wasm-instance.js";
import type { Space } from "../envs/spaces.js";
import type { VectorEnvironment } from "../envs/vector-environment.js";
import type { EnvironmentArgument } from "./trainer-options.js";
/** An environment before its copies are made in a trainer's memory. */
export interface OpenedEnvironment {
    readonly name: string;
    readonly builtin: boolean;
    /** Whether more than one copy can be made. */
    readonly copies: boolean;
    /** How many agents act in one copy; 1 where it is left out. */
    readonly agents?: number;
    readonly observationSpace: Space;
    readonly actionSpace: Space;
    /** `count` copies, with as many lanes as there are agents in them. */
    create(instance: WasmInstance, count: number, seed: number): VectorEnvironment;
}
/**
 * Throws `unknown-environment` for a name that does not exist, `invalid-environment` for an object that is none,
 * `missing-dependency` for a MuJoCo task without MuJoCo, `not-found` for a module that cannot be loaded.
 */
export declare function openEnvironment(given: EnvironmentArgument | undefined, options?: Readonly<Record<string, unknown>>): Promise<OpenedEnvironment>;
