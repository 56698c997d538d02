// The definitions of the published methods, to vary and to build on: what `import ... from "bregman/methods"` gives. A
// method is an object; the facade takes it where it takes an id: `train(environment, { algorithm: { ...mdpo, ... } })`.
export { a2c } from "./algorithms/a2c.ts";
export { ddpg } from "./algorithms/ddpg.ts";
export {
  approximateMirrorPolicyOptimization, dualApproximationPolicyOptimization,
} from "./algorithms/dual-methods.ts";
export { mdac } from "./algorithms/mdac.ts";
export { mdpoOffPolicy } from "./algorithms/mdpo-off-policy.ts";
export {
  clippedMaximumAPosteriori, magneticMirrorDescent, mdpoEuclidean, mdpoTsallis, onlineMirrorDescent, softmaxMdpo, vMpo,
  warp,
} from "./algorithms/mdpo-relatives.ts";
export { mdpo } from "./algorithms/mdpo.ts";
export { eapo } from "./algorithms/eapo.ts";
export { greedyActorCritic } from "./algorithms/greedy-actor-critic.ts";
export { npg } from "./algorithms/npg.ts";
export {
  adaptiveKlPpo, bpo, discoveredPolicyOptimization, espo, espoSampleDropout, fixPo, klPpo, ppoDualClip, ppoEwma,
  ppoSampleDropout, preconditionedPpo, spo,
} from "./algorithms/ppo-relatives.ts";
export { ppo } from "./algorithms/ppo.ts";
export { reinforce, reinforceWithoutBaseline } from "./algorithms/reinforce.ts";
export { sac } from "./algorithms/sac.ts";
export { td3 } from "./algorithms/td3.ts";
export { trpo } from "./algorithms/trpo.ts";

export {
  frozen, inTheCritic, movingAverage, oldPolicy, proposal, snapshot, uniform, weightedMean, type Anchor,
} from "./anchors/anchor.ts";

export { euclidean } from "./maps/euclidean.ts";
export { hyperbolicEntropy } from "./maps/hyperbolic-entropy.ts";
export { kl, reverseKl } from "./maps/kl.ts";
export { logBarrier } from "./maps/log-barrier.ts";
export { separableMap, type TensorPotential } from "./maps/separable.ts";
export { tsallis } from "./maps/tsallis.ts";
export type { DivergenceFacts, MirrorMap } from "./maps/mirror-map.ts";

export type {
  Algorithm, Choices, OffPolicyAlgorithm, OffPolicyChoices, OnPolicyAlgorithm, OnPolicyChoices, Solver,
} from "./algorithms/algorithm.ts";
export type { Multiplier, Objective, Quantities } from "./objectives/objective.ts";
export type { CriticTarget, ReplayObjective, ReplayQuantities } from "./objectives/replay-objective.ts";
export { BregmanError, type BregmanErrorCode } from "./error.ts";
