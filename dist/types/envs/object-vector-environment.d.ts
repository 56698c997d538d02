import type { WasmInstance } from "../devices/wasm-instance.js";
import type { VectorOptions } from "./builtin.js";
import type { EnvironmentSource } from "./environment.js";
import type { VectorEnvironment } from "./vector-environment.js";
/**
 * A user's own environment as a `VectorEnvironment`, its arrays in the memory of `instance`. `source` is the
 * environment, or a function that makes one per copy. Call `reset(seed)` first. Everything the environment returns is
 * checked: a missing field, a value outside its space, a NaN or infinite number is a `BregmanError` that names
 * environment, copy and step. Copy i is reset once with a seed derived from (seed, i); later resets go on with its own
 * stream. Box actions are clipped to the box. Throws `invalid-option` when copies are asked of an environment that is
 * not a function making them.
 *
 * Where several agents act in an environment each is a lane, a copy of its own to whoever steps them: `count` is then
 * the number of lanes, those of one environment side by side. A lane whose agent is out waits, with its last
 * observation, a reward of 0 and no flag, until all agents of its environment are out and the next episode begins.
 */
export declare function createObjectVectorEnvironment(instance: WasmInstance, source: EnvironmentSource, { count: copyCount, seed }?: VectorOptions): VectorEnvironment;
