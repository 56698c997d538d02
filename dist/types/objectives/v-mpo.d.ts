import type { Objective } from "./objective.js";
/**
 * V-MPO, maximized: sum psi log pi(a|s) with psi = softmax(A / eta) over the samples with the upper half of advantages,
 * less alpha_mu and alpha_sigma times the KL(pi_old || pi) of moving mean and deviation. The multipliers descend
 *
 *     eta eps_eta + eta log mean_top exp(A / eta),    alpha (eps - KL)
 *
 * Song et al. 2020 (V-MPO: On-Policy Maximum a Posteriori Policy Optimization for Discrete and Continuous Control).
 * Discrete policies have one KL, which alpha_mu weighs.
 */
export declare const vMpo: Objective;
