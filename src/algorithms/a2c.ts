import { kl } from "../maps/kl.ts";
import { policyGradient } from "../objectives/policy-gradient.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";

/**
 * Advantage actor-critic, synchronous: one step of actor and critic on short rollouts. Mnih et al. 2016 (Asynchronous
 * Methods for Deep Reinforcement Learning).
 */
export const a2c: OnPolicyAlgorithm = {
  id: "a2c",
  name: "Advantage Actor-Critic",
  paper: "Mnih et al., ICML 2016",
  choices: {
    map: kl,
    anchors: [],
    signal: { id: "gae" },
    schedule: { id: "constant", parameter: "none" },
    solver: { id: "gradient-steps", batches: "whole", critic: "joint", optimizer: "rmsprop" },
    sampler: { id: "rollouts" },
  },
  objective: policyGradient,
  defaults: { horizon: 8, innerSteps: 1, gaeLambda: 1, learningRate: 7e-4, standardizeAdvantages: false },
  reads: ["learningRate", "innerSteps", "valueCoefficient", "klStop", "adamEpsilon"],
};
