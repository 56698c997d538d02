import type { Objective } from "./objective.js";
/**
 * FixPO, maximized in its first phase: mean( r A ) - beta mean KL(pi_old || pi), while beta >= 0 descends
 * beta (eps - C max_s KL) after every minibatch: it grows as long as C times the largest KL is above the bound eps
 * (`klBound`, `klBoundMargin`). In the second phase steps on the penalty alone follow until no state of the batch is
 * above the bound. Zentner et al. 2023 (Guaranteed Trust Region Optimization via Two-Phase KL Penalization). The
 * authors repair minibatch by minibatch, after each epoch; here the whole batch is repaired, after the last.
 */
export declare const fixPo: Objective;
