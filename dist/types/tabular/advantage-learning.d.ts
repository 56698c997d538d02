import type { Mdp, TabularPolicy } from "./mdp.js";
/** What log-probabilities become before they enter a critic's target. */
export type Bound = (x: number) => number;
export declare const unbounded: Bound;
/** clip(x / 10, -1, 1) and tanh(x / 10): the bounds of MDAC's experiments. */
export declare const clippedBound: Bound;
export declare const tanhBound: Bound;
export interface AdvantageLearningChoices {
    /** alpha: the policy is softmax(Q / alpha). */
    readonly temperature: number;
    /** beta: how much of the soft advantage alpha log pi is added to the reward; 0 is soft value iteration. */
    readonly share: number;
    /** f and g of MDAC; the identity for both is Munchausen value iteration. */
    readonly rewardBound?: Bound;
    readonly targetBound?: Bound;
}
/**
 * Bounded advantage learning on tables (Iwaki and Asada 2025, MDAC; Vieillard, Pietquin, Geist 2020 without bounds):
 *
 *     Q' = r + beta f(alpha log pi) + discount P <pi, Q - g(alpha log pi)>,   pi = softmax(Q / alpha)
 *
 * With f and g the identity it is mirror descent with KL weight alpha beta and entropy weight alpha (1 - beta), whose
 * old policy lives in Q. Unbounded, action gaps grow as 1 / (1 - beta): where the policy becomes deterministic they
 * explode.
 */
export declare class AdvantageLearning {
    #private;
    readonly mdp: Mdp;
    q: Float64Array;
    constructor(mdp: Mdp, choices: AdvantageLearningChoices, first?: Float64Array<ArrayBuffer>);
    get policy(): TabularPolicy;
    step(): void;
}
/** alpha log p, for comparisons with `AdvantageLearning`. */
export declare const softAdvantage: (policy: Float64Array, temperature: number) => Float64Array;
