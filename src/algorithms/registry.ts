import { BregmanError, nearest } from "../error.ts";
import { mdpo as mdpoObjective } from "../objectives/mdpo.ts";
import type { Objective } from "../objectives/objective.ts";
import { policyGradient } from "../objectives/policy-gradient.ts";
import { ppo as ppoObjective } from "../objectives/ppo.ts";
import { surrogateAdvantage } from "../objectives/surrogate-advantage.ts";
import { a2c } from "./a2c.ts";
import type { Algorithm } from "./algorithm.ts";
import { mdpo } from "./mdpo.ts";
import { npg } from "./npg.ts";
import { ppo } from "./ppo.ts";
import { reinforce, reinforceWithoutBaseline } from "./reinforce.ts";
import { trpo } from "./trpo.ts";

/** Every published method of the kit, one line each. */
export const algorithms: readonly Algorithm[] = [mdpo, ppo, trpo, npg, a2c, reinforce, reinforceWithoutBaseline];

export const objectives: readonly Objective[] = [mdpoObjective, ppoObjective, surrogateAdvantage, policyGradient];

/** The algorithm of an id, or the object itself. Throws `unknown-algorithm` with the nearest ids. */
export function findAlgorithm(algorithm: string | Algorithm): Algorithm {
  if (typeof algorithm === "object" && algorithm !== null) return algorithm;
  const found = algorithms.find(({ id }) => id === algorithm);
  if (found) return found;
  const names = nearest(String(algorithm), algorithms.map(({ id }) => id));
  throw new BregmanError("unknown-algorithm",
    `algorithm: "${String(algorithm)}" is unknown; did you mean ${names.join(", ")}?`);
}
