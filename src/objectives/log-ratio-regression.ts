import { div, mean, mul, square, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * Kimi's online policy mirror descent, maximized: mean( A log r - 1/(2 t) (log r)^2 ), the square of the residual
 * A - (1/t) log r up to a constant, which is zero at the mirror step pi_old e^{t A} / Z. The advantage stands for the
 * reward less the mean of its group, which stands for log Z. Its first gradient is the policy gradient's; nothing is
 * clipped, so that samples may be used again. Kimi Team 2025 (Kimi k1.5), section 2.3.3, with 1/t for their tau.
 */
export const logRatioRegression: Objective = {
  id: "online-mirror-descent",
  formula: "max mean(A * log ratio - (log ratio)^2 / (2 stepSize))",
  paper: "Kimi Team 2025, section 2.3.3",
  surrogate: ({ advantage, stepSize, logProb, oldLogProb }) => {
    const logRatio = sub(logProb, oldLogProb);
    return mean(sub(mul(advantage, logRatio), div(square(logRatio), mul(2, stepSize))));
  },
};
