import type { ParameterName } from "../objectives/objective.ts";

/**
 * A policy beside the old one that an objective measures the step against, kept as a parameter vector. It begins as the
 * first policy; `renewal` says how it follows.
 */
export interface Anchor {
  readonly renewal: Renewal;
}

export type Renewal =
  /** It stays the first policy: a frozen reference. */
  | { readonly id: "never" }
  /** anchor += share (parameters - anchor), after every gradient step or once an iteration. */
  | { readonly id: "moving-average"; readonly share: ParameterName; readonly after: RenewalTime }
  /**
   * The mean of all parameters so far with weights decay^age: W <- decay W + 1, anchor <- anchor (decay W_old / W) +
   * parameters / W. (The first policy is the first of them.)
   */
  | { readonly id: "weighted-mean"; readonly decay: ParameterName; readonly after: RenewalTime };

export type RenewalTime = "each step" | "each iteration";

/** Once more in words, for `bregman list`. */
export function describeRenewal({ renewal }: Anchor): string {
  return renewal.id === "never" ? "first policy" : `${renewal.id.replace("-", " ")} of parameters, ${renewal.after}`;
}
