import { snapshot } from "../anchors/anchor.ts";
import { mdpoOffPolicy as objective } from "../objectives/mdpo-off-policy.ts";
import type { OffPolicyAlgorithm } from "./algorithm.ts";
import { stochasticDefaults, stochasticReads } from "./off-policy-defaults.ts";

/** Off-policy mirror descent policy optimization: steps from a policy that stays frozen for m gradient steps. */
export const mdpoOffPolicy: OffPolicyAlgorithm = {
  id: "mdpo-off-policy",
  name: "Mirror Descent Policy Optimization (off-policy)",
  paper: "Tomar et al., ICLR 2022",
  choices: {
    map: "tsallis",
    anchors: [snapshot],
    signal: { id: "q" },
    schedule: { id: "constant", parameter: "stepSize" },
    solver: { id: "reparameterized-gradient", policy: "stochastic" },
    sampler: { id: "replay" },
  },
  objective,
  defaults: { ...stochasticDefaults, stepSize: 2, temperature: 0.2, valueNetwork: true },
  reads: ["stepSize", "tsallisIndex", "snapshotEvery", ...stochasticReads],
  paperCode: {
    switches: [
      "experience is collected with the mean action, without noise",
      "1e-3 mean(mean^2) + 1e-3 mean(logStd^2) of the policy's Gaussian is added to its loss",
      "densities below 1e-6 an action dimension count as 1e-6, and their gradient is 0",
    ],
    hyperparameters: { learningRate: 3e-4, valueLearningRate: 3e-4, adamEpsilon: 1e-8 },
    collectsMeanAction: true,
    policyRegularizer: 1e-3,
    densityFloor: 1e-6,
  },
};
