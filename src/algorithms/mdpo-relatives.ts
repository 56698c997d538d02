import { euclidean } from "../maps/euclidean.ts";
import { reverseKl } from "../maps/kl.ts";
import { mdpoEuclidean as euclideanObjective, mdpoTsallis as tsallisObjective } from "../objectives/mdpo-variants.ts";
import { vMpo as vMpoObjective } from "../objectives/v-mpo.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";
import { mdpo } from "./mdpo.ts";

// Steps on the whole batch, as MDPO takes them, in other geometries and on V-MPO's objective.

const onPaper: OnPolicyAlgorithm = { ...mdpo, paperCode: undefined };

export const mdpoTsallis: OnPolicyAlgorithm = {
  ...onPaper,
  id: "mdpo-tsallis",
  name: "Mirror Descent Policy Optimization (on-policy) with Tsallis' divergence",
  objective: tsallisObjective,
  defaults: { tsallisIndex: 1.5 },
};

export const mdpoEuclidean: OnPolicyAlgorithm = {
  ...onPaper,
  id: "mdpo-euclidean",
  name: "Mirror Descent Policy Optimization (on-policy) with the Euclidean distance",
  choices: { ...mdpo.choices, map: euclidean, schedule: { id: "linear 0.1 -> 0", parameter: "stepSize" } },
  objective: euclideanObjective,
  // Distances of probabilities are small where KL divergences are not: at 1 the step is hardly held back.
  defaults: { stepSize: { from: 0.1, to: 0 } },
  reads: mdpo.reads.filter((name) => name !== "tsallisIndex"),
};

export const vMpo: OnPolicyAlgorithm = {
  ...onPaper,
  id: "v-mpo",
  name: "V-MPO",
  paper: vMpoObjective.paper,
  choices: { ...mdpo.choices, map: reverseKl, schedule: { id: "dual of a radius", parameter: "meanRadius" } },
  objective: vMpoObjective,
  reads: [
    "learningRate", "valueLearningRate", "innerSteps", "valueEpochs", "valueMinibatchSize", "klStop", "adamEpsilon",
    "temperatureRadius", "meanRadius", "deviationRadius", "multiplierLearningRate",
  ],
};
