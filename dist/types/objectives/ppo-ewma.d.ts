import type { Objective } from "./objective.js";
/**
 * PPO-EWMA, maximized: mean min( A pi/pi_old, A (pi_prox/pi_old) clip(pi/pi_prox, 1 - eps, 1 + eps) ): ratios are to
 * the policy that acted, the trust region is around an average of the parameters over the gradient steps, so that the
 * batch size may change. With pi_prox = pi_old it is PPO. Hilton, Cobbe, Schulman 2022 (Batch size-invariance for
 * policy optimization), equation 3; the decay of the average is `anchorDecay`.
 */
export declare const ppoEwma: Objective;
