import type { Space } from "../envs/spaces.js";
import type { ObservationWriter } from "./observation-writer.js";
/**
 * `n` observations, as rows of `width` numbers from the start of `out`: an array of raw ones, or for box spaces one
 * flat array. Throws `invalid-observation` for another number of them, another shape or numbers not finite.
 */
export declare function writeBatch(space: Space, write: ObservationWriter, width: number, observations: ArrayLike<unknown>, n: number, out: Float32Array): void;
