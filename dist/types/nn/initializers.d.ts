import type { ParameterSpec } from "./module.js";
/**
 * First values of all parameters, flat, in the order of `specs`. The same (specs, seed, draw) gives the same bits in
 * every engine: the random numbers come from the stream "initialization" through a compiled program, and the host only
 * adds, multiplies, divides and takes square roots. Networks that are initialized apart from each other (policy, value,
 * ...) need different `draw`s, or they begin equal.
 *
 * Throws `invalid-shape` for an orthogonal parameter that is not [inputs, outputs].
 */
export declare function initializeParameters(specs: readonly ParameterSpec[], seed: number, draw?: number): Promise<Float32Array<ArrayBuffer>>;
