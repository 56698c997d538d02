/**
 * A two-player zero-sum game as policies see it: information sets with finitely many actions. A policy holds one
 * distribution an information set; both players' policies make a profile.
 */
export interface Game {
  readonly name: string;
  /** For each player the number of actions of each information set. */
  readonly actions: readonly [readonly number[], readonly number[]];
  /** What player 0 wins on average; player 1 wins the negative. */
  payoff(profile: Profile): number;
  /**
   * For each player and information set the value of each action against the profile: of all ways to get there, each
   * weighed by the chance that the others and luck lead there, and normalized by these weights. `costs` are what each
   * player pays to the other at each of its information sets that the action leads to: nothing where they are left out.
   */
  actionValues(profile: Profile, costs?: InformationSetCosts): readonly [InformationSetTable, InformationSetTable];
  /** What each player's best reply to the other's policy wins for that player. */
  bestReplies(profile: Profile): readonly [number, number];
}

/** A row of numbers for each information set. */
export type InformationSetTable = readonly Float64Array[];
export type Profile = readonly [InformationSetTable, InformationSetTable];
/** A number for each player and information set. */
export type InformationSetCosts = readonly [ArrayLike<number>, ArrayLike<number>];

/** Half of what the two best replies win together: 0 at a Nash equilibrium alone. */
export function exploitability(game: Game, profile: Profile): number {
  const [first, second] = game.bestReplies(profile);
  return (first + second) / 2;
}

export function uniformProfile({ actions }: Pick<Game, "actions">): Profile {
  const rows = (counts: readonly number[]) => counts.map((n) => new Float64Array(n).fill(1 / n));
  return [rows(actions[0]), rows(actions[1])];
}
