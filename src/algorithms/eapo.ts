import type { OnPolicyAlgorithm } from "./algorithm.ts";
import { ppo } from "./ppo.ts";

/**
 * PPO that climbs the return and, with a discount of its own, the entropy of what is to come: the critic has a second
 * head V_H for the reward e_t = -tau log pi(a_t|s_t), and
 *
 *     A_soft = GAE(r, V; discount, gaeLambda) + GAE(e, V_H; secondDiscount, secondLambda)
 *
 * enters the clipped surrogate, which has no entropy bonus. With equal discounts and lambdas that is GAE of r + e with
 * the value V + V_H: GAE is linear in both. tau is `secondWeight`, of rewards as `normalizeRewards` leaves them; the
 * paper learns V_H without it and weighs A_H instead, which is the same advantage. At tau = 0 there is no second head.
 * Choe, Kim 2024 (Maximum Entropy On-Policy Actor-Critic via Entropy Advantage Estimation); the defaults are ours.
 */
export const eapo: OnPolicyAlgorithm = {
  ...ppo,
  id: "eapo",
  name: "PPO with entropy advantage estimation (EAPO)",
  paper: "Choe, Kim 2024",
  choices: { ...ppo.choices, signal: { id: "gae", second: "-log pi" } },
  defaults: { ...ppo.defaults, entropyCoefficient: 0 },
  reads: [...ppo.reads, "secondDiscount", "secondLambda", "secondWeight"],
};
