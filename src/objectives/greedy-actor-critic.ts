import {
  add, clamp, div, equal, expandDims, less, maximum, mean, mul, stopGradient, sub, sum, where, type Tensor,
} from "../tensor/index.ts";
import type { ReplayObjective, ReplayQuantities } from "./replay-objective.ts";

/**
 * The best `share` of a policy, normalized: its mass [B, N] where this lies within the top of q [B, N]. Actions of one
 * value at the border enter in proportion to their mass.
 */
export function elites(mass: Tensor, q: Tensor, share: number): Tensor {
  const [own, others, weights] = [expandDims(q, 2), expandDims(q, 1), expandDims(mass, 1)];
  const above = sum(where(less(own, others), weights, 0), 2);
  const beside = maximum(sum(where(equal(own, others), weights, 0), 2), 1e-30);
  const top = mul(share, sum(mass, 1, { keepDims: true }));
  return div(mul(mass, clamp(div(sub(top, above), beside), 0, 1)), top);
}

/** E log pi of the best proposed actions: what both policies climb. */
function likelihood({ proposed: { mass, q, logProb }, eliteShare }: ReplayQuantities): Tensor {
  return mean(sum(mul(stopGradient(elites(mass, q, eliteShare)), logProb), 1));
}

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
export const greedyActorCritic: ReplayObjective = {
  id: "greedy-actor-critic",
  formula: "max mean(log pi of the best eliteShare of the proposal's actions by Q); proposal: the same + temperature H",
  paper: "Neumann, Lim, Joseph, Pan, White, White: Greedy Actor-Critic, ICLR 2023",
  surrogate: likelihood,
  proposal: (quantities) => add(likelihood(quantities), mul(quantities.temperature, mean(quantities.entropy))),
};
