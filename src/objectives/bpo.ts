import { abs, add, div, mean, mul, neg, sigmoid, softplus, stopGradient, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * Bounded policy optimization, written as what is maximized: -mean( |r - r*| |G - V(s)| ) towards the best ratio within
 * [1 - eps, 1 + eps], r* = 1 - eps + 2 eps sigmoid((G - u(s)) / lambda), where G is the return that the critic learns
 * from and u(s) its smoothed median, learned by mean( softplus(G - u) - (G - u) / 2 ). Ao et al. 2026 (Bounded Ratio
 * Reinforcement Learning), the total-variation form of the loss; eps is `clipRange`, lambda `ratioTemperature`. In the
 * authors' code u has layers of its own behind the critic's, here it is a network like the critic.
 */
export const bpo: Objective = {
  id: "bpo",
  formula: "max -mean(|ratio - (1 - clipRange + 2 clipRange sigmoid((return - u) / ratioTemperature))| |return - V|)",
  paper: "Ao et al. 2026",
  surrogate: ({ ratio, return: target, value, median, clipRange, parameter }) => {
    const side = sigmoid(div(sub(target, stopGradient(median)), parameter("ratioTemperature")));
    const best = add(sub(1, clipRange), mul(mul(2, clipRange), side));
    return neg(mean(mul(abs(sub(ratio, best)), abs(sub(target, value)))));
  },
  medianLoss: ({ return: target, median }) => {
    const above = sub(target, median);
    return mean(sub(softplus(above), mul(0.5, above)));
  },
};
