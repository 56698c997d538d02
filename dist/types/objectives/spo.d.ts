import type { Objective } from "./objective.js";
/**
 * Simple policy optimization, maximized: mean( r A - |A| (r - 1)^2 / (2 eps) ), whose best ratio is 1 + eps sign(A) for
 * each sample. Xie et al. 2024 (Simple Policy Optimization), the objective of their algorithm 1; eps is `clipRange`.
 */
export declare const spo: Objective;
