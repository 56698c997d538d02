import type { Geometry } from "../maps/geometry/geometry.js";
import { type Schedule } from "../schedules/schedule.js";
import type { IterationContext } from "./signals.js";
/** t_k, from what is known in iteration k. */
export interface StepSizeRule {
    readonly id: string;
    at(context: IterationContext): number;
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
