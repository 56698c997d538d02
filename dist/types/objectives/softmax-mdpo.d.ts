import type { Objective } from "./objective.js";
/**
 * sMDPO, maximized: mean( (A + 1/t_k) log r ) over actions of the old policy. It is the return linearized in the
 * LOGITS, held back by KL(pi_old || pi), the divergence of their log-sum-exp; its exact solution is pi_old max(0, 1 + t
 * A). Vaswani et al. 2022 (A General Class of Surrogate Functions for Stable and Efficient Reinforcement Learning), eq.
 * 8.
 */
export declare const softmaxMdpo: Objective;
