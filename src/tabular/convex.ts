import { occupancyOf } from "./evaluate-policy.ts";
import type { Mdp, TabularPolicy } from "./mdp.ts";
import { policyIteration } from "./value-iteration.ts";

/** A concave objective of the occupancy d [S, A] of states and actions, maximized. */
export interface OccupancyObjective {
  value(occupancy: Float64Array): number;
  gradient(occupancy: Float64Array): Float64Array;
}

/** d [S, A] = d(s) pi(a|s). */
export function stateActionOccupancy(mdp: Mdp, policy: TabularPolicy): Float64Array {
  const occupancy = occupancyOf(mdp, policy);
  return policy.map((p, i) => p * occupancy[Math.floor(i / mdp.actions)]!);
}

/**
 * max_d f(d) as a game (Zahavy et al. 2021): the cost player's reward is grad f at the mean of the occupancies so far
 * (follow the leader, which is Frank and Wolfe's method), the policy player answers with the best policy for it. A
 * linear f gives that reward every time, which is reinforcement learning.
 */
export class ConvexMirrorDescent {
  readonly mdp: Mdp;
  readonly #objective: OccupancyObjective;
  #mean: Float64Array;
  #count = 1;

  constructor(mdp: Mdp, objective: OccupancyObjective, first: TabularPolicy) {
    this.mdp = mdp;
    this.#objective = objective;
    this.#mean = stateActionOccupancy(mdp, first);
  }

  /** The mean of the occupancies so far, its objective, and an upper bound of what is missing to the best. */
  get occupancy(): Float64Array { return this.#mean; }
  get value(): number { return this.#objective.value(this.#mean); }
  get dualityGap(): number {
    const reward = this.#objective.gradient(this.#mean);
    return this.#answer(reward).reduce((sum, d, i) => sum + reward[i]! * (d - this.#mean[i]!), 0);
  }

  step(): void {
    const next = this.#answer(this.#objective.gradient(this.#mean));
    this.#count++;
    this.#mean = this.#mean.map((d, i) => d + (next[i]! - d) / this.#count);
  }

  #answer(rewards: Float64Array): Float64Array {
    const mdp = { ...this.mdp, rewards };
    return stateActionOccupancy(mdp, policyIteration(mdp).policy);
  }
}
