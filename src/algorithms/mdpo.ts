import { oldPolicy } from "../anchors/anchor.ts";
import { mdpo as objective } from "../objectives/mdpo.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";

/** On-policy mirror descent policy optimization: m gradient steps on the whole batch towards the mirror step. */
export const mdpo: OnPolicyAlgorithm = {
  id: "mdpo",
  name: "Mirror Descent Policy Optimization (on-policy)",
  paper: "Tomar et al., ICLR 2022",
  choices: {
    map: "tsallis",
    anchors: [oldPolicy],
    signal: { id: "gae" },
    schedule: { id: "linear 1 -> 0", parameter: "stepSize" },
    solver: { id: "gradient-steps", batches: "whole", critic: "separate", optimizer: "adam" },
    sampler: { id: "rollouts" },
  },
  objective,
  defaults: {},
  reads: [
    "learningRate", "valueLearningRate", "stepSize", "innerSteps", "valueEpochs", "valueMinibatchSize", "tsallisIndex",
    "klStop", "adamEpsilon",
  ],
  paperCode: {
    switches: [
      "the old policy starts from other weights than the new one and is first copied after iteration 0",
      "the step size is 1 - (k-1)/n, which begins above 1",
      "advantages are divided by their deviation without an epsilon",
      "an episode cut by its time limit counts as terminated",
      "the learning rate stays constant",
    ],
    hyperparameters: {
      learningRate: 3e-4, valueLearningRate: 3e-4, valueClipRange: 0.2, normalizerShare: 1, valueGain: 1,
      initialLogStd: 0,
    },
    shiftedStepSize: true,
    bareStandardization: true,
    truncationTerminates: true,
    independentOldPolicy: true,
  },
};
