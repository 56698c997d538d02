import { dot } from "../../maps/geometry/vectors.ts";
import type { Mdp, TabularPolicy } from "../mdp.ts";
import { softmaxPolicy } from "../softmax-policy.ts";
import type { Trajectory } from "./trajectories.ts";

// Policy gradients from trajectories of `horizon` steps, for policies whose parameters [S, A] are logits. What is
// estimated belongs to J(theta) = E sum_t discount^t r_t, t < horizon.

/** sum of weight g(tau), g = sum_t R_t grad log pi(a_t | s_t) with R_t the discounted reward from t on: REINFORCE. */
export function meanGradient(
  mdp: Mdp, parameters: Float64Array, trajectories: readonly Trajectory[],
): Float64Array {
  const policy = softmaxPolicy(mdp, parameters);
  const mean = new Float64Array(policy.length);
  for (const each of trajectories) addScores(mdp, policy, each, rewardsToGo(mdp, each), each.weight, mean);
  return mean;
}

/**
 * sum of weight H(tau) v: H v = <grad log P(tau), v> g(tau) + grad <g(tau), v>, unbiased for the Hessian of J times v.
 * The first term is the density's share: without it the curvature of the logarithms alone would be left.
 */
export function meanCurvature(
  mdp: Mdp, parameters: Float64Array, trajectories: readonly Trajectory[], direction: Float64Array,
): Float64Array {
  const policy = softmaxPolicy(mdp, parameters);
  const mean = new Float64Array(policy.length);
  for (const each of trajectories) {
    const rewards = rewardsToGo(mdp, each);
    const score = new Float64Array(policy.length);
    addScores(mdp, policy, each, rewards.map(() => 1), 1, score);
    addScores(mdp, policy, each, rewards, each.weight * dot(score, direction), mean);
    addFisher(mdp, policy, each, rewards, -each.weight, direction, mean);
  }
  return mean;
}

/** sum of weight sum_t discount^t F(s_t) v, F(s) = diag pi - pi pi' the Fisher information of the state's logits. */
export function meanFisher(
  mdp: Mdp, parameters: Float64Array, trajectories: readonly Trajectory[], direction: Float64Array,
): Float64Array {
  const policy = softmaxPolicy(mdp, parameters);
  const mean = new Float64Array(policy.length);
  for (const each of trajectories) addFisher(mdp, policy, each, discounts(mdp, each), each.weight, direction, mean);
  return mean;
}

/**
 * The same trajectories as if drawn with `other` parameters: weights times P(tau | other) / P(tau | parameters), the
 * ratio held between `lowest` and `highest`.
 */
export function reweighted(
  mdp: Mdp, trajectories: readonly Trajectory[], parameters: Float64Array, other: Float64Array,
  [lowest, highest]: readonly [number, number] = [0, Infinity],
): Trajectory[] {
  const [policy, wanted] = [softmaxPolicy(mdp, parameters), softmaxPolicy(mdp, other)];
  return trajectories.map((each) => {
    let ratio = 1;
    each.states.forEach((s, t) => {
      const i = s * mdp.actions + each.actions[t]!;
      ratio *= wanted[i]! / policy[i]!;
    });
    return { ...each, weight: each.weight * Math.max(lowest, Math.min(highest, ratio)) };
  });
}

/** discount^t. */
function discounts({ discount }: Mdp, { states }: Trajectory): number[] {
  let weight = 1 / discount;
  return discount === 0 ? states.map((_, t) => (t === 0 ? 1 : 0)) : states.map(() => (weight *= discount));
}

/** R_t = sum over i from t on of discount^i r_i. */
function rewardsToGo(mdp: Mdp, trajectory: Trajectory): number[] {
  const result = discounts(mdp, trajectory);
  let sum = 0;
  for (let t = result.length - 1; t >= 0; t--) {
    sum += result[t]! * mdp.rewards[trajectory.states[t]! * mdp.actions + trajectory.actions[t]!]!;
    result[t] = sum;
  }
  return result;
}

/** out += scale sum_t c_t grad log pi(a_t | s_t). */
function addScores(
  { actions }: Mdp, policy: TabularPolicy, trajectory: Trajectory, coefficients: readonly number[], scale: number,
  out: Float64Array,
): void {
  trajectory.states.forEach((s, t) => {
    const weight = scale * coefficients[t]!;
    out[s * actions + trajectory.actions[t]!]! += weight;
    for (let i = s * actions; i < (s + 1) * actions; i++) out[i]! -= weight * policy[i]!;
  });
}

/** out += scale sum_t c_t (diag pi - pi pi') v, row s_t; minus the second derivative of log pi, whatever the action. */
function addFisher(
  { actions }: Mdp, policy: TabularPolicy, { states }: Trajectory, coefficients: readonly number[], scale: number,
  v: Float64Array, out: Float64Array,
): void {
  states.forEach((s, t) => {
    const row = (table: Float64Array): Float64Array => table.subarray(s * actions, (s + 1) * actions);
    const mean = dot(row(policy), row(v));
    for (let i = s * actions; i < (s + 1) * actions; i++) {
      out[i]! += scale * coefficients[t]! * policy[i]! * (v[i]! - mean);
    }
  });
}
