import { BregmanError } from "../error.ts";
import { negativeEntropy } from "../maps/geometry/negative-entropy.ts";
import { occupancyOf, qValues, valuesOf } from "./evaluate-policy.ts";
import { uniformPolicy, type Mdp, type TabularPolicy } from "./mdp.ts";
import { stepStates } from "./state-steps.ts";

/** A bound on an expected cost: sum_{s,a} d(s) pi(a|s) cost(s, a) <= budget, d the normalized occupancy. */
export interface Constraint {
  /** [S, A]. */
  readonly cost: Float64Array;
  readonly budget: number;
}

/** Throws `invalid-shape` where a constraint is none of this process. */
export function checkConstraint({ rewards }: Mdp, { cost, budget }: Constraint): void {
  if (cost.length === rewards.length && Number.isFinite(budget)) return;
  throw new BregmanError("invalid-shape",
    `constraint: expected ${rewards.length} costs and a finite budget, got ${cost.length} and ${budget}`);
}

export interface PrimalDualChoices {
  readonly stepSize: number;
  /** Step of the multipliers. */
  readonly multiplierStepSize: number;
  /** Both players move by 2 g_k - g_{k-1}: the last iterate settles (ReLOAD). Without it only the average does. */
  readonly isOptimistic?: boolean;
}

/**
 * Mirror descent on a constrained process as a game between the policy, on the reward r - sum_i mu_i c_i, and the
 * multipliers, mu <- [mu + beta g]_+ with g = cost - budget (Moskovitz et al. 2023, ReLOAD).
 */
export class ConstrainedMirrorDescent {
  readonly mdp: Mdp;
  readonly constraints: readonly Constraint[];
  readonly #choices: PrimalDualChoices;
  #policy: TabularPolicy;
  #multipliers: Float64Array;
  #lastSignal: Float64Array | undefined;
  #lastSlack: Float64Array | undefined;

  constructor(
    mdp: Mdp, constraints: readonly Constraint[], choices: PrimalDualChoices, first: TabularPolicy = uniformPolicy(mdp),
  ) {
    for (const constraint of constraints) checkConstraint(mdp, constraint);
    this.mdp = mdp;
    this.constraints = constraints;
    this.#choices = choices;
    this.#policy = first.slice();
    this.#multipliers = new Float64Array(constraints.length);
  }

  get policy(): TabularPolicy { return this.#policy; }
  get multipliers(): Float64Array { return this.#multipliers; }

  /** The normalized reward and costs of the policy, sum_{s,a} d pi r. */
  measure(): { readonly reward: number; readonly costs: Float64Array } {
    const { states, actions, rewards } = this.mdp;
    const occupancy = occupancyOf(this.mdp, this.#policy);
    const expected = (table: Float64Array): number => {
      let sum = 0;
      for (let s = 0; s < states; s++) {
        for (let i = s * actions; i < (s + 1) * actions; i++) sum += occupancy[s]! * this.#policy[i]! * table[i]!;
      }
      return sum;
    };
    return { reward: expected(rewards), costs: Float64Array.from(this.constraints, ({ cost }) => expected(cost)) };
  }

  step(): void {
    const { stepSize, multiplierStepSize, isOptimistic } = this.#choices;
    const signal = this.#mixedQ();
    const slack = this.measure().costs.map((cost, i) => cost - this.constraints[i]!.budget);
    const ahead = (now: Float64Array, before: Float64Array | undefined): Float64Array =>
      isOptimistic && before ? now.map((g, i) => 2 * g - before[i]!) : now;
    const [policySignal, costSignal] = [ahead(signal, this.#lastSignal), ahead(slack, this.#lastSlack)];
    this.#policy = stepStates(negativeEntropy, this.#policy, policySignal, this.mdp.actions, stepSize);
    this.#multipliers = this.#multipliers.map((mu, i) => Math.max(0, mu + multiplierStepSize * costSignal[i]!));
    [this.#lastSignal, this.#lastSlack] = [signal, slack];
  }

  /** Q [S, A] of the reward less the weighted costs. */
  #mixedQ(): Float64Array {
    const rewards = this.mdp.rewards.map((r, i) =>
      this.constraints.reduce((sum, { cost }, k) => sum - this.#multipliers[k]! * cost[i]!, r));
    const mixed = { ...this.mdp, rewards };
    return qValues(mixed, valuesOf(mixed, this.#policy));
  }
}
