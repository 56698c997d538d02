import { discountedReturns, gae, type Trajectories } from "../estimators/estimators.ts";
import type { OnPolicyPieces } from "./on-policy-run.ts";

/** Advantages and returns from what a rollout saw, by the algorithm's signal. */
export function estimateAdvantages(pieces: OnPolicyPieces): void {
  const { plan, algorithm, chosen, environment, rollout, evaluation, batch } = pieces;
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
    if (batch.secondReturns) addSecondAdvantages(pieces, trajectories);
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

/**
 * Adds the advantages of the second channel, whose reward is -secondWeight log pi(a|s) of the policy that acted. In
 * `secondRewards` they take the place of the rewards: the estimator reads each before it writes there.
 */
function addSecondAdvantages(
  { plan, chosen, rollout, evaluation, batch }: OnPolicyPieces, trajectories: Trajectories,
): void {
  const { secondDiscount, secondLambda, secondWeight } = plan.hyperparameters;
  const { secondRewards, nextSecondValues } = rollout.buffers;
  const [second, logProb, advantages] =
    [secondRewards!, evaluation.buffer("oldLogProb"), batch.advantages].map((buffer) => buffer.view());
  for (let i = 0; i < second!.length; i++) second![i] = -secondWeight * logProb![i]!;
  gae(chosen.host.instance, {
    ...trajectories, rewards: secondRewards!.address, nextValues: nextSecondValues!.address,
    values: evaluation.buffer("secondValues").address, advantages: secondRewards!.address,
    returns: batch.secondReturns!.address,
  }, secondDiscount, secondLambda);
  for (let i = 0; i < second!.length; i++) advantages![i]! += second![i]!;
}
