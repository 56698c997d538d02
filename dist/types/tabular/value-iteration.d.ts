import { type Regularization } from "./evaluate-policy.js";
import { type Mdp, type TabularPolicy } from "./mdp.js";
/** T V [S]: the best value of one step; with a regularizer max_p <q, p> - temperature h(p). */
export declare function bellmanOptimality(mdp: Mdp, values: Float64Array, regularization?: Regularization): Float64Array;
/** V* by value iteration: until two iterates differ by less than `tolerance` times (1 - discount) / discount. */
export declare function valueIteration(mdp: Mdp, { tolerance, regularization }?: {
    tolerance?: number;
    regularization?: Regularization;
}): Float64Array;
/** The policy that is best against values: greedy, the first of equal actions; with a regularizer its projection. */
export declare function greedyPolicy(mdp: Mdp, values: Float64Array, regularization?: Regularization): TabularPolicy;
/** V* and an optimal policy by policy iteration, exact after finitely many steps; with a regularizer quadratic. */
export declare function policyIteration(mdp: Mdp, regularization?: Regularization): {
    readonly policy: TabularPolicy;
    readonly values: Float64Array;
};
