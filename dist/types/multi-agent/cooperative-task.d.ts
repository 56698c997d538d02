import type { RandomSource } from "../random/streams.js";
/** One member of a team: how many numbers it observes, and how many actions it chooses from. */
export interface Member {
    readonly observationSize: number;
    readonly actions: number;
}
/** One joint decision: what each member sees, and what all get for their actions. */
export interface Round {
    readonly observations: readonly ArrayLike<number>[];
    payoff(actions: readonly number[]): number;
}
/** Rounds that a team plays for one common payoff. */
export interface CooperativeTask {
    readonly members: readonly Member[];
    begin(random: RandomSource): Round;
}
/** A matrix of payoffs for two members, who see nothing but a constant 1. */
export declare function coordinationGame(payoffs: readonly (readonly number[])[]): CooperativeTask;
