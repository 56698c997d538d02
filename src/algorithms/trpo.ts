import { oldPolicy } from "../anchors/anchor.ts";
import { kl } from "../maps/kl.ts";
import { surrogateAdvantage } from "../objectives/surrogate-advantage.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";

/** Trust region policy optimization: the natural gradient scaled to a KL radius, and a line search. */
export const trpo: OnPolicyAlgorithm = {
  id: "trpo",
  name: "Trust Region Policy Optimization",
  paper: "Schulman et al., ICML 2015",
  choices: {
    map: kl,
    anchors: [oldPolicy],
    signal: { id: "gae" },
    schedule: { id: "dual of a radius", parameter: "klRadius" },
    solver: { id: "natural-gradient", step: "radius" },
    sampler: { id: "rollouts" },
  },
  objective: surrogateAdvantage,
  defaults: {},
  reads: [
    "klRadius", "conjugateGradientSteps", "damping", "lineSearchSteps",
    "valueLearningRate", "valueEpochs", "valueMinibatchSize",
  ],
};
