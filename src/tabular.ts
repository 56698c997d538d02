// Exact reinforcement learning on tables: what `import ... from "bregman/tabular"` gives.
export {
  makeBandit, makeMdp, makePolicy, randomMdp, uniformPolicy, type Mdp, type TabularPolicy,
} from "./tabular/mdp.ts";
export {
  advantagesOf, improveValues, occupancyOf, qValues, returnOf, stateRewards, valuesOf, type Regularization,
} from "./tabular/evaluate-policy.ts";
export { averageReward, relativeQ } from "./tabular/average-reward.ts";
export { ConstrainedMirrorDescent, type Constraint, type PrimalDualChoices } from "./tabular/constrained.ts";
export { ConstrainedTrustRegion, type ConstrainedTrustRegionChoices } from "./tabular/constrained-trust-region.ts";
export {
  ApprenticeshipMirrorDescent, ballCosts, boxCosts, type ApprenticeshipChoices, type CostClass,
} from "./tabular/apprenticeship.ts";
export { ConvexMirrorDescent, stateActionOccupancy, type OccupancyObjective } from "./tabular/convex.ts";
export { TeamGame, type TeamStep } from "./tabular/games/team-game.ts";
export { bellmanOptimality, greedyPolicy, policyIteration, valueIteration } from "./tabular/value-iteration.ts";
export {
  explicitSolver, implicitSolver, logitSolver, PolicyMirrorDescent, projectionSolver, reverseKlSolver,
  type ExactChoices, type StateProblem, type StateSolver, type TemperatureRule,
} from "./tabular/policy-mirror-descent.ts";
export {
  frozenAnchor, movingAnchor, pastAnchor, snapshotAnchor, uniformAnchor, type TabularAnchor,
} from "./tabular/anchors.ts";
export {
  actionValues, cumulative, extragradient, givenSignal, lookahead, optimistic, type IterationContext, type Signal,
} from "./tabular/signals.ts";
export { fittedValues, groupedValues, oneHotFeatures, randomFeatures } from "./tabular/restricted-signals.ts";
export {
  adaptivePenaltyStep, adaptiveStep, constantStep, inverseRootStep, radiusStep, scheduledStep,
  type RadiusOptions, type StepSizeRule,
} from "./tabular/step-sizes.ts";
export { learnedTemperature } from "./tabular/learned-temperature.ts";
export {
  exploitability, uniformProfile, type Game, type InformationSetCosts, type InformationSetTable, type Profile,
} from "./tabular/games/game.ts";
export { gameOfTree, type GameNode } from "./tabular/games/game-tree.ts";
export { kuhnPoker } from "./tabular/games/kuhn-poker.ts";
export { matrixGame } from "./tabular/games/matrix-game.ts";
export {
  conversationGame, preferenceGame, winRates, type Preferences, type Turns,
} from "./tabular/games/preference-game.ts";
export { selfPlayLoss, type SelfPlayResidual } from "./tabular/games/self-play-residual.ts";
export { selfPlayMethods, type SelfPlayMethod } from "./tabular/games/self-play-methods.ts";
export { SelfPlay, type SelfPlayChoices } from "./tabular/games/self-play.ts";
export {
  AdvantageLearning, clippedBound, tanhBound, unbounded, type AdvantageLearningChoices,
} from "./tabular/advantage-learning.ts";
export { directCriticLoss, matchedStepSize, softmaxCriticLoss } from "./tabular/decision-aware.ts";
export {
  completedValues, improvedPolicy, mixedValue, searchLogits, visitSchedule, type SearchResult,
} from "./tabular/gumbel-search.ts";
export {
  chiSquareDivergence, klDivergence, reverseKlDivergence, type PolicyDivergence,
} from "./tabular/policy-divergences.ts";
export { gumbelSearch, type SearchChoices } from "./tabular/search-signal.ts";
export { inverseReward, mixInDual } from "./tabular/inverse-reward.ts";
export { gameProblem, processProblem, teamProblem, type DecisionProblem } from "./tabular/decision-problem.ts";
export { TunedMirrorDescent, type TunedChoices } from "./tabular/tuned-mirror-descent.ts";
export { softmaxPolicy } from "./tabular/softmax-policy.ts";
export { WeightAveragedPolicies, type WeightAveragingChoices } from "./tabular/weight-averaged-policies.ts";
export { exactNormalizer, groupNormalizer, logRatioResiduals } from "./tabular/log-ratio-residual.ts";
export {
  BootstrappedLearner, bootstrappedMetaGradient, entropyBandit, policyMatching, squaredMatching,
  type InnerObjective, type Matching, type MetaChoices,
} from "./tabular/parameters/bootstrapped-meta-gradient.ts";
export {
  areaUnderCurve, EvolutionStrategy, type EvolutionChoices,
} from "./tabular/parameters/evolution-strategy.ts";
export {
  epochs, hessianMomentum, momentum, recursiveMomentum, type GradientEstimator, type Rule,
} from "./tabular/parameters/gradient-estimators.ts";
export { GreedyActor, topShare, type GreedyActorChoices } from "./tabular/parameters/greedy-actor.ts";
export { comparableWeights, learnedMap, mapUnits } from "./tabular/parameters/learned-map.ts";
export { diagonalMap, entropyMap, fisherMap, normMap, type ParameterMap } from "./tabular/parameters/parameter-maps.ts";
export {
  decayingRules, ParameterMirrorAscent, type ParameterChoices,
} from "./tabular/parameters/parameter-mirror-ascent.ts";
export {
  proximalGradientStep, ProximalQLearning, type ProximalChoices,
} from "./tabular/parameters/proximal-values.ts";
export {
  allTrajectories, sampledTrajectories, type Trajectory, type TrajectorySource,
} from "./tabular/parameters/trajectories.ts";
export { meanCurvature, meanFisher, meanGradient, reweighted } from "./tabular/parameters/trajectory-gradients.ts";
export { dualIndex, normLink } from "./maps/norm-link.ts";
export { slackDivergence } from "./maps/slack-divergence.ts";
export { sphericalMean } from "./math/spherical-mean.ts";
export { choicesOf, type ExactMethod } from "./tabular/methods/exact-method.ts";
export { describeExactMethod, exactMethods } from "./tabular/methods/registry.ts";
export { findGeometry } from "./tabular/geometries.ts";
export { simplexPaths, valueGaps, type GeometryOptions } from "./tabular/geometry-pictures.ts";
export { simplexSvg, type SimplexPath, type SimplexPicture } from "./tabular/simplex-picture.ts";
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
