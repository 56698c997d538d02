import { type Space, type SpaceValue } from "../envs/spaces.js";
/** One observation, at `offset` of `out`. Throws `invalid-observation` for another shape or numbers not finite. */
export declare function flattenObservation(space: Space, observation: SpaceValue, out: Float32Array, offset: number): void;
/**
 * `n` observations, as rows of `width` numbers from the start of `out`: an array of raw ones, or for box spaces one
 * flat array. Throws `invalid-observation` for another number of them, another shape or numbers not finite.
 */
export declare function flattenObservations(space: Space, width: number, observations: ArrayLike<number> | readonly SpaceValue[], n: number, out: Float32Array): void;
