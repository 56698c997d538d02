import { stateRewards, type Regularization } from "./evaluate-policy.ts";
import type { Mdp, TabularPolicy } from "./mdp.ts";
import { tablesOf } from "./process-tables.ts";

/**
 * The average reward g of a policy and its bias h [S], h + g = r_pi + M h with h_0 = 0: what the states are worth
 * relative to state 0. For processes with one recurrent class; else throws `numerical-failure`.
 */
export function averageReward(
  mdp: Mdp, policy: TabularPolicy, regularization?: Regularization,
): { readonly gain: number; readonly bias: Float64Array } {
  const tables = tablesOf(mdp);
  tables.setPolicy(policy, 1);
  const bias = tables.solve(stateRewards(mdp, policy, regularization), "relative");
  const gain = bias[0]!;
  bias[0] = 0;
  return { gain, bias };
}

/** Q [S, A] of the average criterion: r - g + P h. */
export function relativeQ(mdp: Mdp, bias: Float64Array, gain: number): Float64Array {
  return tablesOf(mdp).expect(bias).map((next, i) => mdp.rewards[i]! - gain + next);
}
