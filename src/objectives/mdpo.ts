import { div, mean, mul, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/**
 * One step of mirror descent on the policy, maximized:
 *
 *     J(theta) = mean_n [ pi(a_n|s_n) / pi_k(a_n|s_n) A_n ] - 1/t_k mean_s B_h(pi(.|s), pi_k(.|s))
 *
 * with B_h = KL(pi || pi_k), new policy first, for the negative entropy; at theta_k its gradient is 0, so that the
 * first of the m steps is a policy-gradient step. Tomar et al. 2022 (Mirror Descent Policy Optimization), section 4.1.
 * The authors' Tsallis branch averages lq(pi) - lq(pi_k) over old actions without a ratio, which is no divergence; here
 * B_h is the Bregman divergence itself.
 */
export const mdpo: Objective = {
  id: "mdpo",
  formula: "max mean(ratio * A) - 1/stepSize * mean(B_h(pi, pi_old))",
  paper: "Tomar et al., ICLR 2022, section 4.1",
  surrogate: ({ ratio, advantage, divergence, stepSize }) =>
    sub(mean(mul(ratio, advantage)), div(mean(divergence), stepSize)),
};
