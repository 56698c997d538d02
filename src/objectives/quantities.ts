import type { Distribution } from "../distributions/distribution.ts";
import type { MirrorMap } from "../maps/mirror-map.ts";
import { invariant } from "../error.ts";
import { exp, mul, sub, type Tensor } from "../tensor/index.ts";
import type { AnchorQuantities, Quantities } from "./objective.ts";

export interface QuantitySources {
  readonly policy: Distribution;
  readonly oldPolicy: Distribution;
  readonly action: Tensor;
  readonly oldLogProb: Tensor;
  readonly advantage: Tensor;
  readonly map: MirrorMap;
  /** Thunks: traced when an objective reads them. */
  readonly value?: () => Tensor;
  readonly return?: () => Tensor;
  readonly median?: () => Tensor;
  readonly isUpperHalf?: () => Tensor;
  /** A scheduled hyperparameter as a scalar. */
  readonly scheduled: (name: "stepSize" | "clipRange") => Tensor;
  /** The distribution of an anchor. */
  readonly anchor?: (name: string) => Distribution;
  readonly parameter?: Quantities["parameter"];
  readonly multiplier?: Quantities["multiplier"];
}

/** The quantities of one batch; each is traced when an objective first reads it. */
export function quantitiesOf(sources: QuantitySources): Quantities {
  const { policy, oldPolicy, action, map } = sources;
  const given = <Name extends keyof QuantitySources>(name: Name): NonNullable<QuantitySources[Name]> => {
    const source = sources[name];
    invariant(source !== undefined, `an objective reads ${name}, which its solver does not give`);
    return source as NonNullable<QuantitySources[Name]>;
  };
  return lazy<Quantities>({
    logProb: () => policy.logProb(action),
    oldLogProb: () => sources.oldLogProb,
    ratio: (self) => exp(sub(self.logProb, self.oldLogProb)),
    advantage: () => sources.advantage,
    entropy: () => policy.entropy(),
    kl: () => policy.kl(oldPolicy),
    reverseKl: () => oldPolicy.kl(policy),
    reverseKlParts: () => oldPolicy.klParts?.(policy) ?? [oldPolicy.kl(policy), sub(0, mul(0, policy.entropy()))],
    value: () => given("value")(),
    return: () => given("return")(),
    median: () => given("median")(),
    isUpperHalf: () => given("isUpperHalf")(),
    divergence: (self) => map.divergence(policy, oldPolicy, self),
    stepSize: () => sources.scheduled("stepSize"),
    clipRange: () => sources.scheduled("clipRange"),
    anchor: () => (name) => anchorQuantities(policy, given("anchor")(name), action),
    parameter: () => given("parameter"),
    multiplier: () => given("multiplier"),
  });
}

function anchorQuantities(policy: Distribution, anchor: Distribution, action: Tensor): AnchorQuantities {
  return lazy<AnchorQuantities>({
    logProb: () => anchor.logProb(action),
    kl: () => policy.kl(anchor),
    reverseKl: () => anchor.kl(policy),
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
