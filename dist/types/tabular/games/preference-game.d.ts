import type { Game } from "./game.js";
import { gameOfTree } from "./game-tree.js";
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
export declare function preferenceGame(preferences: Preferences, name?: string): Game;
/**
 * The same over conversations of several turns, of which only the whole is judged: each player leads its own
 * conversation, without seeing the other's. Self-play with a reference as magnet, `isSoft` values, is the multi-turn
 * preference optimization of Shani et al. (2024, MTPO); with one turn it is that of `preferenceGame`.
 */
export declare function conversationGame(turns: Turns, preferences: Preferences, name?: string): ReturnType<typeof gameOfTree>;
/** P(y > pi) [A]: how often each response is preferred to one that the policy gives. */
export declare function winRates(preferences: Preferences, policy: ArrayLike<number>): Float64Array;
