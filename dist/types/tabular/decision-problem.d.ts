import { type Game } from "./games/game.js";
import type { TeamGame } from "./games/team-game.js";
import type { Mdp } from "./mdp.js";
/**
 * A process, a team and a zero-sum game as one kind of thing: places where somebody decides (states, players,
 * information sets), a distribution at each, what each action is worth there, and what is missing on the whole.
 */
export interface DecisionProblem {
    /** The number of actions at each place. */
    readonly actions: readonly number[];
    /** The value of each action at each place. */
    signals(policies: readonly Float64Array[]): readonly Float64Array[];
    /** What is missing to the best, 0 there alone. */
    loss(policies: readonly Float64Array[]): number;
}
/** Places are states, the loss is J* - J. */
export declare function processProblem(mdp: Mdp): DecisionProblem;
/** Places are players, who move at once; the loss is what the payoff misses to the highest. */
export declare function teamProblem(game: TeamGame): DecisionProblem;
/** Places are the information sets of both players; the loss is the exploitability. */
export declare function gameProblem(game: Game): DecisionProblem;
