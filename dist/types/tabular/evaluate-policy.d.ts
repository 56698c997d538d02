import type { Geometry } from "../maps/geometry/geometry.js";
import type { Mdp, TabularPolicy } from "./mdp.js";
/** What makes a policy's value soft: -temperature h(pi(.|s)) is added to the reward of each state. */
export interface Regularization {
    readonly geometry: Geometry;
    readonly temperature: number;
}
/** r_pi [S], with the regularizer's part. */
export declare function stateRewards({ states, actions, rewards }: Mdp, policy: TabularPolicy, regularization?: Regularization): Float64Array;
/** V of a policy [S], the solution of (I - discount M) V = r_pi, by elimination. */
export declare function valuesOf(mdp: Mdp, policy: TabularPolicy, regularization?: Regularization): Float64Array;
/**
 * V by GMRES from `values` on, in place, to a largest residual of `tolerance`; by elimination where that is not
 * reached.
 */
export declare function improveValues(mdp: Mdp, policy: TabularPolicy, values: Float64Array, { regularization, tolerance }?: {
    regularization?: Regularization;
    tolerance?: number;
}): void;
/** Q [S, A] of values V: r + discount P V. */
export declare function qValues(mdp: Mdp, values: Float64Array): Float64Array;
/** A [S, A] = Q - sum_a pi Q. */
export declare function advantagesOf(mdp: Mdp, policy: TabularPolicy, q: Float64Array): Float64Array;
/** d [S]: the normalized discounted occupancy, (1 - discount) sum_t discount^t P(s_t = s), from the start. */
export declare function occupancyOf(mdp: Mdp, policy: TabularPolicy): Float64Array;
/** J: the value expected at the start. */
export declare function returnOf({ start }: Mdp, values: Float64Array): number;
