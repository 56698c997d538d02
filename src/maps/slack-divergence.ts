import { BregmanError } from "../error.ts";
import { log64 } from "../math/float64.ts";

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
export function slackDivergence(change: number, slack: number, kind: "entropy" | "barrier" = "entropy"): number {
  if (!(slack > 0)) {
    throw new BregmanError("invalid-option", `slack: expected budget - cost above 0, got ${slack}: recover first`);
  }
  if (change >= slack) return Infinity;
  const logShare = log64((slack - change) / slack);
  return kind === "entropy" ? change + (slack - change) * logShare : -logShare - change / slack;
}
