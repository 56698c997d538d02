import { gameOfTree, type GameNode } from "./game-tree.ts";

const cards = ["J", "Q", "K"] as const;

/**
 * Kuhn's poker (1950): three cards, one each, an ante of 1; pass or bet 1 in turns. Its value for player 0 is -1/18.
 * Actions are pass (fold, check) and bet (call).
 */
export function kuhnPoker(): ReturnType<typeof gameOfTree> {
  const deals = cards.flatMap((first, i) => cards.flatMap((second, j) =>
    i === j ? [] : [[1 / 6, play(first, second, i > j ? 1 : -1)] as const]));
  return gameOfTree("Kuhn poker", { kind: "chance", outcomes: deals });
}

/** The rounds after a deal; `winner` is 1 where player 0 has the higher card, -1 otherwise. */
function play(first: string, second: string, winner: number): GameNode {
  const end = (payoff: number): GameNode => ({ kind: "end", payoff });
  const decide = (player: 0 | 1, history: string, ...next: GameNode[]): GameNode =>
    ({ kind: "decision", player, informationSet: `${player}${player === 0 ? first : second}${history}`, next });
  return decide(0, "",
    decide(1, "p", end(winner), decide(0, "pb", end(-1), end(2 * winner))),
    decide(1, "b", end(1), end(2 * winner)));
}
