import type { Objective } from "./objective.js";
/**
 * The penalized surrogate, maximized: mean( r A - beta KL(pi_old || pi) ), old policy first, with a fixed beta.
 * Schulman et al. 2017, equation 8.
 */
export declare const klPpo: Objective;
/**
 * The same with the paper's rule for beta (section 4), once an iteration from d = mean KL(pi_old || pi) of the new
 * policy on the batch: half of it (1e-6 at least) where d < target / 1.5, twice of it where d > 1.5 target.
 */
export declare const adaptiveKlPpo: Objective;
