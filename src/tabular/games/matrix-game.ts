import { BregmanError } from "../../error.ts";
import { dot, highestOf } from "../../maps/geometry/vectors.ts";
import type { Game } from "./game.ts";

/** Player 0 chooses a row, player 1 a column, both at once; `payoffs` [rows][columns] are what player 0 wins. */
export function matrixGame(payoffs: readonly (readonly number[])[], name = "matrix game"): Game {
  const columns = payoffs[0]?.length ?? 0;
  if (columns === 0 || payoffs.some((row) => row.length !== columns || row.some((x) => !Number.isFinite(x)))) {
    throw new BregmanError("invalid-shape", "payoffs: expected rows of equal length of finite numbers");
  }
  const against = (policy: Float64Array) => Float64Array.from(payoffs, (row) => dot(row, policy));
  const losses = (policy: Float64Array) => Float64Array.from({ length: columns }, (_, j) =>
    payoffs.reduce((sum, row, i) => sum - policy[i]! * row[j]!, 0));
  return {
    name,
    actions: [[payoffs.length], [columns]],
    payoff: ([[rows], [others]]) => dot(rows!, against(others!)),
    actionValues: ([[rows], [others]]) => [[against(others!)], [losses(rows!)]],
    bestReplies: ([[rows], [others]]) => [highestOf(against(others!)), highestOf(losses(rows!))],
  };
}
