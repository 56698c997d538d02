import { gameOfTree } from "./game-tree.js";
/**
 * Kuhn's poker (1950): three cards, one each, an ante of 1; pass or bet 1 in turns. Its value for player 0 is -1/18.
 * Actions are pass (fold, check) and bet (call).
 */
export declare function kuhnPoker(): ReturnType<typeof gameOfTree>;
