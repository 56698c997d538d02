import { add, clamp, mean, minimum, mul, sub, type Tensor } from "../tensor/index.ts";
import type { Objective, Quantities } from "./objective.ts";

/**
 * The clipped surrogate, maximized: mean min( r A, clip(r, 1 - eps, 1 + eps) A ) with r = pi(a|s) / pi_old(a|s).
 * Schulman et al. 2017 (Proximal Policy Optimization Algorithms), equation 7. The entropy bonus belongs to the solver.
 */
export const ppo: Objective = {
  id: "ppo",
  formula: "max mean(min(ratio * A, clip(ratio, 1 - clipRange, 1 + clipRange) * A))",
  paper: "Schulman et al. 2017, equation 7",
  surrogate: (quantities) => mean(clippedSurrogate(quantities)),
  clips: true,
};

/** The lesser of r A and clip(r) A, for each sample. */
export function clippedSurrogate({ ratio, advantage, clipRange }: Quantities): Tensor {
  const clipped = clamp(ratio, sub(1, clipRange), add(1, clipRange));
  return minimum(mul(ratio, advantage), mul(clipped, advantage));
}
