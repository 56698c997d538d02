import { logSumExp, softmax } from "../maps/geometry/negative-entropy.ts";
import { log64, tanh64 } from "../math/float64.ts";
import { tablesOf } from "./process-tables.ts";
import type { Mdp, TabularPolicy } from "./mdp.ts";

/** What log-probabilities become before they enter a critic's target. */
export type Bound = (x: number) => number;

export const unbounded: Bound = (x) => x;
/** clip(x / 10, -1, 1) and tanh(x / 10): the bounds of MDAC's experiments. */
export const clippedBound: Bound = (x) => Math.max(-1, Math.min(1, x / 10));
export const tanhBound: Bound = (x) => tanh64(x / 10);

export interface AdvantageLearningChoices {
  /** alpha: the policy is softmax(Q / alpha). */
  readonly temperature: number;
  /** beta: how much of the soft advantage alpha log pi is added to the reward; 0 is soft value iteration. */
  readonly share: number;
  /** f and g of MDAC; the identity for both is Munchausen value iteration. */
  readonly rewardBound?: Bound;
  readonly targetBound?: Bound;
}

/**
 * Bounded advantage learning on tables (Iwaki and Asada 2025, MDAC; Vieillard, Pietquin, Geist 2020 without bounds):
 *
 *     Q' = r + beta f(alpha log pi) + discount P <pi, Q - g(alpha log pi)>,   pi = softmax(Q / alpha)
 *
 * With f and g the identity it is mirror descent with KL weight alpha beta and entropy weight alpha (1 - beta), whose
 * old policy lives in Q. Unbounded, action gaps grow as 1 / (1 - beta): where the policy becomes deterministic they
 * explode.
 */
export class AdvantageLearning {
  readonly mdp: Mdp;
  readonly #choices: AdvantageLearningChoices;
  q: Float64Array;

  constructor(mdp: Mdp, choices: AdvantageLearningChoices, first = new Float64Array(mdp.rewards.length)) {
    this.mdp = mdp;
    this.#choices = choices;
    this.q = first.slice();
  }

  get policy(): TabularPolicy {
    const { actions } = this.mdp;
    const policy = new Float64Array(this.q.length);
    for (let at = 0; at < policy.length; at += actions) policy.set(softmax(this.#logits(at)), at);
    return policy;
  }

  step(): void {
    const { states, actions, rewards, discount } = this.mdp;
    const { temperature, share, rewardBound = unbounded, targetBound = unbounded } = this.#choices;
    const policy = this.policy;
    /** alpha log pi = Q - V, without the rounding of log softmax. */
    const soft = this.q.slice();
    const next = new Float64Array(states);
    for (let s = 0; s < states; s++) {
      const value = temperature * logSumExp(this.#logits(s * actions));
      for (let i = s * actions; i < (s + 1) * actions; i++) {
        soft[i]! -= value;
        next[s]! += policy[i]! * (this.q[i]! - targetBound(soft[i]!));
      }
    }
    const expected = tablesOf(this.mdp).expect(next);
    this.q = rewards.map((r, i) => r + share * rewardBound(soft[i]!) + discount * expected[i]!);
  }

  #logits(at: number): Float64Array {
    return this.q.slice(at, at + this.mdp.actions).map((q) => q / this.#choices.temperature);
  }
}

/** alpha log p, for comparisons with `AdvantageLearning`. */
export const softAdvantage = (policy: Float64Array, temperature: number): Float64Array =>
  policy.map((p) => temperature * log64(p));
