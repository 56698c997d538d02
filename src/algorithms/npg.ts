import { trpo } from "./trpo.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";

/**
 * The natural policy gradient: TRPO's direction with a step of fixed size and no line search. Kakade 2001 (A Natural
 * Policy Gradient).
 */
export const npg: OnPolicyAlgorithm = {
  ...trpo,
  id: "npg",
  name: "Natural Policy Gradient",
  paper: "Kakade, NIPS 2001",
  choices: {
    ...trpo.choices,
    schedule: { id: "constant", parameter: "naturalStepSize" },
    solver: { id: "natural-gradient", step: "fixed" },
  },
  defaults: {},
  reads: [
    "naturalStepSize", "conjugateGradientSteps", "damping", "valueLearningRate", "valueEpochs", "valueMinibatchSize",
  ],
};
