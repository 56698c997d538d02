import { less, max, mean, mul, stopGradient, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * FixPO, maximized in its first phase: mean( r A ) - beta mean KL(pi_old || pi), while beta >= 0 descends
 * beta (eps - C max_s KL) after every minibatch: it grows as long as C times the largest KL is above the bound eps
 * (`klBound`, `klBoundMargin`). In the second phase steps on the penalty alone follow until no state of the batch is
 * above the bound. Zentner et al. 2023 (Guaranteed Trust Region Optimization via Two-Phase KL Penalization). The
 * authors repair minibatch by minibatch, after each epoch; here the whole batch is repaired, after the last.
 */
export const fixPo: Objective = {
  id: "fixpo",
  formula: "max mean(ratio * A) - beta * mean(KL(pi_old || pi)), then until max KL(pi_old || pi) <= klBound",
  paper: "Zentner et al. 2023",
  surrogate: ({ ratio, advantage, reverseKl, multiplier }) =>
    sub(mean(mul(ratio, advantage)), mul(multiplier("beta"), mean(reverseKl))),
  multipliers: {
    beta: {
      initial: 1,
      loss: ({ reverseKl, parameter, multiplier }) => {
        const largest = mul(parameter("klBoundMargin"), stopGradient(max(reverseKl)));
        return mul(multiplier("beta"), sub(parameter("klBound"), largest));
      },
    },
  },
  repair: ({ reverseKl, parameter, multiplier }) => ({
    violated: less(parameter("klBound"), max(reverseKl)),
    loss: mul(multiplier("beta"), mean(reverseKl)),
  }),
};
