import type { Objective } from "./objective.js";
/**
 * The runs that WARP merges, maximized: mean( r A ) - beta mean KL(pi || pi_ema): the only anchor is a moving average
 * of the policy's own parameters. (The paper takes the penalty into the reward, -beta log(pi / pi_ema); here it is the
 * divergence itself, whose gradient that estimates.) Rame et al. 2024
 * (WARP: On the Benefits of Weight Averaged Rewarded Policies), section 3.1; beta is `anchorWeight`.
 */
export declare const movingAnchor: Objective;
