import type { ReplayObjective } from "./replay-objective.js";
/**
 * The value of the policy's own action, maximized: E_{s ~ D} Q(s, pi(s)), whose gradient is E [ dQ/da dpi/dtheta ]
 * (Silver et al. 2014, Deterministic Policy Gradient Algorithms, equation 9). DDPG and TD3 climb it with their (first)
 * critic.
 */
export declare const deterministicPolicyGradient: ReplayObjective;
