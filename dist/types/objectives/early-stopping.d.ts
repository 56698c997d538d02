import type { Objective } from "./objective.js";
/**
 * ESPO, maximized: mean( r A ) without any clipping; an iteration's steps stop once the minibatch's mean |r - 1|, twice
 * the total variation between the policies, passes `ratioBound`. Sun et al. 2022 (You May Not Need Ratio Clipping in
 * PPO), algorithm 1.
 */
export declare const earlyStopping: Objective;
