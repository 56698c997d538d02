import { BregmanError } from "../error.ts";
import { log64 } from "../math/float64.ts";
import { sphericalMean } from "../math/spherical-mean.ts";
import { randomSource, type RandomSource } from "../random/streams.ts";
import { draw } from "./draw.ts";
import { advantagesOf, occupancyOf, qValues, valuesOf } from "./evaluate-policy.ts";
import type { Mdp } from "./mdp.ts";
import { softmaxPolicy } from "./softmax-policy.ts";

export interface WeightAveragingChoices {
  /** M, steps of each, and the learning rate of a step. */
  readonly runs?: number;
  readonly steps: number;
  readonly learningRate: number;
  /** beta, the weight of log(pi / anchor) in the reward, and mu, how far the anchor follows in each step. */
  readonly penalty?: number;
  readonly anchorRate?: number;
  /** eta, how far the next start goes towards the merged runs. */
  readonly share?: number;
  /** Pairs drawn for each step, by which alone runs differ; the exact gradient where it is left out. */
  readonly batchSize?: number;
  readonly seed?: number;
}

/**
 * Weight averaging around policy gradients (Rame et al. 2024, WARP), on logits theta [S, A]. From a start theta_0 each
 * of M runs ascends the return of r - beta log(pi / pi_anchor), REINFORCE with the state's value as baseline, its
 * anchor a moving average of its own weights, anchor <- (1 - mu) anchor + mu theta. Then
 *
 *     merged = theta_0 + slerp(theta_1 - theta_0, ..., theta_M - theta_0),   theta_0 <- (1 - eta) theta_0 + eta merged
 *
 * With one run, mu = 0 and eta = 1 it is the KL-regularized policy gradient with a fixed anchor; with mu = 1 nothing is
 * penalized.
 */
export class WeightAveragedPolicies {
  readonly mdp: Mdp;
  readonly #choices: WeightAveragingChoices;
  #iteration = 0;
  #start: Float64Array;

  /** `first` are logits. Throws `invalid-shape` where they are none of this process. */
  constructor(mdp: Mdp, choices: WeightAveragingChoices, first = new Float64Array(mdp.rewards.length)) {
    if (first.length !== mdp.rewards.length) {
      throw new BregmanError("invalid-shape", `first: expected ${mdp.rewards.length} logits, got ${first.length}`);
    }
    this.mdp = mdp;
    this.#choices = choices;
    this.#start = first.slice();
  }

  /** Logits from which the next runs start. */
  get logits(): Float64Array { return this.#start; }

  /** The logits at the end of each run, and merged, of one round. */
  step(): { readonly runs: readonly Float64Array[]; readonly merged: Float64Array } {
    const { runs: count = 2, share = 0.3, seed = 0 } = this.#choices;
    const start = this.#start;
    const runs = Array.from({ length: count }, (_, i) =>
      this.#run(randomSource(seed, "policy", this.#iteration * count + i + 100)));
    const moves: readonly Float64Array[] = runs.map((logits) => logits.map((z, i) => z - start[i]!));
    const move = moves.reduce((mean, next, i) => sphericalMean(mean, next, 1 / (i + 1)));
    const merged = start.map((z, i) => z + move[i]!);
    this.#start = start.map((z, i) => (1 - share) * z + share * merged[i]!);
    this.#iteration++;
    return { runs, merged };
  }

  #run(random: RandomSource): Float64Array {
    const { steps, learningRate, anchorRate = 0.01 } = this.#choices;
    let logits = this.#start;
    let anchor = this.#start;
    for (let k = 0; k < steps; k++) {
      const gradient = this.#gradient(logits, anchor, random);
      const next = logits.map((z, i) => z + learningRate * gradient[i]!);
      logits = next;
      anchor = anchor.map((z, i) => (1 - anchorRate) * z + anchorRate * next[i]!);
    }
    return logits;
  }

  #gradient(logits: Float64Array, anchor: Float64Array, random: RandomSource): Float64Array {
    const { penalty = 0.1, batchSize } = this.#choices;
    const { actions, rewards } = this.mdp;
    const [policy, near] = [softmaxPolicy(this.mdp, logits), softmaxPolicy(this.mdp, anchor)];
    const costs = policy.map((p, i) => penalty * (log64(p) - log64(near[i]!)));
    const penalized = { ...this.mdp, rewards: rewards.map((r, i) => r - costs[i]!) };
    const advantages = advantagesOf(penalized, policy, qValues(penalized, valuesOf(penalized, policy)));
    const occupancy = occupancyOf(this.mdp, policy);
    if (batchSize === undefined) return policy.map((p, i) => occupancy[Math.floor(i / actions)]! * p * advantages[i]!);
    const gradient = new Float64Array(policy.length);
    for (let drawn = 0; drawn < batchSize; drawn++) {
      const at = draw(occupancy, random.uniform()) * actions;
      const action = draw(policy.subarray(at, at + actions), random.uniform());
      const weight = advantages[at + action]! / batchSize;
      for (let a = 0; a < actions; a++) gradient[at + a]! += weight * ((a === action ? 1 : 0) - policy[at + a]!);
    }
    return gradient;
  }
}
