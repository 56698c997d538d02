import type { WasmInstance } from "../devices/wasm-instance.js";
import type { EnvironmentDefinition, EnvironmentOptions } from "./registry.js";
import type { VectorEnvironment } from "./vector-environment.js";
export interface VectorOptions {
    /** Parallel copies; 1 by default. */
    count?: number;
    /** 0 by default. */
    seed?: number;
}
/** What the single-environment face needs beyond `VectorEnvironment`. */
export interface BuiltinVectorEnvironment extends VectorEnvironment {
    readonly definition: EnvironmentDefinition;
    /** The address of what assembly/envs/layout.ts describes. */
    readonly header: number;
    /** The state, float64 [stateSize, stride]: component-major, `stride` is the count rounded up to even. */
    readonly state: Float64Array<ArrayBuffer>;
    readonly stride: number;
    /** Steps taken in each copy's running episode. */
    readonly elapsed: Int32Array<ArrayBuffer>;
    /** [key0, key1, draw, salt] of each copy. */
    readonly generators: Int32Array<ArrayBuffer>;
    /** Recomputes `observations` after a change of `state`. */
    observe(): void;
}
/**
 * Copies of a built-in environment in the memory of `instance`, seeded and reset. Copy i draws from (seed, environment
 * stream, salt i), so what it lives through does not depend on the number of copies.
 */
export declare function createBuiltinVectorEnvironment(instance: WasmInstance, name: string, { count, seed, ...options }?: VectorOptions & EnvironmentOptions): BuiltinVectorEnvironment;
/** As above; `restarts: false` leaves a copy where its episode ended. */
export declare function createFromDefinition(instance: WasmInstance, definition: EnvironmentDefinition, count: number, seed: number, restarts: boolean): BuiltinVectorEnvironment;
