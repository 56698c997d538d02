import { discountedReturns, gae } from "../estimators/estimators.ts";
import type { OnPolicyPieces } from "./on-policy-run.ts";

/** Advantages and returns from what a rollout saw, by the algorithm's signal. */
export function estimateAdvantages(
  { plan, algorithm, chosen, environment, rollout, evaluation, batch }: OnPolicyPieces,
): void {
  const { advantages, returns } = batch;
  const { discount, gaeLambda, horizon } = plan.hyperparameters;
  const { instance } = chosen.host;
  const { signal } = algorithm.choices;
  const trajectories = {
    steps: horizon,
    columns: environment.count,
    rewards: rollout.buffers.rewards.address,
    nextValues: rollout.buffers.nextValues.address,
    terminated: rollout.terminatedAddress,
    truncated: rollout.truncatedAddress,
  };
  if (signal.id === "gae") {
    const values = evaluation.buffer("values").address;
    const results = { advantages: advantages.address, returns: returns.address };
    gae(instance, { ...trajectories, values, ...results }, discount, gaeLambda);
    return;
  }
  if (!signal.baseline) rollout.buffers.nextValues.view().fill(0);
  discountedReturns(instance, { ...trajectories, targets: returns.address }, discount);
  const weights = advantages.view();
  weights.set(returns.view());
  if (!signal.baseline) return;
  const values = evaluation.buffer("values").view();
  for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! - values[i]!;
}
