import type { Objective } from "./objective.js";
/**
 * Bounded policy optimization, written as what is maximized: -mean( |r - r*| |G - V(s)| ) towards the best ratio within
 * [1 - eps, 1 + eps], r* = 1 - eps + 2 eps sigmoid((G - u(s)) / lambda), where G is the return that the critic learns
 * from and u(s) its smoothed median, learned by mean( softplus(G - u) - (G - u) / 2 ). Ao et al. 2026 (Bounded Ratio
 * Reinforcement Learning), the total-variation form of the loss; eps is `clipRange`, lambda `ratioTemperature`. In the
 * authors' code u has layers of its own behind the critic's, here it is a network like the critic.
 */
export declare const bpo: Objective;
