import { type Regularization } from "./evaluate-policy.js";
import type { Mdp, TabularPolicy } from "./mdp.js";
/**
 * The average reward g of a policy and its bias h [S], h + g = r_pi + M h with h_0 = 0: what the states are worth
 * relative to state 0. For processes with one recurrent class; else throws `numerical-failure`.
 */
export declare function averageReward(mdp: Mdp, policy: TabularPolicy, regularization?: Regularization): {
    readonly gain: number;
    readonly bias: Float64Array;
};
/** Q [S, A] of the average criterion: r - g + P h. */
export declare function relativeQ(mdp: Mdp, bias: Float64Array, gain: number): Float64Array;
