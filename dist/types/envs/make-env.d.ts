import type { VectorOptions } from "./builtin.js";
import type { EnvironmentOptions } from "./registry.js";
import type { SingleEnvironment } from "./single-environment.js";
import type { VectorEnvironment } from "./vector-environment.js";
/**
 * One copy of a built-in environment, with Gymnasium's semantics. `options.seed` (0) seeds the stream that `reset()`
 * without a seed draws from; the others are the environment's own (see `list("envs")`).
 * Throws `unknown-environment` or `unknown-option` with the nearest names.
 */
export declare function makeEnv(name: string, { seed, ...options }?: {
    seed?: number;
} & EnvironmentOptions): Promise<SingleEnvironment>;
/** Several copies of a built-in environment, stepped together, in an instance of their own; see `VectorEnvironment`. */
export declare function makeVectorEnv(name: string, options?: VectorOptions & EnvironmentOptions): Promise<VectorEnvironment>;
