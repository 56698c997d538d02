import type { ReplayObjective } from "./replay-objective.ts";

/**
 * The value of the policy's own action, maximized: E_{s ~ D} Q(s, pi(s)), whose gradient is E [ dQ/da dpi/dtheta ]
 * (Silver et al. 2014, Deterministic Policy Gradient Algorithms, equation 9). DDPG and TD3 climb it with their (first)
 * critic.
 */
export const deterministicPolicyGradient: ReplayObjective = {
  id: "deterministic-policy-gradient",
  formula: "max mean(Q(s, pi(s)))",
  paper: "Silver et al., ICML 2014, equation 9",
  surrogate: ({ q, average }) => average(q),
};
