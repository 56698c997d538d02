import type { Mdp } from "../mdp.js";
import { type ExactChoices } from "../policy-mirror-descent.js";
export interface EvolutionChoices {
    /** Pairs of antithetic points a generation. */
    readonly pairs: number;
    /** sigma, how far they lie from the parameters. */
    readonly deviation: number;
    readonly learningRate: number;
    readonly seed?: number;
}
/**
 * Evolution strategies with antithetic noise and ranks (Salimans, Ho, Chen, Sutskever 2017):
 * theta += rate / (2 n sigma) sum_i (rank(theta + sigma e_i) - rank(theta - sigma e_i)) e_i, ranks of the 2 n fitnesses
 * from -1/2 to 1/2, equal for equal ones.
 */
export declare class EvolutionStrategy {
    #private;
    /** Throws `invalid-option`. */
    constructor(first: ArrayLike<number>, fitness: (parameters: Float64Array) => number, choices: EvolutionChoices);
    get parameters(): Float64Array;
    /** One generation; returns the mean fitness of its points. */
    step(): number;
}
/** The mean return of the policies after 1 to `iterations` steps: the area under the curve of a run. */
export declare function areaUnderCurve(mdp: Mdp, choices: ExactChoices, iterations: number): number;
