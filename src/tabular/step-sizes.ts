import type { Geometry } from "../maps/geometry/geometry.ts";
import { evaluateSchedule, type Schedule } from "../schedules/schedule.ts";
import type { Mdp } from "./mdp.ts";
import type { IterationContext } from "./signals.ts";
import { greedyPolicy } from "./value-iteration.ts";

/** t_k, from what is known in iteration k. */
export interface StepSizeRule {
  readonly id: string;
  at(context: IterationContext): number;
}

export const constantStep = (size: number): StepSizeRule => ({ id: "constant", at: () => size });

/** A schedule of the kit over `iterations`: linear or geometric. */
export function scheduledStep(schedule: Schedule, iterations: number): StepSizeRule {
  const id = typeof schedule === "number" ? "constant" : schedule.kind ?? "linear";
  return { id, at: ({ iteration }) => evaluateSchedule(schedule, iteration, iterations) };
}

/** scale / sqrt(k + 1). */
export const inverseRootStep = (scale = 1): StepSizeRule =>
  ({ id: "1/sqrt k", at: ({ iteration }) => scale / Math.sqrt(iteration + 1) });

/**
 * max_s B_h(greedy, pi_k) / c_k with c_k = discount^{2 h (k + 1)}: the step of Johnson et al. 2023, h-PMD's at depth h,
 * for which the gap shrinks by discount^h an iteration. Divergences from a policy that gave an action up are infinite
 * under negative entropy, and so is the step then: it stops at `largest`.
 */
export function adaptiveStep(geometry: Geometry, depth = 1, largest = 1e12): StepSizeRule {
  return {
    id: "divergence to greedy / discount^2k",
    at: ({ mdp, iteration, policy, values }) => {
      const greedy = greedyPolicy(mdp, values);
      let shrunk = 1;
      for (let i = 0; i < 2 * depth * (iteration + 1); i++) shrunk *= mdp.discount;
      return Math.max(1e-12, Math.min(largest, farthest(mdp, geometry, greedy, policy) / shrunk));
    },
  };
}

/** max_s B_h(p(.|s), q(.|s)). */
function farthest({ states, actions }: Mdp, geometry: Geometry, p: Float64Array, q: Float64Array): number {
  let result = 0;
  for (let s = 0; s < states; s++) {
    const row = (table: Float64Array) => table.subarray(s * actions, (s + 1) * actions);
    result = Math.max(result, geometry.divergence(row(p), row(q)));
  }
  return result;
}
