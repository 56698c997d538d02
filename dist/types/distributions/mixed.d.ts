import type { Distribution, PolicyHead } from "./distribution.js";
/** One part of an action: its head, and the first value of a discrete space. */
export interface MixedPart {
    readonly head: PolicyHead;
    readonly start: number;
    /** Entries of the part's action mask; 0 for a box. */
    readonly maskSize: number;
}
export interface MixedDistribution extends Distribution {
    readonly parts: readonly Distribution[];
}
/**
 * A policy whose action has parts, each with a head of its own on the outputs of one network: the parts are independent
 * given the observation. Free parameters of part i are called `head.i.` instead of `head.`.
 */
export declare function mixedHead(parts: readonly MixedPart[]): PolicyHead;
