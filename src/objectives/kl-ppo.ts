import { less, maximum, mean, mul, sub, where } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

const paper = "Schulman et al. 2017, equation 8";

/**
 * The penalized surrogate, maximized: mean( r A - beta KL(pi_old || pi) ), old policy first, with a fixed beta.
 * Schulman et al. 2017, equation 8.
 */
export const klPpo: Objective = {
  id: "kl-ppo",
  formula: "max mean(ratio * A - klCoefficient * KL(pi_old || pi))",
  paper,
  surrogate: ({ ratio, advantage, reverseKl, parameter }) =>
    mean(sub(mul(ratio, advantage), mul(parameter("klCoefficient"), reverseKl))),
};

/**
 * The same with the paper's rule for beta (section 4), once an iteration from d = mean KL(pi_old || pi) of the new
 * policy on the batch: half of it (1e-6 at least) where d < target / 1.5, twice of it where d > 1.5 target.
 */
export const adaptiveKlPpo: Objective = {
  id: "kl-ppo-adaptive",
  formula: "max mean(ratio * A - beta * KL(pi_old || pi)), beta doubled or halved towards klTarget",
  paper: `${paper} and section 4`,
  surrogate: ({ ratio, advantage, reverseKl, multiplier }) =>
    mean(sub(mul(ratio, advantage), mul(multiplier("beta"), reverseKl))),
  multipliers: {
    beta: {
      initial: "klCoefficient",
      next({ reverseKl, parameter, multiplier }) {
        const [divergence, target, beta] = [mean(reverseKl), parameter("klTarget"), multiplier("beta")];
        const smaller = where(less(divergence, target / 1.5), mul(0.5, beta), beta);
        return maximum(where(less(1.5 * target, divergence), mul(2, beta), smaller), 1e-6);
      },
    },
  },
};
