import type { Geometry } from "../maps/geometry/geometry.js";
import type { DecisionProblem } from "./decision-problem.js";
export interface TunedChoices {
    readonly geometry?: Geometry;
    /** alpha at first: of the last policies, the newest first, and at the end of the uniform ones. */
    readonly weights: readonly number[];
    /** The weights are tuned in every so many iterations; never where it is left out. */
    readonly tuneEvery?: number;
    /** Directions tried each time, and how far. */
    readonly directions?: number;
    readonly radius?: number;
    readonly seed?: number;
}
/**
 * Mirror descent whose anchor weights are tuned by what they lead to (Li, Li, Zhou, Zhang, An, Wang 2024, configurable
 * mirror descent), the same for a process, a team and a zero-sum game. At each place
 *
 *     p' = argmax <g, p> - sum_i alpha_i B_h(p, a_i),     a_i the last policies and the uniform one
 *
 * and, by two-point signs in random directions u of length `radius`, with L the loss of the problem one step later:
 *
 *     alpha <- clip( alpha - sum_u sign( L(alpha + u) - L(alpha - u) ) u, 1e-6, 1 )
 */
export declare class TunedMirrorDescent {
    #private;
    readonly problem: DecisionProblem;
    /** Throws `invalid-option` without two weights from 1e-6 to 1: the old policy's and the uniform one's. */
    constructor(problem: DecisionProblem, choices: TunedChoices);
    get iteration(): number;
    get policies(): readonly Float64Array[];
    get weights(): readonly number[];
    get loss(): number;
    step(): void;
}
