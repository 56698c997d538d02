import { exp64, log64 } from "../math/float64.ts";
import { normalized } from "../maps/geometry/vectors.ts";
import { uniformPolicy, type Mdp, type TabularPolicy } from "./mdp.ts";

/** A policy, beside the old one, that each step stays near, and the rule by which it is renewed. */
export interface TabularAnchor {
  readonly id: string;
  /** Weight of its divergence at iteration k. */
  weight(iteration: number): number;
  /** Its policies now, each with a share of the weight; the shares sum to 1. */
  policies(): readonly (readonly [policy: TabularPolicy, share: number])[];
  /** Called with the new policy after iteration k. */
  renew(policy: TabularPolicy, iteration: number): void;
}

type Weight = number | ((iteration: number) => number);
const at = (weight: Weight) => (typeof weight === "number" ? () => weight : weight);

/** A policy that never changes: a frozen reference, a magnet; `uniformAnchor` for the uniform one. */
export function frozenAnchor(policy: TabularPolicy, weight: Weight, id = "frozen"): TabularAnchor {
  return { id, weight: at(weight), policies: () => [[policy, 1]], renew: () => {} };
}

export function uniformAnchor(mdp: Pick<Mdp, "states" | "actions">, weight: Weight): TabularAnchor {
  return frozenAnchor(uniformPolicy(mdp), weight, "uniform");
}

/** The policy as it was at the last iteration that `every` divides. */
export function snapshotAnchor(first: TabularPolicy, every: number, weight: Weight): TabularAnchor {
  let policy = first.slice();
  return {
    id: "snapshot",
    weight: at(weight),
    policies: () => [[policy, 1]],
    renew: (next, iteration) => { if ((iteration + 1) % every === 0) policy = next.slice(); },
  };
}

/** a <- a^{1-share} pi^share, normalized: an average of logits, as MMD's moving magnet (Sokota et al. 2023). */
export function movingAnchor(
  first: TabularPolicy, actions: number, share: number, weight: Weight,
): TabularAnchor {
  const policy = first.slice();
  return {
    id: "moving-average",
    weight: at(weight),
    policies: () => [[policy, 1]],
    renew: (next) => {
      for (let s = 0; s < policy.length; s += actions) {
        const row = policy.subarray(s, s + actions);
        for (let a = 0; a < actions; a++) {
          row[a] = exp64((1 - share) * log64(row[a]!) + share * log64(next[s + a]!));
        }
        normalized(row);
      }
    },
  };
}

/** The last policies before the old one, the newest first, with the given shares of the weight. */
export function pastAnchor(first: TabularPolicy, shares: readonly number[], weight: Weight): TabularAnchor {
  const past = shares.map(() => first);
  let old = first;
  return {
    id: "past",
    weight: at(weight),
    policies: () => past.map((policy, i) => [policy, shares[i]!] as const),
    renew: (next) => {
      past.pop();
      past.unshift(old);
      old = next.slice();
    },
  };
}
