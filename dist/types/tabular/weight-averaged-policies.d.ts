import type { Mdp } from "./mdp.js";
export interface WeightAveragingChoices {
    /** M, steps of each, and the learning rate of a step. */
    readonly runs?: number;
    readonly steps: number;
    readonly learningRate: number;
    /** beta, the weight of log(pi / anchor) in the reward, and mu, how far the anchor follows in each step. */
    readonly penalty?: number;
    readonly anchorRate?: number;
    /** eta, how far the next start goes towards the merged runs. */
    readonly share?: number;
    /** Pairs drawn for each step, by which alone runs differ; the exact gradient where it is left out. */
    readonly batchSize?: number;
    readonly seed?: number;
}
/**
 * Weight averaging around policy gradients (Rame et al. 2024, WARP), on logits theta [S, A]. From a start theta_0 each
 * of M runs ascends the return of r - beta log(pi / pi_anchor), REINFORCE with the state's value as baseline, its
 * anchor a moving average of its own weights, anchor <- (1 - mu) anchor + mu theta. Then
 *
 *     merged = theta_0 + slerp(theta_1 - theta_0, ..., theta_M - theta_0),   theta_0 <- (1 - eta) theta_0 + eta merged
 *
 * With one run, mu = 0 and eta = 1 it is the KL-regularized policy gradient with a fixed anchor; with mu = 1 nothing is
 * penalized.
 */
export declare class WeightAveragedPolicies {
    #private;
    readonly mdp: Mdp;
    /** `first` are logits. Throws `invalid-shape` where they are none of this process. */
    constructor(mdp: Mdp, choices: WeightAveragingChoices, first?: Float64Array<ArrayBuffer>);
    /** Logits from which the next runs start. */
    get logits(): Float64Array;
    /** The logits at the end of each run, and merged, of one round. */
    step(): {
        readonly runs: readonly Float64Array[];
        readonly merged: Float64Array;
    };
}
