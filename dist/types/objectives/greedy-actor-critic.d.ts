import { type Tensor } from "../tensor/index.js";
import type { ReplayObjective } from "./replay-objective.js";
/**
 * The best `share` of a policy, normalized: its mass [B, N] where this lies within the top of q [B, N]. Actions of one
 * value at the border enter in proportion to their mass.
 */
export declare function elites(mass: Tensor, q: Tensor, share: number): Tensor;
/**
 * Greedy actor-critic (the conditional cross-entropy method), maximized by the actor pi and by a second policy pi~ that
 * proposes actions and forgets more slowly how broad it was:
 *
 *     actor     E_{a ~ pi~, top rho by Q} log pi(a|s)
 *     proposal  E_{a ~ pi~, top rho by Q} log pi~(a|s) + alpha H(pi~)
 *
 * The step's target is pi~ restricted to its top-rho mass by Q and renormalized: the p with the largest <Q, p> of all
 * with p <= pi~ / rho. Its divergence is thus a bound on the density ratio, not a Bregman one. alpha is `temperature`,
 * rho `eliteShare`. Neumann, Lim, Joseph, Pan, White, White 2023 (Greedy Actor-Critic). Their code squares log pi~ of
 * the entropy's samples outside of the gradient, which leaves alpha times the score, in the mean 0; here H is in closed
 * form.
 */
export declare const greedyActorCritic: ReplayObjective;
