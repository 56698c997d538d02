import { negativeEntropy } from "../maps/geometry/negative-entropy.ts";
import { slackDivergence } from "../maps/slack-divergence.ts";
import { checkConstraint, type Constraint } from "./constrained.ts";
import { stateActionOccupancy } from "./convex.ts";
import { advantagesOf, occupancyOf, qValues, valuesOf } from "./evaluate-policy.ts";
import { uniformPolicy, type Mdp, type TabularPolicy } from "./mdp.ts";
import { stepStates } from "./state-steps.ts";

export interface ConstrainedTrustRegionChoices {
  /** delta. */
  readonly radius: number;
  /** beta, the weight of the slack's divergence: 1 where it is left out, 0 for the plain trust region. */
  readonly slackWeight?: number;
  readonly kind?: "entropy" | "barrier";
}

/** A direction x of logits and the length x.Hx of it. */
interface Direction {
  readonly direction: Float64Array;
  readonly square: number;
}

/**
 * Trust regions that end where the constraint does (Milosevic, Mueller, Scherf 2025, C-TRPO), exactly. With J_c the
 * normalized cost of a policy, phi the divergence of its slack (`slackDivergence`, infinite beyond the budget) and d
 * the occupancy of the old policy p_k:
 *
 *     D(p) = sum_s d(s) KL(p_k || p) + beta phi( J_c(p) - J_c(p_k) ) <= delta
 *
 * The step goes along the natural gradient of the reward in the metric H of D at p_k, p ~ p_k e^{t x} with
 *
 *     x = A - mu A_c,   mu = beta phi'' <A, A_c> / (1 + beta phi'' <A_c, A_c>),   <.,.> the mean under d and p_k,
 *     t = sqrt(2 delta / x.Hx),   shortened by 0.8 until D <= delta.
 *
 * From a feasible policy every policy is feasible; from one that is not the cost alone falls, by
 * plain trust regions, until it is. The "entropy" of the slack is finite where the slack ends, so that a step may end
 * there, short of the best policy, and no other follows; under the "barrier" none does.
 */
export class ConstrainedTrustRegion {
  readonly mdp: Mdp;
  readonly constraint: Constraint;
  readonly #choices: ConstrainedTrustRegionChoices;
  readonly #costs: Mdp;
  #policy: TabularPolicy;

  /** Throws `invalid-shape` where the constraint is none of this process. */
  constructor(
    mdp: Mdp, constraint: Constraint, choices: ConstrainedTrustRegionChoices, first: TabularPolicy = uniformPolicy(mdp),
  ) {
    checkConstraint(mdp, constraint);
    this.mdp = mdp;
    this.constraint = constraint;
    this.#choices = choices;
    this.#costs = { ...mdp, rewards: constraint.cost };
    this.#policy = first.slice();
  }

  get policy(): TabularPolicy { return this.#policy; }
  /** The normalized reward and cost of the policy, sum_{s,a} d pi r. */
  get reward(): number { return expected(this.mdp, this.#policy); }
  get cost(): number { return expected(this.#costs, this.#policy); }

  step(): void {
    const { slackWeight = 1, kind = "entropy" } = this.#choices;
    const [old, cost] = [this.#policy, this.cost];
    const slack = this.constraint.budget - cost;
    const weight = slack > 0 ? slackWeight : 0;
    const curvature = weight === 0 ? 0 : weight / (kind === "entropy" ? slack : slack * slack);
    const recovers = slack <= 0 && slackWeight > 0;
    const occupancy = occupancyOf(this.mdp, old);
    this.#along(recovers ? this.#recovery() : this.#ascent(curvature), (policy) => {
      const barrier = weight === 0 ? 0 : weight * slackDivergence(expected(this.#costs, policy) - cost, slack, kind);
      return this.#farFrom(old, policy, occupancy) + barrier;
    });
  }

  /** The line search; where no step is short enough the policy stays. */
  #along({ direction, square }: Direction, distance: (policy: TabularPolicy) => number): void {
    const { radius } = this.#choices;
    if (!(square > 0)) return;
    let t = Math.sqrt(2 * radius / square);
    for (let tries = 0; tries < 100; tries++, t *= 0.8) {
      const policy = stepStates(negativeEntropy, this.#policy, direction, this.mdp.actions, t);
      if (distance(policy) > radius) continue;
      this.#policy = policy;
      return;
    }
  }

  /** x = A - mu A_c, and x.Hx, for beta phi'' = `curvature`. */
  #ascent(curvature: number): Direction {
    const mean = this.#means();
    const gain = advantages(this.mdp, this.#policy);
    if (curvature === 0) return { direction: gain, square: mean(gain, gain) };
    const loss = advantages(this.#costs, this.#policy);
    const share = curvature * mean(gain, loss) / (1 + curvature * mean(loss, loss));
    const direction = gain.map((a, i) => a - share * loss[i]!);
    const rise = mean(direction, loss);
    return { direction, square: mean(direction, direction) + curvature * rise * rise };
  }

  #recovery(): Direction {
    const direction = advantages(this.#costs, this.#policy).map((a) => -a);
    return { direction, square: this.#means()(direction, direction) };
  }

  /** <., .> under the occupancy and the policy. */
  #means(): (one: Float64Array, other: Float64Array) => number {
    const weights = stateActionOccupancy(this.mdp, this.#policy);
    return (one, other) => weights.reduce((sum, w, i) => sum + w * one[i]! * other[i]!, 0);
  }

  #farFrom(old: TabularPolicy, policy: TabularPolicy, occupancy: Float64Array): number {
    const { actions } = this.mdp;
    const row = (table: Float64Array, s: number) => table.subarray(s * actions, (s + 1) * actions);
    return occupancy.reduce((sum, d, s) => sum + d * negativeEntropy.divergence(row(old, s), row(policy, s)), 0);
  }
}

function advantages(mdp: Mdp, policy: TabularPolicy): Float64Array {
  return advantagesOf(mdp, policy, qValues(mdp, valuesOf(mdp, policy)));
}

function expected(mdp: Mdp, policy: TabularPolicy): number {
  return stateActionOccupancy(mdp, policy).reduce((sum, d, i) => sum + d * mdp.rewards[i]!, 0);
}
