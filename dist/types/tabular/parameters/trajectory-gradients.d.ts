import type { Mdp } from "../mdp.js";
import type { Trajectory } from "./trajectories.js";
/** sum of weight g(tau), g = sum_t R_t grad log pi(a_t | s_t) with R_t the discounted reward from t on: REINFORCE. */
export declare function meanGradient(mdp: Mdp, parameters: Float64Array, trajectories: readonly Trajectory[]): Float64Array;
/**
 * sum of weight H(tau) v: H v = <grad log P(tau), v> g(tau) + grad <g(tau), v>, unbiased for the Hessian of J times v.
 * The first term is the density's share: without it the curvature of the logarithms alone would be left.
 */
export declare function meanCurvature(mdp: Mdp, parameters: Float64Array, trajectories: readonly Trajectory[], direction: Float64Array): Float64Array;
/** sum of weight sum_t discount^t F(s_t) v, F(s) = diag pi - pi pi' the Fisher information of the state's logits. */
export declare function meanFisher(mdp: Mdp, parameters: Float64Array, trajectories: readonly Trajectory[], direction: Float64Array): Float64Array;
/**
 * The same trajectories as if drawn with `other` parameters: weights times P(tau | other) / P(tau | parameters), the
 * ratio held between `lowest` and `highest`.
 */
export declare function reweighted(mdp: Mdp, trajectories: readonly Trajectory[], parameters: Float64Array, other: Float64Array, [lowest, highest]?: readonly [number, number]): Trajectory[];
