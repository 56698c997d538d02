import { BregmanError, nearest } from "../error.ts";
import { mdpo as mdpoObjective } from "../objectives/mdpo.ts";
import { bpo as bpoObjective } from "../objectives/bpo.ts";
import { deterministicPolicyGradient } from "../objectives/deterministic-policy-gradient.ts";
import { discoveredPolicyOptimization as discoveredObjective } from "../objectives/discovered-policy-optimization.ts";
import { fixPo as fixPoObjective } from "../objectives/fixpo.ts";
import { adaptiveKlPpo as adaptiveObjective, klPpo as klPpoObjective } from "../objectives/kl-ppo.ts";
import { mdpoEuclidean as euclideanObjective, mdpoTsallis as tsallisObjective } from "../objectives/mdpo-variants.ts";
import { mdpoOffPolicy as mdpoOffPolicyObjective } from "../objectives/mdpo-off-policy.ts";
import type { Objective } from "../objectives/objective.ts";
import { policyGradient } from "../objectives/policy-gradient.ts";
import { ppo as ppoObjective } from "../objectives/ppo.ts";
import { ppoDualClip as dualClipObjective } from "../objectives/ppo-dual-clip.ts";
import type { ReplayObjective } from "../objectives/replay-objective.ts";
import { sac as sacObjective } from "../objectives/sac.ts";
import { spo as spoObjective } from "../objectives/spo.ts";
import { surrogateAdvantage } from "../objectives/surrogate-advantage.ts";
import { vMpo as vMpoObjective } from "../objectives/v-mpo.ts";
import { a2c } from "./a2c.ts";
import type { Algorithm } from "./algorithm.ts";
import { ddpg } from "./ddpg.ts";
import { mdpoOffPolicy } from "./mdpo-off-policy.ts";
import { mdpoEuclidean, mdpoTsallis, vMpo } from "./mdpo-relatives.ts";
import { mdpo } from "./mdpo.ts";
import { npg } from "./npg.ts";
import {
  adaptiveKlPpo, bpo, discoveredPolicyOptimization, fixPo, klPpo, ppoDualClip, spo,
} from "./ppo-relatives.ts";
import { ppo } from "./ppo.ts";
import { reinforce, reinforceWithoutBaseline } from "./reinforce.ts";
import { sac } from "./sac.ts";
import { td3 } from "./td3.ts";
import { trpo } from "./trpo.ts";

/** Every published method of the kit, one line each. */
export const algorithms: readonly Algorithm[] = [
  mdpo, mdpoOffPolicy, ppo, trpo, npg, a2c, reinforce, reinforceWithoutBaseline, sac, td3, ddpg,
  mdpoTsallis, mdpoEuclidean, vMpo, klPpo, adaptiveKlPpo, ppoDualClip, spo, bpo, discoveredPolicyOptimization, fixPo,
];

/** The surrogates on rollouts, and those on replay. */
export const rolloutObjectives: readonly Objective[] = [
  mdpoObjective, ppoObjective, surrogateAdvantage, policyGradient, tsallisObjective, euclideanObjective, vMpoObjective,
  klPpoObjective, adaptiveObjective, dualClipObjective, spoObjective, bpoObjective, discoveredObjective, fixPoObjective,
];
export const replayObjectives: readonly ReplayObjective[] = [
  mdpoOffPolicyObjective, sacObjective, deterministicPolicyGradient,
];

/** The algorithm of an id, or the object itself. Throws `unknown-algorithm` with the nearest ids. */
export function findAlgorithm(algorithm: string | Algorithm): Algorithm {
  if (typeof algorithm === "object" && algorithm !== null) return algorithm;
  const found = algorithms.find(({ id }) => id === algorithm);
  if (found) return found;
  const names = nearest(String(algorithm), algorithms.map(({ id }) => id));
  throw new BregmanError("unknown-algorithm",
    `algorithm: "${String(algorithm)}" is unknown; did you mean ${names.join(", ")}?`);
}
