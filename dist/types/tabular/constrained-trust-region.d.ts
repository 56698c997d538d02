import { type Constraint } from "./constrained.js";
import { type Mdp, type TabularPolicy } from "./mdp.js";
export interface ConstrainedTrustRegionChoices {
    /** delta. */
    readonly radius: number;
    /** beta, the weight of the slack's divergence: 1 where it is left out, 0 for the plain trust region. */
    readonly slackWeight?: number;
    readonly kind?: "entropy" | "barrier";
}
/**
 * Trust regions that end where the constraint does (Milosevic, Mueller, Scherf 2025, C-TRPO), exactly. With J_c the
 * normalized cost of a policy, phi the divergence of its slack (`slackDivergence`, infinite beyond the budget) and d
 * the occupancy of the old policy p_k:
 *
 *     D(p) = sum_s d(s) KL(p_k || p) + beta phi( J_c(p) - J_c(p_k) ) <= delta
 *
 * The step goes along the natural gradient of the reward in the metric H of D at p_k, p ~ p_k e^{t x} with
 *
 *     x = A - mu A_c,   mu = beta phi'' <A, A_c> / (1 + beta phi'' <A_c, A_c>),   <.,.> the mean under d and p_k,
 *     t = sqrt(2 delta / x.Hx),   shortened by 0.8 until D <= delta.
 *
 * From a feasible policy every policy is feasible; from one that is not the cost alone falls, by
 * plain trust regions, until it is. The "entropy" of the slack is finite where the slack ends, so that a step may end
 * there, short of the best policy, and no other follows; under the "barrier" none does.
 */
export declare class ConstrainedTrustRegion {
    #private;
    readonly mdp: Mdp;
    readonly constraint: Constraint;
    /** Throws `invalid-shape` where the constraint is none of this process. */
    constructor(mdp: Mdp, constraint: Constraint, choices: ConstrainedTrustRegionChoices, first?: TabularPolicy);
    get policy(): TabularPolicy;
    /** The normalized reward and cost of the policy, sum_{s,a} d pi r. */
    get reward(): number;
    get cost(): number;
    step(): void;
}
