import type { ParameterName } from "../objectives/objective.js";
/** A policy that the step stays near; a method has a list of them. */
export interface Anchor {
    /** What objectives call it. */
    readonly id: string;
    readonly renewal: RenewalTime | "every snapshotEvery steps" | "never";
    /** Of one kept as a parameter vector of its own, which begins as the first policy: what it is. */
    readonly kept?: KeptParameters;
}
export type RenewalTime = "each step" | "each iteration";
export type KeptParameters = {
    readonly id: "first policy";
}
/** anchor += share (parameters - anchor). */
 | {
    readonly id: "moving average of parameters";
    readonly share: ParameterName;
}
/**
 * The mean of all parameters so far with weights decay^age: W <- decay W + 1, anchor <- anchor (decay W_old / W) +
 * parameters / W. (The first policy is the first of them.)
 */
 | {
    readonly id: "weighted mean of parameters";
    readonly decay: ParameterName;
};
/** The policy that acted. */
export declare const oldPolicy: Anchor;
/** An old policy that stays for a number of gradient steps. */
export declare const snapshot: Anchor;
/** The uniform policy: staying near it is an entropy bonus. */
export declare const uniform: Anchor;
/** An old policy that is nowhere but in the values, which were learned with its logarithm. */
export declare const inTheCritic: Anchor;
/** A second policy, which proposes actions and takes steps of its own. */
export declare const proposal: Anchor;
/** A reference: the first policy. */
export declare function frozen(id: string): Anchor;
export declare function movingAverage(id: string, share: ParameterName, renewal: RenewalTime): Anchor;
export declare function weightedMean(id: string, decay: ParameterName, renewal: RenewalTime): Anchor;
/** Anchors in words, for `bregman list`. */
export declare function describeAnchors(anchors: readonly Anchor[]): string;
