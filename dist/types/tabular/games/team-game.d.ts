import type { Geometry } from "../../maps/geometry/geometry.js";
/** How the members of a team move: all at once, or one after the other, each seeing what those before it became. */
export type TeamStep = "simultaneous" | "sequential";
/**
 * Players with one common payoff: `payoffs[a_1][a_2]...` nested as deep as there are players.
 *
 * The mirror steps of HAMDPO (Nasiri and Rezghi 2023), exactly: player i moves on its advantage given the NEW policies
 * of those before it and the old ones of those after it, so that the steps add up to a step of the joint policy.
 * Simultaneous steps do not, and may undo each other.
 */
export declare class TeamGame {
    #private;
    readonly actions: readonly number[];
    constructor(payoffs: Nested);
    /** The payoff expected of independent policies. */
    payoff(policies: readonly ArrayLike<number>[]): number;
    /** What each action of a player is worth against the policies of the others. */
    actionValues(player: number, policies: readonly ArrayLike<number>[]): Float64Array;
    /** The policies after one mirror step of every player, in the given order. */
    step(policies: readonly ArrayLike<number>[], stepSize: number, kind: TeamStep, { geometry, order }?: {
        geometry?: Geometry;
        order?: readonly number[];
    }): Float64Array[];
}
type Nested = readonly (Nested | number)[];
export {};
