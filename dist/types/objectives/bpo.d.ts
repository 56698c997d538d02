import type { Objective } from "./objective.js";
/**
 * Bounded policy optimization, written as what is maximized: -mean( |r - r*| |G - V(s)| ) towards the best ratio within
 * [1 - eps, 1 + eps], r* = 1 - eps + 2 eps sigmoid((G - u(s)) / lambda), where G is the return that the critic learns
 * from and u(s) its smoothed median, learned by mean( softplus(G - u) - (G - u) / 2 ). Bounded Ratio Reinforcement
 * Learning, the loss of the authors' code (BPO without options); eps is `clipRange`, lambda `ratioTemperature`.
 */
export declare const bpo: Objective;
