import type { ParameterName } from "../objectives/objective.ts";

/** A policy that the step stays near; a method has a list of them. */
export interface Anchor {
  /** What objectives call it. */
  readonly id: string;
  readonly renewal: RenewalTime | "every snapshotEvery steps" | "never";
  /** Of one kept as a parameter vector of its own, which begins as the first policy: what it is. */
  readonly kept?: KeptParameters;
}

export type RenewalTime = "each step" | "each iteration";

export type KeptParameters =
  | { readonly id: "first policy" }
  /** anchor += share (parameters - anchor). */
  | { readonly id: "moving average of parameters"; readonly share: ParameterName }
  /**
   * The mean of all parameters so far with weights decay^age: W <- decay W + 1, anchor <- anchor (decay W_old / W) +
   * parameters / W. (The first policy is the first of them.)
   */
  | { readonly id: "weighted mean of parameters"; readonly decay: ParameterName };

/** The policy that acted. */
export const oldPolicy: Anchor = { id: "old-policy", renewal: "each iteration" };

/** An old policy that stays for a number of gradient steps. */
export const snapshot: Anchor = { id: "snapshot", renewal: "every snapshotEvery steps" };

/** The uniform policy: staying near it is an entropy bonus. */
export const uniform: Anchor = { id: "uniform", renewal: "never" };

/** An old policy that is nowhere but in the values, which were learned with its logarithm. */
export const inTheCritic: Anchor = { id: "in the critic", renewal: "each step" };

/** A second policy, which proposes actions and takes steps of its own. */
export const proposal: Anchor = { id: "proposal", renewal: "each step" };

/** A reference: the first policy. */
export function frozen(id: string): Anchor {
  return { id, renewal: "never", kept: { id: "first policy" } };
}

export function movingAverage(id: string, share: ParameterName, renewal: RenewalTime): Anchor {
  return { id, renewal, kept: { id: "moving average of parameters", share } };
}

export function weightedMean(id: string, decay: ParameterName, renewal: RenewalTime): Anchor {
  return { id, renewal, kept: { id: "weighted mean of parameters", decay } };
}

/** Anchors in words, for `bregman list`. */
export function describeAnchors(anchors: readonly Anchor[]): string {
  const words = anchors.map(({ id, kept, renewal }) => (kept ? `${id} (${kept.id}, ${renewal})` : id));
  return words.join(", ") || "none";
}
