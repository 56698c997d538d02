import { BregmanError } from "../../error.ts";
import { softmax } from "../../maps/geometry/negative-entropy.ts";
import { entropyBandit } from "./bootstrapped-meta-gradient.ts";
import { expectCounts, expectPositive } from "../checks.ts";

/**
 * The target of the conditional cross-entropy method: the proposal on the `share` of its mass with the highest q,
 * normalized; actions of equal q at the border keep equal parts. What the best of N samples tend to. Share 1 is the
 * proposal. Throws `invalid-option` for a share outside (0, 1].
 */
export function topShare(proposal: ArrayLike<number>, q: ArrayLike<number>, share: number): Float64Array {
  if (!(share > 0 && share <= 1)) {
    throw new BregmanError("invalid-option", `share: expected a number in (0, 1], got ${share}`);
  }
  return Float64Array.from(proposal, (p, a) => {
    let [above, equal] = [0, 0];
    for (let b = 0; b < proposal.length; b++) {
      if (q[b]! > q[a]!) above += proposal[b]!;
      if (q[b] === q[a]) equal += proposal[b]!;
    }
    return p === 0 ? 0 : p * Math.max(0, Math.min(1, (share - above) / equal)) / share;
  });
}

export interface GreedyActorChoices {
  /** rho: what of the proposal's mass the actor learns from. */
  readonly share: number;
  /** alpha: the weight of the proposal's entropy. */
  readonly entropyWeight: number;
  readonly rate: number;
}

/**
 * The actor of Greedy AC (Neumann et al. 2023) in one state, expectations exact: actor and proposal are softmax
 * policies that ascend E_target log p in their logits, the proposal with alpha H(p) beside it (its analytic gradient;
 * the authors' code loses the factor log p there).
 */
export class GreedyActor {
  readonly #choices: GreedyActorChoices;
  #actor: Float64Array;
  #proposal: Float64Array;

  /** Throws `invalid-option`. */
  constructor(actions: number, choices: GreedyActorChoices) {
    expectCounts({ actions });
    expectPositive({ rate: choices.rate });
    this.#choices = choices;
    this.#actor = new Float64Array(actions);
    this.#proposal = new Float64Array(actions);
  }

  get actor(): Float64Array { return softmax(this.#actor); }
  get proposal(): Float64Array { return softmax(this.#proposal); }

  step(q: ArrayLike<number>): void {
    const { share, entropyWeight, rate } = this.#choices;
    const { actor, proposal } = this;
    const target = topShare(proposal, q, share);
    const entropy = entropyBandit(new Float64Array(target.length)).gradient(this.#proposal, entropyWeight);
    this.#actor = this.#actor.map((z, a) => z + rate * (target[a]! - actor[a]!));
    this.#proposal = this.#proposal.map((z, a) => z + rate * (target[a]! - proposal[a]! + entropy[a]!));
  }
}
