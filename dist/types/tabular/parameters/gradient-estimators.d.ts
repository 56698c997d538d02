import type { RandomSource } from "../../random/streams.js";
import type { Mdp } from "../mdp.js";
import type { TrajectorySource } from "./trajectories.js";
/** Estimates grad J along a path of parameters, one call a step. Made anew for each run: it remembers. */
export interface GradientEstimator {
    readonly id: string;
    /** u_t at theta_t, a fresh array. It points uphill, from the first on. */
    next(parameters: Float64Array): Float64Array;
}
/** A number, or one for each iteration from 0 on. */
export type Rule = number | ((iteration: number) => number);
export declare const ruleAt: (rule: Rule, iteration: number) => number;
/** u_t = a g_t + (1 - a) u_{t-1} from u_0 = g_0 on (BGPO); a = 1 is the mean of each batch. */
export declare function momentum(mdp: Mdp, source: TrajectorySource, share?: Rule): GradientEstimator;
/**
 * u_t = g_t + (1 - a) (u_{t-1} - w g'_t) from u_0 = g_0 on: g' is the gradient at theta_{t-1} on the trajectories of
 * theta_t, w = P(tau | theta_{t-1}) / P(tau | theta_t) within `range` (VR-BGPO, a STORM estimator; its bias is what the
 * range cuts).
 */
export declare function recursiveMomentum(mdp: Mdp, source: TrajectorySource, share: Rule, range?: readonly [number, number]): GradientEstimator;
/**
 * VRMPO's epochs of `length` steps, SARAH: G from a large batch, then over small ones G_t = G_{t-1} + mean of
 * g(theta_t) - w g(theta_{t-1}). Recursive momentum that forgets everything once an epoch and nothing in between.
 * Throws `invalid-option` for a length that is no positive integer.
 */
export declare function epochs(mdp: Mdp, large: TrajectorySource, small: TrajectorySource, length: number): GradientEstimator;
/**
 * u_t = a g_t + (1 - a) (u_{t-1} + H(tau') (theta_t - theta_{t-1})) from u_0 = g_0 on (NPG-HM): H is taken at a point
 * uniform on the segment, on trajectories drawn there, so that its mean is grad J(theta_t) - grad J(theta_{t-1}) and no
 * importance weight is needed.
 */
export declare function hessianMomentum(mdp: Mdp, source: TrajectorySource, share: Rule, random: Pick<RandomSource, "uniform">, curvatureSource?: TrajectorySource): GradientEstimator;
