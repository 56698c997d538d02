import { BregmanError } from "../error.ts";
import type { Geometry } from "../maps/geometry/geometry.ts";
import { decreasingRoot } from "../math/decreasing-root.ts";
import { evaluateSchedule, type Schedule } from "../schedules/schedule.ts";
import { occupancyOf } from "./evaluate-policy.ts";
import type { Mdp, TabularPolicy } from "./mdp.ts";
import { klDivergence, type PolicyDivergence } from "./policy-divergences.ts";
import type { IterationContext } from "./signals.ts";
import { greedyPolicy } from "./value-iteration.ts";

/** t_k, from what is known in iteration k, and from where a step of any size would lead. */
export interface StepSizeRule {
  readonly id: string;
  at(context: IterationContext, policyAt: (stepSize: number) => TabularPolicy): number;
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
export function radiusStep(
  radius: number, { divergence = klDivergence, over = "mean" }: RadiusOptions = {}, largest = 1e6,
): StepSizeRule {
  checkPositive("radius", radius);
  return {
    id: `dual of a radius in ${divergence.id}`,
    at: (context, policyAt) => {
      const distance = distanceFrom(context, divergence, over);
      return largestWithin(radius, (t) => distance(policyAt(t)), largest);
    },
  };
}

/** The largest t up to `largest` whose distance, 0 at 0 and growing, is at most `radius`. */
function largestWithin(radius: number, distance: (t: number) => number, largest: number): number {
  let high = 1;
  while (distance(high) <= radius) {
    if (high >= largest) return largest;
    high *= 2;
  }
  return -decreasingRoot((minusT) => distance(-minusT) - radius, -high, 0);   // mirrored: of both ends the one within
}

/**
 * The penalty that adapts (Schulman et al. 2017, as PPO's KL penalty): a step of size t, and after it t / `factor`
 * where it went further than 1.5 times `target`, t `factor` where not as far as target / 1.5.
 */
export function adaptivePenaltyStep(
  first: number, target: number, { divergence = klDivergence, over = "mean" }: RadiusOptions = {}, factor = 2,
): StepSizeRule {
  for (const [name, value] of Object.entries({ first, target, factor })) checkPositive(name, value);
  let size = first;
  return {
    id: `adaptive penalty in ${divergence.id}`,
    at: (context, policyAt) => {
      const now = size;
      const distance = distanceFrom(context, divergence, over)(policyAt(now));
      if (distance > 1.5 * target) size /= factor;
      else if (distance < target / 1.5) size *= factor;
      return now;
    },
  };
}

function distanceFrom(
  { mdp, policy: old }: IterationContext, divergence: PolicyDivergence, over: "mean" | "largest",
): (policy: TabularPolicy) => number {
  const { states, actions } = mdp;
  const weights = over === "mean" ? occupancyOf(mdp, old) : undefined;
  return (policy) => {
    let total = 0;
    for (let s = 0; s < states; s++) {
      const row = (table: Float64Array) => table.subarray(s * actions, (s + 1) * actions);
      const far = divergence.value(row(policy), row(old));
      total = weights ? total + weights[s]! * far : Math.max(total, far);
    }
    return total;
  };
}

function checkPositive(name: string, value: number): void {
  if (value > 0 && value < Infinity) return;
  throw new BregmanError("invalid-option", `${name}: expected a positive number, got ${value}`);
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
