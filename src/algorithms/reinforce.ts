import { kl } from "../maps/kl.ts";
import { policyGradient } from "../objectives/policy-gradient.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";

/**
 * REINFORCE with a learned baseline: Monte-Carlo returns minus V, one step per batch. Williams 1992 (Simple statistical
 * gradient-following algorithms for connectionist reinforcement learning).
 */
export const reinforce: OnPolicyAlgorithm = {
  id: "reinforce",
  name: "REINFORCE with baseline",
  paper: "Williams 1992",
  choices: {
    map: kl,
    anchors: [],
    signal: { id: "monte-carlo", baseline: true },
    schedule: { id: "constant", parameter: "none" },
    solver: { id: "gradient-steps", batches: "whole", critic: "separate", optimizer: "adam" },
    sampler: { id: "rollouts" },
  },
  objective: policyGradient,
  defaults: { innerSteps: 1, learningRate: 3e-3 },
  reads: [
    "learningRate", "valueLearningRate", "innerSteps", "valueEpochs", "valueMinibatchSize", "klStop", "adamEpsilon",
  ],
};

/** REINFORCE without a baseline: the discounted return itself weighs the score. */
export const reinforceWithoutBaseline: OnPolicyAlgorithm = {
  ...reinforce,
  id: "reinforce-without-baseline",
  name: "REINFORCE without baseline",
  choices: { ...reinforce.choices, signal: { id: "monte-carlo", baseline: false } },
  reads: ["learningRate", "innerSteps", "klStop", "adamEpsilon"],
};
