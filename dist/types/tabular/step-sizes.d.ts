import type { Geometry } from "../maps/geometry/geometry.js";
import { type Schedule } from "../schedules/schedule.js";
import type { TabularPolicy } from "./mdp.js";
import { type PolicyDivergence } from "./policy-divergences.js";
import type { IterationContext } from "./signals.js";
/** t_k, from what is known in iteration k, and from where a step of any size would lead. */
export interface StepSizeRule {
    readonly id: string;
    at(context: IterationContext, policyAt: (stepSize: number) => TabularPolicy): number;
}
export declare const constantStep: (size: number) => StepSizeRule;
/** A schedule of the kit over `iterations`: linear or geometric. */
export declare function scheduledStep(schedule: Schedule, iterations: number): StepSizeRule;
/** scale / sqrt(k + 1). */
export declare const inverseRootStep: (scale?: number) => StepSizeRule;
/**
 * max_s B_h(greedy, pi_k) / c_k with c_k = discount^{2 h (k + 1)}: the step of Johnson et al. 2023, h-PMD's at depth h,
 * for which the gap shrinks by discount^h an iteration. Divergences from a policy that gave an action up are infinite
 * under negative entropy, and so is the step then: it stops at `largest`.
 */
export declare function adaptiveStep(geometry: Geometry, depth?: number, largest?: number): StepSizeRule;
export interface RadiusOptions {
    /** Of the new policy from the old one; KL(new || old) where it is left out. */
    readonly divergence?: PolicyDivergence;
    /** Over states: the mean under the old policy's occupancy, or the largest. */
    readonly over?: "mean" | "largest";
}
/**
 * The dual of a trust region: the t for which the step is as far as `radius`, the multiplier of max <g, p> subject to
 * D(p, p_k) <= radius where the step belongs to D. A policy that no step takes so far takes the step `largest`. With
 * noisy signals such a step never settles: it always goes the whole way. Throws `invalid-option` without a positive
 * radius.
 */
export declare function radiusStep(radius: number, { divergence, over }?: RadiusOptions, largest?: number): StepSizeRule;
/**
 * The penalty that adapts (Schulman et al. 2017, as PPO's KL penalty): a step of size t, and after it t / `factor`
 * where it went further than 1.5 times `target`, t `factor` where not as far as target / 1.5.
 */
export declare function adaptivePenaltyStep(first: number, target: number, { divergence, over }?: RadiusOptions, factor?: number): StepSizeRule;
