import type { Distribution } from "../distributions/distribution.ts";
import type { MirrorMap } from "../maps/mirror-map.ts";
import { exp, sub, type Tensor } from "../tensor/index.ts";
import type { Quantities } from "./objective.ts";

export interface QuantitySources {
  readonly policy: Distribution;
  readonly oldPolicy: Distribution;
  readonly action: Tensor;
  readonly oldLogProb: Tensor;
  readonly advantage: Tensor;
  readonly map: MirrorMap;
  /** A scheduled hyperparameter as a scalar. */
  readonly scheduled: (name: "stepSize" | "clipRange") => Tensor;
}

/** The quantities of one batch; each is traced when an objective first reads it. */
export function quantitiesOf(sources: QuantitySources): Quantities {
  const { policy, oldPolicy, action, map } = sources;
  return lazy<Quantities>({
    logProb: () => policy.logProb(action),
    oldLogProb: () => sources.oldLogProb,
    ratio: (self) => exp(sub(self.logProb, self.oldLogProb)),
    advantage: () => sources.advantage,
    entropy: () => policy.entropy(),
    kl: () => policy.kl(oldPolicy),
    reverseKl: () => oldPolicy.kl(policy),
    divergence: (self) => map.divergence(policy, oldPolicy, self),
    stepSize: () => sources.scheduled("stepSize"),
    clipRange: () => sources.scheduled("clipRange"),
  });
}

/** An object whose fields are made when they are first read, by rules that may read other fields. */
export function lazy<T extends object>(rules: { readonly [K in keyof T]: (self: T) => T[K] }): T {
  const self = {} as T;
  for (const name of Object.keys(rules) as (keyof T)[]) {
    Object.defineProperty(self, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = rules[name](self);
        Object.defineProperty(self, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return self;
}
