import type { WasmInstance } from "../../devices/wasm-instance.js";
import type { SingleEnvironment } from "../single-environment.js";
import type { Space } from "../spaces.js";
import type { VectorEnvironment } from "../vector-environment.js";
/** A MuJoCo task whose sizes are known. */
export interface OpenedMujoco {
    readonly observationSpace: Space;
    readonly actionSpace: Space;
    /** One copy; its first `reset()` without a seed is seeded with `seed`. */
    single(seed: number): SingleEnvironment;
    create(instance: WasmInstance, count: number, seed: number): VectorEnvironment;
}
/**
 * Loads the entry "bregman/mujoco" and MuJoCo, when the first such task is asked for: pages that train something else
 * never fetch them.
 */
export declare function openMujoco(name: string, options?: object): Promise<OpenedMujoco>;
