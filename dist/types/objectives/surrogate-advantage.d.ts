import type { Objective } from "./objective.js";
/**
 * The linearized return, maximized inside a trust region: mean r A with r = pi(a|s) / pi_old(a|s).
 * Schulman et al. 2015 (Trust Region Policy Optimization), equation 14. Its gradient also directs the natural gradient.
 */
export declare const surrogateAdvantage: Objective;
