import type { Hyperparameters } from "../agent/hyperparameters.ts";
import type { Tensor } from "../tensor/index.ts";

/**
 * What an off-policy surrogate may talk about, at states from replay. Each is a value of an action of the policy being
 * optimized: for continuous actions of one reparameterized sample a state, [B], through which the gradient flows; for a
 * discrete one of every action, [B, n], which `average` then weighs by the policy. Lazy: what an objective does not
 * touch is not traced and costs nothing.
 */
export interface ReplayQuantities {
  /** Q(s, a): of the first critic, or the lesser of two (see `valueNetwork`). */
  readonly q: Tensor;
  /** log_q pi(a|s), the q-logarithm of `tsallisIndex`; summed over continuous action dimensions. */
  readonly logProb: Tensor;
  /** log_q pi_k(a|s) of the frozen old policy at the same action. */
  readonly oldLogProb: Tensor;
  /** Discrete actions only: the network's outputs [B, n], a point of the dual space; forbidden actions at -1e9. */
  readonly dual: Tensor;
  /** H(pi) [B], in closed form. */
  readonly entropy: Tensor;
  /** Objectives with a proposal: its actions. */
  readonly proposed: ProposedActions;
  /** rho: the share of these that count as the best. */
  readonly eliteShare: number;
  /** 1/t, and lambda: scalars. */
  readonly inverseStepSize: Tensor;
  readonly temperature: Tensor;
  readonly tsallisIndex: number;
  /** The mean over states of E_{a ~ pi} x(s, a). */
  average(x: Tensor): Tensor;
  /** The mean of x [B, n] over states and allowed actions, each counting alike. */
  evenAverage(x: Tensor): Tensor;
}

/** Actions of a second policy, [B, N] each: draws, or every discrete action. */
export interface ProposedActions {
  /** How much each stands for: its probability, or 1 where they were drawn. */
  readonly mass: Tensor;
  readonly q: Tensor;
  /** log pi(a|s) of the policy being optimized. */
  readonly logProb: Tensor;
}

/** A published surrogate that learns from replay: a pure function to the scalar that the solver MAXIMIZES. */
export interface ReplayObjective {
  readonly id: string;
  /** The equation on one line, for `bregman list objectives`. */
  readonly formula: string;
  readonly paper: string;
  readonly surrogate: (quantities: ReplayQuantities) => Tensor;
  /**
   * What a second policy maximizes, from quantities of its own: it proposes the actions that the first one learns from.
   * The critics' targets then have no entropy. Absent: there is none.
   */
  readonly proposal?: (quantities: ReplayQuantities) => Tensor;
  /** What alpha log pi becomes in the critics' targets; absent: nothing is added, all of it is taken off. */
  readonly criticTarget?: CriticTarget;
}

/** Each from alpha log pi, [B] or [B, n], and hyperparameters. */
export interface CriticTarget {
  /** Joins the reward of the action taken, given alpha log pi of it; undefined: nothing does. */
  bonus(softAdvantage: () => Tensor, hyperparameters: Hyperparameters): Tensor | undefined;
  /** Is taken off Q of the next action, the policy's own. */
  penalty(softAdvantage: Tensor, hyperparameters: Hyperparameters): Tensor;
}
