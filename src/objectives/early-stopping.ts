import { abs, mean, mul, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * ESPO, maximized: mean( r A ) without any clipping; an iteration's steps stop once the minibatch's mean |r - 1|, twice
 * the total variation between the policies, passes `ratioBound`. Sun et al. 2022 (You May Not Need Ratio Clipping in
 * PPO), algorithm 1.
 */
export const earlyStopping: Objective = {
  id: "espo",
  formula: "max mean(ratio * A) until mean |ratio - 1| > ratioBound",
  paper: "Sun et al. 2022, algorithm 1",
  surrogate: ({ ratio, advantage }) => mean(mul(ratio, advantage)),
  stop: { bound: "ratioBound", measure: ({ ratio }) => mean(abs(sub(ratio, 1))) },
};
