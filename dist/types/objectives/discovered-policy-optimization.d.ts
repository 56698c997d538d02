import type { Objective } from "./objective.js";
/**
 * Discovered policy optimization, maximized: mean( r A - f ) with the drift that a search over drifts led to,
 *
 *     f = relu( (r - 1) A - a tanh((r - 1) A / a) )       where A >= 0, a = 2
 *     f = relu( A log r   - b tanh(A log r / b) )         where A < 0,  b = 0.6
 *
 * which is 0 with its gradient at r = 1. Lu et al. 2022 (Discovered Policy Optimisation). (Its acronym is that of a
 * preference method: the long name stands.)
 */
export declare const discoveredPolicyOptimization: Objective;
