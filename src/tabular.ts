// Exact reinforcement learning on tables: what `import ... from "bregman/tabular"` gives.
export { makeBandit, makeMdp, makePolicy, randomMdp, uniformPolicy, type Mdp, type TabularPolicy } from "./tabular/mdp.ts";
export {
  advantagesOf, improveValues, occupancyOf, qValues, returnOf, stateRewards, valuesOf, type Regularization,
} from "./tabular/evaluate-policy.ts";
export { bellmanOptimality, greedyPolicy, policyIteration, valueIteration } from "./tabular/value-iteration.ts";
export {
  explicitSolver, implicitSolver, PolicyMirrorDescent, type ExactChoices, type StateSolver,
} from "./tabular/policy-mirror-descent.ts";
export {
  frozenAnchor, movingAnchor, pastAnchor, snapshotAnchor, uniformAnchor, type TabularAnchor,
} from "./tabular/anchors.ts";
export {
  actionValues, cumulative, extragradient, lookahead, optimistic, type Signal, type SignalContext,
} from "./tabular/signals.ts";
export { logitStep, mirrorStep, proximalStep, reverseKlStep, softMirrorStep } from "./maps/geometry/mirror-step.ts";
export type { Geometry, Potential } from "./maps/geometry/geometry.ts";
export { hyperbolicEntropy } from "./maps/geometry/hyperbolic-entropy.ts";
export { logBarrier } from "./maps/geometry/log-barrier.ts";
export { logSumExp } from "./maps/geometry/log-sum-exp.ts";
export { negativeEntropy } from "./maps/geometry/negative-entropy.ts";
export { omegaPotential } from "./maps/geometry/omega-potential.ts";
export { squaredNorm } from "./maps/geometry/squared-norm.ts";
export { tsallisEntropy } from "./maps/geometry/tsallis-entropy.ts";
export { BregmanError, type BregmanErrorCode } from "./error.ts";
