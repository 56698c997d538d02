import { div, logSumExp, mean, mul, neg, softmax, sub, sum } from "../tensor/index.ts";
import { mirrorTarget } from "./approximate-mirror-policy-optimization.ts";
import type { ReplayObjective } from "./replay-objective.ts";

/**
 * Dual approximation policy optimization, maximized: -1/t mean_s B_{h*}(u_k, f), u_k = grad h(pi_k) + t Q the exact
 * step in the dual space and f the network's outputs, here for negative entropy, whose conjugate on the simplex is lse:
 *
 *     B_{h*}(u, f) = lse(u) - lse(f) - <softmax f, u - f> = KL(pi || pi_k e^{t Q} / Z),   pi = softmax f
 *
 * It is AMPO's regression with the map's own divergence for the squares. Its gradient is the off-policy MDPO loss's, at
 * t = 1/lambda SAC's. Xiong, Fazel, Xiao 2024 (Dual Approximation Policy Optimization).
 */
export const dualApproximation: ReplayObjective = {
  id: "dual-approximation-policy-optimization",
  formula: "max -mean(B_{h*}(log pi_old + stepSize Q, logits)) / stepSize",
  paper: "Xiong, Fazel, Xiao 2024",
  surrogate: (quantities) => {
    const { dual, inverseStepSize } = quantities;
    const target = div(mirrorTarget(quantities), inverseStepSize);
    const inner = sum(mul(softmax(dual), sub(target, dual)), 1);
    const divergence = sub(sub(logSumExp(target, 1), logSumExp(dual, 1)), inner);
    return neg(mul(inverseStepSize, mean(divergence)));
  },
};
