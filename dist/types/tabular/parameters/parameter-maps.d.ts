import type { Mdp } from "../mdp.js";
import type { TrajectorySource } from "./trajectories.js";
/** A mirror map psi on parameters, by its step. */
export interface ParameterMap {
    readonly id: string;
    /** argmax_x <u, x> - 1/size D_psi(x, theta), a fresh array. */
    step(parameters: Float64Array, direction: Float64Array, size: number): Float64Array;
}
/** psi = |x|_p^2 / 2: the step adds size u to the link of theta. p = 2 is plain ascent, to the bit. */
export declare function normMap(p: number): ParameterMap;
/** psi = x' diag(sqrt v + 1e-8) x / 2, v a running mean of u^2, corrected for its start, as in Adam. It remembers. */
export declare function diagonalMap(decay?: number): ParameterMap;
/**
 * psi = sum |x| log |x| among parameters of the signs and of the norm |x|_1 of theta:
 * |x| ~ |theta| e^{size sign(theta) u}. A parameter of 0 stays 0.
 */
export declare const entropyMap: ParameterMap;
/**
 * psi = x' F x / 2 with the Fisher information F of the trajectories of `source`: natural ascent. F^{-1} u is
 * approached by `iterations` gradient steps of size `rate` on E <w, score>^2 / 2 - <u, w> from w = 0, each on fresh
 * trajectories (with all of them, and enough steps, exactly: u lies in the range of F).
 */
export declare function fisherMap(mdp: Mdp, source: TrajectorySource, { iterations, rate }?: {
    iterations?: number;
    rate?: number;
}): ParameterMap;
