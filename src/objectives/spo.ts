import { abs, div, mean, mul, square, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * Simple policy optimization, maximized: mean( r A - |A| (r - 1)^2 / (2 eps) ), whose best ratio is 1 + eps sign(A) for
 * each sample. Xie et al. 2024 (Simple Policy Optimization), the objective of their algorithm 1; eps is `clipRange`.
 */
export const spo: Objective = {
  id: "spo",
  formula: "max mean(ratio * A - |A| (ratio - 1)^2 / (2 clipRange))",
  paper: "Xie et al., ICML 2025",
  surrogate: ({ ratio, advantage, clipRange }) => {
    const penalty = div(mul(abs(advantage), square(sub(ratio, 1))), mul(2, clipRange));
    return mean(sub(mul(ratio, advantage), penalty));
  },
};
