import type { Objective } from "./objective.js";
/**
 * MMD, maximized: mean( r A ) - 1/t mean KL(pi || pi_old) - alpha mean KL(pi || magnet): MDPO with one anchor more,
 * which follows slowly. Sokota et al. 2023 (A Unified Approach to Reinforcement Learning, Quantal Response Equilibria,
 * and Two-Player Zero-Sum Games), equation 8; alpha is `anchorWeight`, the magnet's share of new parameters
 * `anchorShare`.
 */
export declare const magneticMirrorDescent: Objective;
