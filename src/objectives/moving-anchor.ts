import { mean, mul, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * The runs that WARP merges, maximized: mean( r A ) - beta mean KL(pi || pi_ema): the only anchor is a moving average
 * of the policy's own parameters. (The paper takes the penalty into the reward, -beta log(pi / pi_ema); here it is the
 * divergence itself, whose gradient that estimates.) Rame et al. 2024
 * (WARP: On the Benefits of Weight Averaged Rewarded Policies), section 3.1; beta is `anchorWeight`.
 */
export const movingAnchor: Objective = {
  id: "warp",
  formula: "max mean(ratio * A) - anchorWeight * mean KL(pi || pi_ema)",
  paper: "Rame et al. 2024, section 3.1",
  surrogate: ({ ratio, advantage, anchor, parameter }) =>
    sub(mean(mul(ratio, advantage)), mul(parameter("anchorWeight"), mean(anchor("average").kl))),
};
