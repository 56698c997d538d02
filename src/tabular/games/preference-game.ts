import { BregmanError } from "../../error.ts";
import { dot } from "../../maps/geometry/vectors.ts";
import type { Game } from "./game.ts";
import { gameOfTree, type GameNode } from "./game-tree.ts";
import { matrixGame } from "./matrix-game.ts";

/** P [A, A]: how often the response of the row is preferred to that of the column. */
export type Preferences = readonly (readonly number[])[];

/** What may come next in a conversation, one entry a reply; a number is one that ended, its row in the preferences. */
export type Turns = readonly (number | Turns)[];

/**
 * The game of two policies that answer the same prompt: player 0 wins P(y > y') - 1/2. Its equilibrium is the same for
 * both and is worth 0. Self-play on it with a magnet is magnetic preference optimization (Wang et al. 2024), with a
 * fixed reference as magnet Nash learning from human feedback. Throws `invalid-option` where P(y > y') and P(y' > y) do
 * not sum to 1, `invalid-shape` where P is not square.
 */
export function preferenceGame(preferences: Preferences, name = "preference game"): Game {
  check(preferences);
  return matrixGame(preferences.map((row) => row.map((p) => p - 1 / 2)), name);
}

/**
 * The same over conversations of several turns, of which only the whole is judged: each player leads its own
 * conversation, without seeing the other's. Self-play with a reference as magnet, `isSoft` values, is the multi-turn
 * preference optimization of Shani et al. (2024, MTPO); with one turn it is that of `preferenceGame`.
 */
export function conversationGame(
  turns: Turns, preferences: Preferences, name = "conversation game",
): ReturnType<typeof gameOfTree> {
  check(preferences);
  function lead(player: 0 | 1, next: number | Turns, path: string, ended: (own: number) => GameNode): GameNode {
    if (typeof next === "number") return ended(next);
    const replies = next.map((reply, i) => lead(player, reply, `${path}.${i}`, ended));
    return { kind: "decision", player, informationSet: `${player}${path}`, next: replies };
  }
  const payoff = (own: number, other: number): number => {
    const preferred = preferences[own]?.[other];
    if (preferred !== undefined) return preferred - 1 / 2;
    throw new BregmanError("invalid-shape",
      `turns: expected conversations from 0 to ${preferences.length - 1}, got ${own} and ${other}`);
  };
  return gameOfTree(name, lead(0, turns, "", (own) =>
    lead(1, turns, "", (other) => ({ kind: "end", payoff: payoff(own, other) }))));
}

/** P(y > pi) [A]: how often each response is preferred to one that the policy gives. */
export function winRates(preferences: Preferences, policy: ArrayLike<number>): Float64Array {
  return Float64Array.from(preferences, (row) => dot(row, policy));
}

function check(preferences: Preferences): void {
  for (const [i, row] of preferences.entries()) {
    if (row.length !== preferences.length) {
      throw new BregmanError("invalid-shape",
        `preferences: expected ${preferences.length} rows of as many numbers, row ${i} has ${row.length}`);
    }
    for (const [j, p] of row.entries()) {
      if (p >= 0 && p <= 1 && Math.abs(p + preferences[j]![i]! - 1) < 1e-12) continue;
      throw new BregmanError("invalid-option",
        `preferences: expected numbers from 0 to 1 with P(i > j) + P(j > i) = 1, got ${p} at ${i}, ${j}`);
    }
  }
}
