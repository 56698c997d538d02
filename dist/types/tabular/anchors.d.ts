import { type Mdp, type TabularPolicy } from "./mdp.js";
/** A policy, beside the old one, that each step stays near, and the rule by which it is renewed. */
export interface TabularAnchor {
    readonly id: string;
    /** Weight of its divergence at iteration k. */
    weight(iteration: number): number;
    /** Its policies now, each with a share of the weight; the shares sum to 1. */
    policies(): readonly (readonly [policy: TabularPolicy, share: number])[];
    /** Called with the new policy after iteration k. */
    renew(policy: TabularPolicy, iteration: number): void;
}
type Weight = number | ((iteration: number) => number);
/** A policy that never changes: a frozen reference, a magnet; `uniformAnchor` for the uniform one. */
export declare function frozenAnchor(policy: TabularPolicy, weight: Weight, id?: string): TabularAnchor;
export declare function uniformAnchor(mdp: Pick<Mdp, "states" | "actions">, weight: Weight): TabularAnchor;
/** The policy as it was at the last iteration that `every` divides. */
export declare function snapshotAnchor(first: TabularPolicy, every: number, weight: Weight): TabularAnchor;
/** a <- a^{1-share} pi^share, normalized: an average of logits, as MMD's moving magnet (Sokota et al. 2023). */
export declare function movingAnchor(first: TabularPolicy, actions: number, share: number, weight: Weight): TabularAnchor;
/** The last policies before the old one, the newest first, with the given shares of the weight. */
export declare function pastAnchor(first: TabularPolicy, shares: readonly number[], weight: Weight): TabularAnchor;
export {};
