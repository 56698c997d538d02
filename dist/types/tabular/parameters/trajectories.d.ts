import type { Mdp } from "../mdp.js";
/** States and actions, step by step, and what the trajectory counts in a mean. */
export interface Trajectory {
    readonly states: readonly number[];
    readonly actions: readonly number[];
    readonly weight: number;
}
/** Trajectories under the policy of these parameters; their weights make an unbiased mean. May remember its draws. */
export type TrajectorySource = (parameters: Float64Array) => readonly Trajectory[];
/** `count` trajectories a call, from the seed's streams of environment and policy. Throws `invalid-option`. */
export declare function sampledTrajectories(mdp: Mdp, horizon: number, count: number, seed?: number): TrajectorySource;
/** Every trajectory, weighing its probability: the oracle. Throws `invalid-option` where there may be above 2^20. */
export declare function allTrajectories(mdp: Mdp, horizon: number): TrajectorySource;
