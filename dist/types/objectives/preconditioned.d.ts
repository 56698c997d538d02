import type { Objective } from "./objective.js";
/**
 * P3O, maximized: mean( A (4 / tau) sigmoid(tau (r - 1)) ) - beta mean KL(pi_old || pi): the slope in r is A at r = 1
 * for every tau and falls off smoothly on both sides. It is no bound of the surrogate. Chen et al. 2022 (The
 * Sufficiency of Off-Policyness and Soft Clipping), equation 10; tau is `preconditionerSharpness`, beta
 * `klCoefficient`.
 */
export declare const preconditioned: Objective;
