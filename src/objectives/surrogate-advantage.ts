import { mean, mul } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * The linearized return, maximized inside a trust region: mean r A with r = pi(a|s) / pi_old(a|s).
 * Schulman et al. 2015 (Trust Region Policy Optimization), equation 14. Its gradient also directs the natural gradient.
 */
export const surrogateAdvantage: Objective = {
  id: "surrogate-advantage",
  formula: "max mean(ratio * A) within KL(pi_old || pi) <= klRadius",
  paper: "Schulman et al., ICML 2015, equation 14",
  surrogate: ({ ratio, advantage }) => mean(mul(ratio, advantage)),
};
