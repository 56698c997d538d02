import { unknownName } from "../error.ts";
import type { Objective } from "../objectives/objective.ts";
import type { ReplayObjective } from "../objectives/replay-objective.ts";
import { a2c } from "./a2c.ts";
import { isOffPolicy, type Algorithm } from "./algorithm.ts";
import { checkAlgorithm } from "./check-algorithm.ts";
import { ddpg } from "./ddpg.ts";
import { approximateMirrorPolicyOptimization, dualApproximationPolicyOptimization } from "./dual-methods.ts";
import { eapo } from "./eapo.ts";
import { greedyActorCritic } from "./greedy-actor-critic.ts";
import { mdac } from "./mdac.ts";
import { mdpoOffPolicy } from "./mdpo-off-policy.ts";
import {
  clippedMaximumAPosteriori, magneticMirrorDescent, mdpoEuclidean, mdpoTsallis, onlineMirrorDescent, softmaxMdpo, vMpo,
  warp,
} from "./mdpo-relatives.ts";
import { mdpo } from "./mdpo.ts";
import { npg } from "./npg.ts";
import {
  adaptiveKlPpo, bpo, discoveredPolicyOptimization, espo, espoSampleDropout, fixPo, klPpo, ppoDualClip, ppoEwma,
  ppoSampleDropout, preconditionedPpo, spo,
} from "./ppo-relatives.ts";
import { ppo } from "./ppo.ts";
import { reinforce, reinforceWithoutBaseline } from "./reinforce.ts";
import { sac } from "./sac.ts";
import { td3 } from "./td3.ts";
import { trpo } from "./trpo.ts";

/** Every published method of the kit, one line each. */
export const algorithms: readonly Algorithm[] = [
  mdpo, mdpoOffPolicy, ppo, trpo, npg, a2c, reinforce, reinforceWithoutBaseline, sac, td3, ddpg,
  mdpoTsallis, mdpoEuclidean, softmaxMdpo, onlineMirrorDescent, magneticMirrorDescent, warp, vMpo,
  clippedMaximumAPosteriori,
  klPpo, adaptiveKlPpo, ppoDualClip, spo, bpo, discoveredPolicyOptimization, fixPo,
  espo, ppoSampleDropout, espoSampleDropout, preconditionedPpo, ppoEwma, eapo,
  mdac, approximateMirrorPolicyOptimization, dualApproximationPolicyOptimization,
  greedyActorCritic,
];

/** Their surrogates: those on rollouts, and those on replay. */
export const rolloutObjectives: readonly Objective[] =
  [...new Set(algorithms.flatMap((each) => (isOffPolicy(each) ? [] : [each.objective])))];
export const replayObjectives: readonly ReplayObjective[] =
  [...new Set(algorithms.flatMap((each) => (isOffPolicy(each) ? [each.objective] : [])))];

/**
 * The algorithm of an id, or the object itself. Throws `unknown-algorithm` with the nearest ids, `invalid-option` for
 * an object that is no algorithm.
 */
export function findAlgorithm(algorithm: string | Algorithm): Algorithm {
  if (typeof algorithm === "object" && algorithm !== null) {
    checkAlgorithm(algorithm);
    return algorithm;
  }
  const found = algorithms.find(({ id }) => id === algorithm);
  if (found) return found;
  throw unknownName("unknown-algorithm", "algorithm", algorithm, algorithms.map(({ id }) => id));
}
