import type { Objective } from "./objective.js";
/**
 * The score-function surrogate, maximized: mean log pi(a|s) A. Its gradient at the sampling policy is the policy
 * gradient. Williams 1992 (REINFORCE), with a critic's advantage the actor of A2C (Mnih et al. 2016).
 */
export declare const policyGradient: Objective;
