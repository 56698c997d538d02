import { type Mdp, type TabularPolicy } from "./mdp.js";
/** The costs [S, A] that an apprentice may be charged: a convex set, closed and the same at c and -c. */
export interface CostClass {
    readonly id: string;
    /** The nearest cost of the class. */
    project(cost: Float64Array): Float64Array;
    /** The cost of the class that makes <c, difference> largest. */
    worst(difference: Float64Array): Float64Array;
}
/** |c|_2 <= radius: the worst cost is the difference itself, scaled. */
export declare function ballCosts(radius?: number): CostClass;
/** |c(s, a)| <= bound for each pair: the worst cost is the bound with the sign of the difference. */
export declare function boxCosts(bound?: number): CostClass;
export interface ApprenticeshipChoices {
    /** The policy's and the cost's step size at iteration k; for a gap of order 1/sqrt K both of that order. */
    readonly stepSize: number | ((iteration: number) => number);
    readonly costStepSize: number | ((iteration: number) => number);
    /** The unit ball where it is left out. */
    readonly costs?: CostClass;
}
/**
 * Learning from an expert's occupancy d_E [S, A] alone as a game (Shani, Zahavy, Mannor 2021, online apprenticeship
 * learning): min over policies, max over costs of <c, d_pi - d_E>. Both players take mirror steps at once:
 *
 *     pi' ~ pi e^{-t Q_c},     c' = Proj( c + beta (d_pi - d_E) )
 *
 * The regrets of both bound the gap of the AVERAGE policy, the one whose occupancy is the mean of all so far.
 */
export declare class ApprenticeshipMirrorDescent {
    #private;
    readonly mdp: Mdp;
    readonly expert: Float64Array;
    /** Throws `invalid-shape` where `expert` is no table of this process. The rewards of `mdp` are not looked at. */
    constructor(mdp: Mdp, expert: Float64Array, choices: ApprenticeshipChoices, first?: TabularPolicy);
    get iteration(): number;
    /** The policy and the cost of the last iteration. */
    get policy(): TabularPolicy;
    get cost(): Float64Array;
    /** pi(a|s) = d(s, a) / sum_b d(s, b), d the mean of the occupancies so far; uniform where no policy comes. */
    get averagePolicy(): TabularPolicy;
    /** max_c <c, d - d_E> of a policy, the average one where none is given: 0 where it visits what the expert does. */
    gap(policy?: TabularPolicy): number;
    step(): void;
}
