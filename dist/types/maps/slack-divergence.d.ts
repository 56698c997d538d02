/**
 * What C-TRPO adds to KL(old || new) so that no step leaves the feasible policies (Milosevic, Mueller, Scherf 2025):
 * the divergence that x log x ("entropy") or -log x ("barrier") generates at the slack budget - cost > 0, as a function
 * of the change of the cost:
 *
 *     entropy: change + (slack - change) log((slack - change) / slack)
 *     barrier: -log((slack - change) / slack) - change / slack
 *
 * Its second derivative at 0 is 1/slack and 1/slack^2. Infinite where the budget would be used up.
 */
export declare function slackDivergence(change: number, slack: number, kind?: "entropy" | "barrier"): number;
