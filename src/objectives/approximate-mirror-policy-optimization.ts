import { add, mul, neg, square, sub, type Tensor } from "../tensor/index.ts";
import type { ReplayObjective, ReplayQuantities } from "./replay-objective.ts";

/**
 * Where the exact mirror step is in the dual space, over its step size: Q + (1/t - lambda) grad h(pi_k), for discrete
 * actions and, with log pi_k for the gradient, negative entropy.
 */
export function mirrorTarget({ q, oldLogProb, inverseStepSize, temperature }: ReplayQuantities): Tensor {
  return add(q, mul(sub(inverseStepSize, temperature), oldLogProb));
}

/**
 * AMPO, maximized: -mean over states and actions of ( f(s, a) - Q(s, a) - (1/t - lambda) grad h(pi_k)(s, a) )^2, where
 * the network's outputs are t f and the policy is their projection grad h*(t f): softmax for negative entropy. An exact
 * fit is the exact mirror step under every map. Alfano, Yuan, Rebeschini 2023 (A Novel Framework for Policy Mirror
 * Descent with General Parameterization and Linear Convergence), equations 5 and 6; the lambda is soft MDPO's.
 */
export const approximateMirrorPolicyOptimization: ReplayObjective = {
  id: "ampo",
  formula: "max -mean((logits / stepSize - Q - (1/stepSize - temperature) log pi_old)^2)",
  paper: "Alfano et al., NeurIPS 2023, equations 5 and 6",
  surrogate: (quantities) => {
    const { dual, inverseStepSize, evenAverage } = quantities;
    return neg(evenAverage(square(sub(mul(inverseStepSize, dual), mirrorTarget(quantities)))));
  },
};
