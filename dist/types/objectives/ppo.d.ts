import { type Tensor } from "../tensor/index.js";
import type { Objective, Quantities } from "./objective.js";
/**
 * The clipped surrogate, maximized: mean min( r A, clip(r, 1 - eps, 1 + eps) A ) with r = pi(a|s) / pi_old(a|s).
 * Schulman et al. 2017 (Proximal Policy Optimization Algorithms), equation 7. The entropy bonus belongs to the solver.
 */
export declare const ppo: Objective;
/** The lesser of r A and clip(r) A, for each sample. */
export declare function clippedSurrogate({ ratio, advantage, clipRange }: Quantities): Tensor;
