import type { ReplayObjective } from "./replay-objective.js";
/**
 * Dual approximation policy optimization, maximized: -1/t mean_s B_{h*}(u_k, f), u_k = grad h(pi_k) + t Q the exact
 * step in the dual space and f the network's outputs, here for negative entropy, whose conjugate on the simplex is lse:
 *
 *     B_{h*}(u, f) = lse(u) - lse(f) - <softmax f, u - f> = KL(pi || pi_k e^{t Q} / Z),   pi = softmax f
 *
 * It is AMPO's regression with the map's own divergence for the squares. Its gradient is the off-policy MDPO loss's, at
 * t = 1/lambda SAC's. Xiong, Fazel, Xiao 2024 (Dual Approximation Policy Optimization).
 */
export declare const dualApproximation: ReplayObjective;
