import type { ReplayObjective } from "./replay-objective.js";
/**
 * Soft actor-critic, maximized: E_{s ~ D, a ~ pi} [ Q(s, a) - lambda log pi(a|s) ] (Haarnoja et al. 2018, Soft
 * Actor-Critic, equation 12). The step of mirror descent from the uniform policy, of size 1/lambda. Q is the first
 * critic in the form with a V network, the lesser of two in the later one.
 */
export declare const sac: ReplayObjective;
