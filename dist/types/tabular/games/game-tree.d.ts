import type { Game } from "./game.js";
/** A game in extensive form, as plain data. */
export type GameNode = {
    readonly kind: "end";
    readonly payoff: number;
} | {
    readonly kind: "chance";
    readonly outcomes: readonly (readonly [probability: number, next: GameNode])[];
}
/** Nodes of one `informationSet` look the same to their player, who has the same actions there. */
 | {
    readonly kind: "decision";
    readonly player: 0 | 1;
    readonly informationSet: string;
    readonly next: readonly GameNode[];
};
/**
 * The game of a tree, with perfect recall. `informationSets` lists their names for each player in the order of the
 * policies' rows. Throws `invalid-shape` where nodes of one information set differ in player or number of actions.
 */
export declare function gameOfTree(name: string, root: GameNode): Game & {
    readonly informationSets: readonly [readonly string[], readonly string[]];
};
