import { proximalStep } from "../maps/geometry/mirror-step.ts";
import { qValues, valuesOf, type Regularization } from "./evaluate-policy.ts";
import { uniformPolicy, type Mdp, type TabularPolicy } from "./mdp.ts";

/** T V [S]: the best value of one step; with a regularizer max_p <q, p> - temperature h(p). */
export function bellmanOptimality(mdp: Mdp, values: Float64Array, regularization?: Regularization): Float64Array {
  const { states, actions } = mdp;
  const q = qValues(mdp, values);
  return Float64Array.from({ length: states }, (_, s) => {
    const row = q.subarray(s * actions, (s + 1) * actions);
    if (!regularization || regularization.temperature === 0) return row.reduce((a, b) => Math.max(a, b), -Infinity);
    const { geometry, temperature } = regularization;
    return temperature * geometry.conjugate(row.map((x) => x / temperature));
  });
}

/** V* by value iteration: until two iterates differ by less than `tolerance` times (1 - discount) / discount. */
export function valueIteration(
  mdp: Mdp, { tolerance = 1e-12, regularization }: { tolerance?: number; regularization?: Regularization } = {},
): Float64Array {
  let values: Float64Array = new Float64Array(mdp.states);
  for (let gap = Infinity; gap > tolerance * (1 - mdp.discount);) {
    const next = bellmanOptimality(mdp, values, regularization);
    gap = next.reduce((largest, v, s) => Math.max(largest, Math.abs(v - values[s]!)), 0);
    values = next;
  }
  return values;
}

/** The policy that is best against values: greedy, the first of equal actions; with a regularizer its projection. */
export function greedyPolicy(mdp: Mdp, values: Float64Array, regularization?: Regularization): TabularPolicy {
  const { states, actions } = mdp;
  const q = qValues(mdp, values);
  const policy = new Float64Array(states * actions);
  for (let s = 0; s < states; s++) {
    const row = q.subarray(s * actions, (s + 1) * actions);
    if (regularization && regularization.temperature > 0) {
      policy.set(proximalStep(regularization.geometry, row, [], regularization.temperature), s * actions);
    } else {
      policy[s * actions + row.indexOf(row.reduce((a, b) => Math.max(a, b), -Infinity))] = 1;
    }
  }
  return policy;
}

/** V* and an optimal policy by policy iteration, exact after finitely many steps; with a regularizer quadratic. */
export function policyIteration(
  mdp: Mdp, regularization?: Regularization,
): { readonly policy: TabularPolicy; readonly values: Float64Array } {
  let policy = uniformPolicy(mdp);
  let values = valuesOf(mdp, policy, regularization);
  for (let i = 0; i < 1000; i++) {
    const next = greedyPolicy(mdp, values, regularization);
    const better = valuesOf(mdp, next, regularization);
    const gain = better.reduce((largest, v, s) => Math.max(largest, v - values[s]!), -Infinity);
    [policy, values] = [next, better];
    if (!(gain > 1e-14 * Math.max(1, Math.abs(better[0]!)))) break;
  }
  return { policy, values };
}
