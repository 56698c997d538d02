import type { Tensor } from "../tensor/index.js";
import type { ParameterSpec, Parameters } from "./module.js";
/** Length of the flat vector that holds all of `specs`. */
export declare function parameterCount(specs: readonly ParameterSpec[]): number;
/** The place of one parameter in the flat vector: elements `start` to `stop`. */
export interface ParameterPlace {
    readonly spec: ParameterSpec;
    readonly start: number;
    readonly stop: number;
}
/**
 * Where each parameter lies: one after the other, in the order of `specs`. Throws `invalid-option` for a name used
 * twice.
 */
export declare function parameterPlaces(specs: readonly ParameterSpec[]): ParameterPlace[];
/**
 * Parameters by name as views of the flat vector [P], in the order of `specs`; their gradients meet again in one flat
 * vector. Throws `invalid-shape` unless P is the sum of their sizes.
 */
export declare function bindParameters(flat: Tensor, specs: readonly ParameterSpec[]): Parameters;
