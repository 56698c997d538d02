import type { Geometry } from "../maps/geometry/geometry.js";
/**
 * A reward for which `policy` is the best under the regularizer h, in one state: psi(a) = h'(p_a) - <p, h'(p)> + h(p).
 * Stationarity of <psi, p> - h(p) on the simplex asks psi = h'(p) + c, and c makes the regularized value 0; under
 * negative entropy psi = log p. (The reward operator of regularized adversarial imitation, Jeon et al. 2021.)
 */
export declare function inverseReward(geometry: Geometry, policy: ArrayLike<number>): Float64Array;
/**
 * One step of mirror descent on policies towards an expert's: grad h(p') = (1 - share) grad h(p) + share grad
 * h(expert), the geometric mixture under negative entropy (Han, Kim, Kim, Kim, Chang 2022).
 */
export declare function mixInDual(geometry: Geometry, policy: ArrayLike<number>, expert: ArrayLike<number>, share: number): Float64Array;
