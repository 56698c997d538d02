import { BregmanError } from "../../error.ts";
import type { Geometry } from "../../maps/geometry/geometry.ts";
import { mirrorStep } from "../../maps/geometry/mirror-step.ts";
import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";

/** How the members of a team move: all at once, or one after the other, each seeing what those before it became. */
export type TeamStep = "simultaneous" | "sequential";

/**
 * Players with one common payoff: `payoffs[a_1][a_2]...` nested as deep as there are players.
 *
 * The mirror steps of HAMDPO (Nasiri and Rezghi 2023), exactly: player i moves on its advantage given the NEW policies
 * of those before it and the old ones of those after it, so that the steps add up to a step of the joint policy.
 * Simultaneous steps do not, and may undo each other.
 */
export class TeamGame {
  readonly actions: readonly number[];
  readonly #payoffs: Nested;

  constructor(payoffs: Nested) {
    this.#payoffs = payoffs;
    const sizes: number[] = [];
    for (let level: Nested | number = payoffs; typeof level !== "number"; level = level[0]!) sizes.push(level.length);
    this.actions = sizes;
    this.#check(payoffs, 0);
  }

  #check(level: Nested | number, depth: number): void {
    const fits = depth === this.actions.length
      ? Number.isFinite(level)
      : Array.isArray(level) && level.length === this.actions[depth];
    if (!fits) {
      throw new BregmanError("invalid-shape", "payoffs: expected nested rows of equal length of finite numbers");
    }
    if (typeof level !== "number") level.forEach((next) => this.#check(next, depth + 1));
  }

  /** The payoff expected of independent policies. */
  payoff(policies: readonly ArrayLike<number>[]): number {
    const expect = (level: Nested | number, depth: number): number => typeof level === "number"
      ? level
      : level.reduce<number>((sum, next, a) => sum + policies[depth]![a]! * expect(next, depth + 1), 0);
    return expect(this.#payoffs, 0);
  }

  /** What each action of a player is worth against the policies of the others. */
  actionValues(player: number, policies: readonly ArrayLike<number>[]): Float64Array {
    return Float64Array.from({ length: this.actions[player]! }, (_, a) => {
      const chosen = policies.map((policy, i) =>
        i === player ? Float64Array.from({ length: this.actions[i]! }, (__, b) => (a === b ? 1 : 0)) : policy);
      return this.payoff(chosen);
    });
  }

  /** The policies after one mirror step of every player, in the given order. */
  step(
    policies: readonly ArrayLike<number>[], stepSize: number, kind: TeamStep,
    { geometry = negativeEntropy, order = policies.map((_, i) => i) }:
      { geometry?: Geometry; order?: readonly number[] } = {},
  ): Float64Array[] {
    const next: Float64Array[] = policies.map((policy) => Float64Array.from(policy));
    for (const player of order) {
      const seen = kind === "sequential" ? next : policies;
      next[player] = mirrorStep(geometry, policies[player]!, this.actionValues(player, seen), stepSize);
    }
    return next;
  }
}

type Nested = readonly (Nested | number)[];
