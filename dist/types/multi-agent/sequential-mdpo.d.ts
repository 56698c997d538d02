import { type PartialHyperparameters } from "../agent/hyperparameters.js";
import type { CooperativeTask } from "./cooperative-task.js";
/** How the members of a team move: one after the other, or all at once, none seeing what the others became. */
export type TeamOrder = "sequential" | "simultaneous";
export interface TeamOptions {
    /** Steps that are planned: schedules go over these. */
    readonly iterations: number;
    readonly seed?: number;
    readonly order?: TeamOrder;
    /** Rounds that are played for each step; default 256. */
    readonly rounds?: number;
    /** learningRate, stepSize, innerSteps, networks ...: those of MDPO. */
    readonly hyperparameters?: PartialHyperparameters;
}
/**
 * Heterogeneous multi-agent MDPO: the members take MDPO's step one after the other, in a random order i_1, i_2, ...:
 *
 *     maximize mean( rho^i M ) - 1/t_k mean KL(pi^i || pi^i_k),   M = A at first, then M <- M rho^i of the new policy
 *
 * so that each improves on what those before it have become, and the steps add up to one of the joint policy. A is the
 * payoff less its mean over the batch. With the order "simultaneous" M stays A: the steps may undo each other. Nasiri
 * and Rezghi 2023 (Heterogeneous Multi-Agent Reinforcement Learning via Mirror Descent Policy Optimization), for rounds
 * of one joint decision; networks are independent.
 */
export declare class SequentialMdpo {
    #private;
    readonly task: CooperativeTask;
    private constructor();
    /** Throws `invalid-option` for counts below 1 and, as `unknown-option`, for hyperparameters that are none. */
    static create(task: CooperativeTask, options: TeamOptions): Promise<SequentialMdpo>;
    /** Plays a batch and moves every member; the batch's mean payoff. */
    step(): number;
    /** Plays a batch of rounds; their mean payoff. */
    play(): number;
    /** The live parameters of a member's network. */
    parameters(member: number): Float32Array;
    dispose(): void;
}
