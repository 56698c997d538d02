import type { Geometry } from "../maps/geometry/geometry.ts";
import { dot } from "../maps/geometry/vectors.ts";
import { solveIteratively } from "./gmres.ts";
import type { Mdp, TabularPolicy } from "./mdp.ts";
import { tablesOf } from "./process-tables.ts";

/** What makes a policy's value soft: -temperature h(pi(.|s)) is added to the reward of each state. */
export interface Regularization {
  readonly geometry: Geometry;
  readonly temperature: number;
}

/** r_pi [S], with the regularizer's part. */
export function stateRewards(
  { states, actions, rewards }: Mdp, policy: TabularPolicy, regularization?: Regularization,
): Float64Array {
  return Float64Array.from({ length: states }, (_, s) => {
    let sum = 0;
    for (let i = s * actions; i < (s + 1) * actions; i++) sum += policy[i]! * rewards[i]!;
    if (!regularization || regularization.temperature === 0) return sum;
    const { geometry, temperature } = regularization;
    return sum - temperature * geometry.value(policy.subarray(s * actions, (s + 1) * actions));
  });
}

/** V of a policy [S], the solution of (I - discount M) V = r_pi, by elimination. */
export function valuesOf(mdp: Mdp, policy: TabularPolicy, regularization?: Regularization): Float64Array {
  const tables = tablesOf(mdp);
  tables.setPolicy(policy, mdp.discount);
  return tables.solve(stateRewards(mdp, policy, regularization));
}

/**
 * V by GMRES from `values` on, in place, to a largest residual of `tolerance`; by elimination where that is not
 * reached.
 */
export function improveValues(
  mdp: Mdp, policy: TabularPolicy, values: Float64Array,
  { regularization, tolerance = 1e-12 }: { regularization?: Regularization; tolerance?: number } = {},
): void {
  const tables = tablesOf(mdp);
  tables.setPolicy(policy, mdp.discount);
  const rewards = stateRewards(mdp, policy, regularization);
  if (solveIteratively(tables.apply, rewards, values, tolerance) > tolerance) values.set(tables.solve(rewards));
}

/** Q [S, A] of values V: r + discount P V. */
export function qValues(mdp: Mdp, values: Float64Array): Float64Array {
  const { rewards, discount } = mdp;
  return tablesOf(mdp).expect(values).map((next, i) => rewards[i]! + discount * next);
}

/** A [S, A] = Q - sum_a pi Q. */
export function advantagesOf(mdp: Mdp, policy: TabularPolicy, q: Float64Array): Float64Array {
  const { states, actions } = mdp;
  const advantages = q.slice();
  for (let s = 0; s < states; s++) {
    let mean = 0;
    for (let i = s * actions; i < (s + 1) * actions; i++) mean += policy[i]! * q[i]!;
    for (let i = s * actions; i < (s + 1) * actions; i++) advantages[i]! -= mean;
  }
  return advantages;
}

/** d [S]: the normalized discounted occupancy, (1 - discount) sum_t discount^t P(s_t = s), from the start. */
export function occupancyOf(mdp: Mdp, policy: TabularPolicy): Float64Array {
  const tables = tablesOf(mdp);
  tables.setPolicy(policy, mdp.discount);
  return tables.solve(mdp.start.map((x) => (1 - mdp.discount) * x), "transposed");
}

/** J: the value expected at the start. */
export function returnOf({ start }: Mdp, values: Float64Array): number {
  return dot(start, values);
}
