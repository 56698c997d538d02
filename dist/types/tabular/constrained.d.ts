import { type Mdp, type TabularPolicy } from "./mdp.js";
/** A bound on an expected cost: sum_{s,a} d(s) pi(a|s) cost(s, a) <= budget, d the normalized occupancy. */
export interface Constraint {
    /** [S, A]. */
    readonly cost: Float64Array;
    readonly budget: number;
}
/** Throws `invalid-shape` where a constraint is none of this process. */
export declare function checkConstraint({ rewards }: Mdp, { cost, budget }: Constraint): void;
export interface PrimalDualChoices {
    readonly stepSize: number;
    /** Step of the multipliers. */
    readonly multiplierStepSize: number;
    /** Both players move by 2 g_k - g_{k-1}: the last iterate settles (ReLOAD). Without it only the average does. */
    readonly isOptimistic?: boolean;
}
/**
 * Mirror descent on a constrained process as a game between the policy, on the reward r - sum_i mu_i c_i, and the
 * multipliers, mu <- [mu + beta g]_+ with g = cost - budget (Moskovitz et al. 2023, ReLOAD).
 */
export declare class ConstrainedMirrorDescent {
    #private;
    readonly mdp: Mdp;
    readonly constraints: readonly Constraint[];
    constructor(mdp: Mdp, constraints: readonly Constraint[], choices: PrimalDualChoices, first?: TabularPolicy);
    get policy(): TabularPolicy;
    get multipliers(): Float64Array;
    /** The normalized reward and costs of the policy, sum_{s,a} d pi r. */
    measure(): {
        readonly reward: number;
        readonly costs: Float64Array;
    };
    step(): void;
}
