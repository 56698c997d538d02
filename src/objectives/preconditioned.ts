import { mean, mul, sigmoid, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * P3O, maximized: mean( A (4 / tau) sigmoid(tau (r - 1)) ) - beta mean KL(pi_old || pi): the slope in r is A at r = 1
 * for every tau and falls off smoothly on both sides. It is no bound of the surrogate. Chen et al. 2022 (The
 * Sufficiency of Off-Policyness and Soft Clipping), equation 10; tau is `preconditionerSharpness`, beta
 * `klCoefficient`.
 */
export const preconditioned: Objective = {
  id: "preconditioned-ppo",
  formula: "max mean(A (4/tau) sigmoid(tau (ratio - 1))) - klCoefficient * mean KL(pi_old || pi)",
  paper: "Chen et al., AAAI 2023, equation 10",
  surrogate: ({ ratio, advantage, reverseKl, parameter }) => {
    const sharpness = parameter("preconditionerSharpness");
    const scope = mul(4 / sharpness, sigmoid(mul(sharpness, sub(ratio, 1))));
    return sub(mean(mul(advantage, scope)), mul(parameter("klCoefficient"), mean(reverseKl)));
  },
};
