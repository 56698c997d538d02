import { less, mean, mul, relu, sub, tanh, where } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/** The two constants of the drift that was found. */
const [positive, negative] = [2, 0.6];

/**
 * Discovered policy optimization, maximized: mean( r A - f ) with the drift that a search over drifts led to,
 *
 *     f = relu( (r - 1) A - a tanh((r - 1) A / a) )       where A >= 0, a = 2
 *     f = relu( A log r   - b tanh(A log r / b) )         where A < 0,  b = 0.6
 *
 * which is 0 with its gradient at r = 1. Lu et al. 2022 (Discovered Policy Optimisation). (Its acronym is that of a
 * preference method: the long name stands.)
 */
export const discoveredPolicyOptimization: Objective = {
  id: "discovered-policy-optimization",
  formula: "max mean(ratio * A - relu(x - c tanh(x / c))); x = (ratio - 1) A and c = 2, where A < 0 A log ratio, 0.6",
  paper: "Lu et al., NeurIPS 2022",
  surrogate: ({ ratio, logProb, oldLogProb, advantage }) => {
    const drift = (x: ReturnType<typeof mul>, scale: number) => relu(sub(x, mul(scale, tanh(mul(1 / scale, x)))));
    const above = drift(mul(sub(ratio, 1), advantage), positive);
    const below = drift(mul(sub(logProb, oldLogProb), advantage), negative);
    return mean(sub(mul(ratio, advantage), where(less(advantage, 0), below, above)));
  },
};
