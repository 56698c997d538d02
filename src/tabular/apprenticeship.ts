import { BregmanError } from "../error.ts";
import { negativeEntropy } from "../maps/geometry/negative-entropy.ts";
import { dot } from "../maps/geometry/vectors.ts";
import { stateActionOccupancy } from "./convex.ts";
import { qValues, valuesOf } from "./evaluate-policy.ts";
import { uniformPolicy, type Mdp, type TabularPolicy } from "./mdp.ts";
import { stepStates } from "./state-steps.ts";

/** The costs [S, A] that an apprentice may be charged: a convex set, closed and the same at c and -c. */
export interface CostClass {
  readonly id: string;
  /** The nearest cost of the class. */
  project(cost: Float64Array): Float64Array;
  /** The cost of the class that makes <c, difference> largest. */
  worst(difference: Float64Array): Float64Array;
}

/** |c|_2 <= radius: the worst cost is the difference itself, scaled. */
export function ballCosts(radius = 1): CostClass {
  const scaled = (cost: Float64Array, least: number): Float64Array => {
    const length = Math.sqrt(dot(cost, cost));
    return length > least ? cost.map((c) => c * (radius / length)) : cost.slice();
  };
  return { id: "ball", project: (cost) => scaled(cost, radius), worst: (difference) => scaled(difference, 0) };
}

/** |c(s, a)| <= bound for each pair: the worst cost is the bound with the sign of the difference. */
export function boxCosts(bound = 1): CostClass {
  return {
    id: "box",
    project: (cost) => cost.map((c) => Math.max(-bound, Math.min(bound, c))),
    worst: (difference) => difference.map((d) => (d === 0 ? 0 : d > 0 ? bound : -bound)),
  };
}

export interface ApprenticeshipChoices {
  /** The policy's and the cost's step size at iteration k; for a gap of order 1/sqrt K both of that order. */
  readonly stepSize: number | ((iteration: number) => number);
  readonly costStepSize: number | ((iteration: number) => number);
  /** The unit ball where it is left out. */
  readonly costs?: CostClass;
}

/**
 * Learning from an expert's occupancy d_E [S, A] alone as a game (Shani, Zahavy, Mannor 2021, online apprenticeship
 * learning): min over policies, max over costs of <c, d_pi - d_E>. Both players take mirror steps at once:
 *
 *     pi' ~ pi e^{-t Q_c},     c' = Proj( c + beta (d_pi - d_E) )
 *
 * The regrets of both bound the gap of the AVERAGE policy, the one whose occupancy is the mean of all so far.
 */
export class ApprenticeshipMirrorDescent {
  readonly mdp: Mdp;
  readonly expert: Float64Array;
  readonly #choices: ApprenticeshipChoices;
  readonly #costs: CostClass;
  #iteration = 0;
  #policy: TabularPolicy;
  #cost: Float64Array;
  #mean: Float64Array;

  /** Throws `invalid-shape` where `expert` is no table of this process. The rewards of `mdp` are not looked at. */
  constructor(
    mdp: Mdp, expert: Float64Array, choices: ApprenticeshipChoices, first: TabularPolicy = uniformPolicy(mdp),
  ) {
    if (expert.length !== mdp.rewards.length) {
      throw new BregmanError("invalid-shape",
        `expert: expected an occupancy of ${mdp.rewards.length} numbers, one a state and action, got ${expert.length}`);
    }
    this.mdp = mdp;
    this.expert = expert;
    this.#choices = choices;
    this.#costs = choices.costs ?? ballCosts();
    this.#policy = first.slice();
    this.#cost = new Float64Array(expert.length);
    this.#mean = stateActionOccupancy(mdp, first);
  }

  get iteration(): number { return this.#iteration; }
  /** The policy and the cost of the last iteration. */
  get policy(): TabularPolicy { return this.#policy; }
  get cost(): Float64Array { return this.#cost; }

  /** pi(a|s) = d(s, a) / sum_b d(s, b), d the mean of the occupancies so far; uniform where no policy comes. */
  get averagePolicy(): TabularPolicy {
    const { actions } = this.mdp;
    return this.#mean.map((d, i) => {
      const at = i - i % actions;
      const total = this.#mean.subarray(at, at + actions).reduce((sum, x) => sum + x, 0);
      return total > 0 ? d / total : 1 / actions;
    });
  }

  /** max_c <c, d - d_E> of a policy, the average one where none is given: 0 where it visits what the expert does. */
  gap(policy?: TabularPolicy): number {
    const difference = this.#difference(policy ? stateActionOccupancy(this.mdp, policy) : this.#mean);
    return dot(this.#costs.worst(difference), difference);
  }

  step(): void {
    const at = (size: number | ((iteration: number) => number)): number =>
      typeof size === "number" ? size : size(this.#iteration);
    const [stepSize, costStepSize] = [at(this.#choices.stepSize), at(this.#choices.costStepSize)];
    const difference = this.#difference(stateActionOccupancy(this.mdp, this.#policy));
    const charged = { ...this.mdp, rewards: this.#cost.map((c) => -c) };
    const q = qValues(charged, valuesOf(charged, this.#policy));
    this.#policy = stepStates(negativeEntropy, this.#policy, q, this.mdp.actions, stepSize);
    this.#cost = this.#costs.project(this.#cost.map((c, i) => c + costStepSize * difference[i]!));
    this.#iteration++;
    const next = stateActionOccupancy(this.mdp, this.#policy);
    this.#mean = this.#mean.map((d, i) => d + (next[i]! - d) / (this.#iteration + 1));
  }

  #difference(occupancy: Float64Array): Float64Array {
    return occupancy.map((d, i) => d - this.expert[i]!);
  }
}
