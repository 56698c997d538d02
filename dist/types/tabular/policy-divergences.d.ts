/** How far a distribution is from another, for penalties and radii that need not be those of the step's map. */
export interface PolicyDivergence {
    readonly id: string;
    value(policy: ArrayLike<number>, other: ArrayLike<number>): number;
    /** With respect to the first. */
    gradient(policy: ArrayLike<number>, other: ArrayLike<number>): Float64Array;
}
/** KL(p || q). */
export declare const klDivergence: PolicyDivergence;
/** KL(q || p). */
export declare const reverseKlDivergence: PolicyDivergence;
/** sum_a (p - q)^2 / q, which is 2 KL up to the third order. */
export declare const chiSquareDivergence: PolicyDivergence;
