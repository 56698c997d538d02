import { add, mul, sub } from "../tensor/index.ts";
import type { ReplayObjective } from "./replay-objective.ts";

/**
 * Off-policy mirror descent, maximized; the soft form of Tomar et al. 2022, section 5, multiplied by c = 1/t:
 *
 *     E_{s ~ D, a ~ pi} [ Q(s, a) - c log_q pi(a|s) - q (lambda - c) log_q pi_k(a|s) ]
 *
 * With q = 1 the exact maximizer is pi_k^(1 - lambda t) exp(t Q), normalized; lambda = 0 gives the hard form
 * Q - c (log pi - log pi_k). The factor q is that of the Bregman divergence of h(p) = sum p log_q p, whose other terms
 * do not depend on pi: B(p, p_k) = E_p [log_q p - q log_q p_k] + const, and the entropy of the return, linearized at
 * pi_k, adds q lambda E_p log_q p_k. At t = 1/lambda the old policy drops out and SAC's objective is left.
 */
export const mdpoOffPolicy: ReplayObjective = {
  id: "mdpo-off-policy",
  formula: "max mean(Q - logq(pi) / stepSize - tsallisIndex (temperature - 1/stepSize) logq(pi_old))",
  paper: "Tomar et al., ICLR 2022, section 5",
  surrogate: ({ q, logProb, oldLogProb, inverseStepSize, temperature, tsallisIndex, average }) => {
    const anchor = mul(mul(tsallisIndex, sub(inverseStepSize, temperature)), oldLogProb);
    return average(add(sub(q, mul(inverseStepSize, logProb)), anchor));
  },
};
