/**
 * A finite Markov decision process as flat float64 tables. S states, A actions: `rewards` [S, A], `transitions`
 * [S, A, S] (row s, a is a distribution over next states), `start` [S] the distribution of first states.
 */
export interface Mdp {
    readonly states: number;
    readonly actions: number;
    readonly discount: number;
    readonly start: Float64Array;
    readonly rewards: Float64Array;
    readonly transitions: Float64Array;
}
/** A policy [S, A]: row s holds the probabilities of the actions in state s. */
export type TabularPolicy = Float64Array;
/** Numbers nested to any depth, or flat. */
type Table = readonly (number | Table)[] | Float64Array;
/**
 * An MDP from plain arrays: rewards as [S][A], transitions as [S][A][S] or flat; `start` is uniform where it is left
 * out. Throws `invalid-shape` for sizes that do not fit, `invalid-option` for numbers that are none, distributions that
 * do not sum to 1, and a discount outside [0, 1).
 */
export declare function makeMdp({ rewards, transitions, discount, start }: {
    rewards: Table;
    transitions: Table;
    discount: number;
    start?: Table;
}): Mdp;
/** A contextual bandit, or with one row a plain one: no action leads anywhere. */
export declare function makeBandit(rewards: readonly (readonly number[])[], start?: readonly number[]): Mdp;
/**
 * Rewards and weights of transitions uniform in [0, 1): transitions are these weights, normalized over `successors`
 * next states drawn for each pair (all states where it is left out). The same seed gives the same process everywhere.
 * Throws `invalid-option` for sizes that are no positive integers and a discount outside [0, 1).
 */
export declare function randomMdp({ states, actions, discount, successors, seed }: {
    states: number;
    actions: number;
    discount: number;
    successors?: number;
    seed?: number;
}): Mdp;
export declare function uniformPolicy({ states, actions }: Pick<Mdp, "states" | "actions">): TabularPolicy;
/** A policy from plain rows. Throws `invalid-shape` or `invalid-option` where it is none for this process. */
export declare function makePolicy(mdp: Pick<Mdp, "states" | "actions">, rows: Table): TabularPolicy;
export {};
