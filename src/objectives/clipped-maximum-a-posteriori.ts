import { clamp, div, exp, mean, mul, stopGradient, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * The policy target of CMPO (in Muesli), maximized: -KL(target || pi) up to a constant, with
 * target = pi_old w / z, w = exp(clip(A, -c, c)), estimated from one action of the old policy in each state by
 *
 *     mean( (w / z - 1) log pi(a|s) ) - mean KL(pi_old || pi)
 *
 * whose second term is the closed form of what the 1 takes from the first: samples with w = z move nothing. z is the
 * batch's mean of w, where the equation has a state's: it weighs states, not actions, so that where every state can be
 * fitted pi is the target. No step is further than tanh(c / 2) in total variation. Hessel et al. 2021 (Muesli:
 * Combining Improvements in Policy Optimization), without its model; c is `advantageClip`, in deviations of advantages.
 */
export const clippedMaximumAPosteriori: Objective = {
  id: "clipped-maximum-a-posteriori",
  formula: "max mean((w / mean w - 1) log pi) - mean KL(pi_old || pi), w = exp(clip(A, -+ advantageClip))",
  paper: "Hessel et al., ICML 2021",
  surrogate: ({ advantage, logProb, reverseKl, parameter }) => {
    const bound = parameter("advantageClip");
    const weight = exp(clamp(advantage, -bound, bound));
    const excess = stopGradient(sub(div(weight, mean(weight)), 1));
    return sub(mean(mul(excess, logProb)), mean(reverseKl));
  },
};
