import { mean, mul } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * The score-function surrogate, maximized: mean log pi(a|s) A. Its gradient at the sampling policy is the policy
 * gradient. Williams 1992 (REINFORCE), with a critic's advantage the actor of A2C (Mnih et al. 2016).
 */
export const policyGradient: Objective = {
  id: "policy-gradient",
  formula: "max mean(logProb * A)",
  paper: "Williams 1992",
  surrogate: ({ logProb, advantage }) => mean(mul(logProb, advantage)),
};
