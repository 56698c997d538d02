import { abs, add, div, mean, mul, neg, sigmoid, softplus, stopGradient, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * Bounded policy optimization, written as what is maximized: -mean( |r - r*| |G - V(s)| ) towards the best ratio within
 * [1 - eps, 1 + eps], r* = 1 - eps + 2 eps sigmoid((G - u(s)) / lambda), where G is the return that the critic learns
 * from and u(s) its smoothed median, learned by mean( softplus(G - u) - (G - u) / 2 ). Bounded Ratio Reinforcement
 * Learning, the loss of the authors' code (BPO without options); eps is `clipRange`, lambda `ratioTemperature`.
 */
export const bpo: Objective = {
  id: "bpo",
  formula: "max -mean(|ratio - (1 - clipRange + 2 clipRange sigmoid((return - u) / ratioTemperature))| |return - V|)",
  paper: "Bounded Ratio Reinforcement Learning (BRRL), the BPO loss of the authors' code",
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
