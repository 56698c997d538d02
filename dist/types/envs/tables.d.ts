/**
 * [probability, next state, reward, terminated]: one possible outcome of an action, as Gymnasium's `env.P` lists them.
 */
export type Transition = readonly [probability: number, nextState: number, reward: number, terminated: boolean];
/**
 * A finite decision process: `transitions[state][action]` lists the outcomes, `initial` the chance of each first state.
 */
export interface Table {
    readonly states: number;
    readonly actions: number;
    readonly initial: readonly number[];
    readonly transitions: readonly (readonly (readonly Transition[])[])[];
}
/** The maps of FrozenLake: S start, F frozen, H hole, G goal. */
export declare const lakes: {
    readonly "4x4": readonly ["SFFF", "FHFH", "FFFH", "HFFG"];
    readonly "8x8": readonly ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"];
};
export type LakeMap = keyof typeof lakes;
/**
 * FrozenLake: actions left, down, right, up; reward 1 at the goal. On slippery ice the chosen direction and the two
 * beside it happen with 1/3 each, listed in the order (action - 1, action, action + 1).
 */
export declare function frozenLake(map: LakeMap, slippery: boolean): Table;
/**
 * CliffWalking: 4 rows of 12, actions up, right, down, left, reward -1 per step. Stepping off the cliff (the last row
 * between start and goal) costs 100 and leads back to the start without ending the episode.
 */
export declare function cliffWalking(): Table;
/** A Bernoulli bandit: one state, one step per episode; arm a pays 1 with probability means[a], else 0. */
export declare function bandit(means: readonly number[]): Table;
/** The chances of a bandit that is given only its number of arms: (a + 1) / (arms + 1), the last arm the best. */
export declare function evenMeans(arms: number): number[];
/** Throws `invalid-option` unless `means` are probabilities. */
export declare function checkMeans(means: unknown): asserts means is number[];
