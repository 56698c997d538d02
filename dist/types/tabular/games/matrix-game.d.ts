import type { Game } from "./game.js";
/** Player 0 chooses a row, player 1 a column, both at once; `payoffs` [rows][columns] are what player 0 wins. */
export declare function matrixGame(payoffs: readonly (readonly number[])[], name?: string): Game;
