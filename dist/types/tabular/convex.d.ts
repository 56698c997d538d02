import type { Mdp, TabularPolicy } from "./mdp.js";
/** A concave objective of the occupancy d [S, A] of states and actions, maximized. */
export interface OccupancyObjective {
    value(occupancy: Float64Array): number;
    gradient(occupancy: Float64Array): Float64Array;
}
/** d [S, A] = d(s) pi(a|s). */
export declare function stateActionOccupancy(mdp: Mdp, policy: TabularPolicy): Float64Array;
/**
 * max_d f(d) as a game (Zahavy et al. 2021): the cost player's reward is grad f at the mean of the occupancies so far
 * (follow the leader, which is Frank and Wolfe's method), the policy player answers with the best policy for it. A
 * linear f gives that reward every time, which is reinforcement learning.
 */
export declare class ConvexMirrorDescent {
    #private;
    readonly mdp: Mdp;
    constructor(mdp: Mdp, objective: OccupancyObjective, first: TabularPolicy);
    /** The mean of the occupancies so far, its objective, and an upper bound of what is missing to the best. */
    get occupancy(): Float64Array;
    get value(): number;
    get dualityGap(): number;
    step(): void;
}
