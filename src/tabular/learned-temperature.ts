import { BregmanError } from "../error.ts";
import { negativeEntropy } from "../maps/geometry/negative-entropy.ts";
import { exp64, log64 } from "../math/float64.ts";
import type { TemperatureRule } from "./policy-mirror-descent.ts";

/**
 * The temperature moved so that the policy's entropy, its mean over all states, meets a target (Haarnoja et al. 2018,
 * SAC's learned temperature, on its logarithm): log lambda <- log lambda + rate (target - entropy) each iteration.
 * Throws `invalid-option` unless `first`, `target` and `rate` are positive numbers.
 */
export function learnedTemperature(
  actions: number, { first = 1, target, rate = 0.5 }: { first?: number; target: number; rate?: number },
): TemperatureRule {
  for (const [name, value] of Object.entries({ first, target, rate })) {
    if (value > 0 && value < Infinity) continue;
    throw new BregmanError("invalid-option", `${name}: expected a positive number, got ${value}`);
  }
  let now = first;
  return {
    id: "learned",
    get now() { return now; },
    renew: (policy) => {
      const entropy = -negativeEntropy.value(policy) * actions / policy.length;
      now = exp64(log64(now) + rate * (target - entropy));
    },
  };
}
