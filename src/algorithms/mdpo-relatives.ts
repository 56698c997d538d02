import { movingAverage, oldPolicy } from "../anchors/anchor.ts";
import { euclidean } from "../maps/euclidean.ts";
import { kl, reverseKl } from "../maps/kl.ts";
import { clippedMaximumAPosteriori as clippedObjective } from "../objectives/clipped-maximum-a-posteriori.ts";
import { logRatioRegression } from "../objectives/log-ratio-regression.ts";
import { magneticMirrorDescent as magneticObjective } from "../objectives/magnetic-mirror-descent.ts";
import { mdpoEuclidean as euclideanObjective, mdpoTsallis as tsallisObjective } from "../objectives/mdpo-variants.ts";
import { movingAnchor } from "../objectives/moving-anchor.ts";
import { softmaxMdpo as softmaxObjective } from "../objectives/softmax-mdpo.ts";
import { vMpo as vMpoObjective } from "../objectives/v-mpo.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";
import { mdpo } from "./mdpo.ts";

// Steps on the whole batch, as MDPO takes them, in other geometries, with other anchors and on other objectives.

const onPaper: OnPolicyAlgorithm = { ...mdpo, paperCode: undefined };
const withoutIndex = mdpo.reads.filter((name) => name !== "tsallisIndex");

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
  reads: withoutIndex,
};

export const softmaxMdpo: OnPolicyAlgorithm = {
  ...onPaper,
  id: softmaxObjective.id,
  name: "Softmax Mirror Descent Policy Optimization (sMDPO)",
  paper: softmaxObjective.paper,
  choices: { ...mdpo.choices, map: reverseKl },
  objective: softmaxObjective,
  reads: withoutIndex,
};

export const onlineMirrorDescent: OnPolicyAlgorithm = {
  ...onPaper,
  id: logRatioRegression.id,
  name: "Online policy mirror descent by squared residuals",
  paper: logRatioRegression.paper,
  choices: { ...mdpo.choices, map: kl },
  objective: logRatioRegression,
  reads: withoutIndex,
};

export const magneticMirrorDescent: OnPolicyAlgorithm = {
  ...onPaper,
  id: magneticObjective.id,
  name: "Magnetic Mirror Descent",
  paper: magneticObjective.paper,
  choices: { ...mdpo.choices, map: kl, anchors: [oldPolicy, movingAverage("magnet", "anchorShare", "each iteration")] },
  objective: magneticObjective,
  reads: [...withoutIndex, "anchorWeight", "anchorShare"],
};

export const warp: OnPolicyAlgorithm = {
  ...onPaper,
  id: movingAnchor.id,
  name: "Policy gradient with a moving anchor (WARP)",
  paper: movingAnchor.paper,
  choices: { ...mdpo.choices, map: kl, anchors: [movingAverage("average", "anchorShare", "each step")] },
  objective: movingAnchor,
  defaults: { anchorWeight: 1, anchorShare: 0.05 },
  reads: [...withoutIndex.filter((name) => name !== "stepSize"), "anchorWeight", "anchorShare"],
};

export const clippedMaximumAPosteriori: OnPolicyAlgorithm = {
  ...onPaper,
  id: clippedObjective.id,
  name: "Clipped maximum a posteriori policy optimization (CMPO)",
  paper: clippedObjective.paper,
  choices: { ...mdpo.choices, map: reverseKl, schedule: { id: "constant", parameter: "advantageClip" } },
  objective: clippedObjective,
  defaults: {},
  reads: [...withoutIndex.filter((name) => name !== "stepSize"), "advantageClip"],
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
