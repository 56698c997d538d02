import type { Mdp } from "./mdp.js";
import type { Signal } from "./signals.js";
/**
 * For policies that are one distribution for all states of a group, the mirror step within that class: its signal is
 * sum_s d_k(s) Q_k(s, .) / sum_s d_k(s) over the states of each, d_k the occupancy of the policy; or equal weights. One
 * group: all states share a distribution. Each state alone: Q, whatever the weights. `groups` [S] names the group of
 * each state; the first policy has to be of the class. Throws `invalid-shape` where `groups` does not fit.
 */
export declare function groupedValues(groups: readonly number[], weights?: "occupancy" | "equal"): Signal;
/**
 * For log-linear policies pi ~ e^{theta . phi}, phi [S, A, n]: g = phi w, w the shortest among the best fits
 *
 *     min_w  sum_{s,a} d(s, a) ( w . phi(s, a) - Q_k(s, a) )^2
 *
 * so that a KL step of size eta is theta + eta w, the natural gradient with the critic of the class (Q-NPG; Agarwal,
 * Kakade, Lee, Mahajan 2021; Yuan, Du, Gower, Lazaric, Xiao 2023). d is the occupancy of the policy, "own", or as in
 * the latter paper the one that begins with any pair, all equally likely, so that no pair is ever without weight,
 * "covering". `isCentered` fits the advantages with phi - E_pi phi, which is the natural gradient itself. Throws
 * `invalid-shape` for features of another process.
 */
export declare function fittedValues(features: Float64Array, { isCentered, weights }?: {
    isCentered?: boolean;
    weights?: "own" | "covering";
}): Signal;
/** Features [S, A, n], one for each pair: every policy is of their class. */
export declare function oneHotFeatures({ states, actions }: Pick<Mdp, "states" | "actions">): Float64Array;
/** Features [S, A, count] uniform in [-1, 1), the same for the same seed everywhere. */
export declare function randomFeatures({ states, actions }: Pick<Mdp, "states" | "actions">, count: number, seed?: number): Float64Array;
