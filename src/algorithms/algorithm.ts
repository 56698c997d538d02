import type { PartialHyperparameters } from "../agent/hyperparameters.ts";
import type { Anchor } from "../anchors/anchor.ts";
import type { MirrorMap } from "../maps/mirror-map.ts";
import type { Objective } from "../objectives/objective.ts";
import type { ReplayObjective } from "../objectives/replay-objective.ts";

/**
 * A method of the family is six choices (and the networks and defaults that go with them). What each choice may be is
 * data: the one training loop reads it, and two algorithms' files differ exactly where the methods differ.
 */
export type Algorithm = OnPolicyAlgorithm | OffPolicyAlgorithm;

interface Method {
  readonly id: string;
  readonly name: string;
  readonly paper: string;
  /** Where this method's defaults differ from the kit's. */
  readonly defaults: PartialHyperparameters;
  /** Hyperparameters that this method reads, for `bregman list`. */
  readonly reads: readonly string[];
  /** What `fidelity: "paper-code"` switches on, one line each; absent where the authors' code and the paper agree. */
  readonly paperCode?: PaperCode;
}

/** A method that learns from rollouts of the policy that it improves. */
export interface OnPolicyAlgorithm extends Method {
  readonly choices: OnPolicyChoices;
  readonly objective: Objective;
}

/** A method that learns from a replay ring, with critics of actions. */
export interface OffPolicyAlgorithm extends Method {
  readonly choices: OffPolicyChoices;
  readonly objective: ReplayObjective;
}

export type Choices = OnPolicyChoices | OffPolicyChoices;

export interface OnPolicyChoices {
  /** The mirror map whose Bregman divergence measures the step; `tsallis` reads `tsallisIndex` and is KL at 1. */
  readonly map: MirrorMap | "tsallis";
  readonly anchors: readonly Anchor[];
  /**
   * The critic's linearization of the return. `second` is another reward of each step, `secondWeight` times this, with
   * values, a discount and a lambda of its own, whose advantages are added.
   */
  readonly signal:
    | { readonly id: "gae"; readonly second?: "-log pi" }
    | { readonly id: "monte-carlo"; readonly baseline: boolean };
  /** Which hyperparameter weighs the divergence, and how it goes over the run. */
  readonly schedule: {
    readonly id: string;
    readonly parameter:
      | "stepSize" | "clipRange" | "klRadius" | "naturalStepSize" | "klCoefficient" | "klBound" | "meanRadius"
      | "ratioBound" | "advantageClip" | "none";
  };
  readonly solver: Solver;
  readonly sampler: { readonly id: "rollouts" };
}

export interface OffPolicyChoices {
  /** Only its name: the objective has its divergence. */
  readonly map: Pick<MirrorMap, "id"> | "tsallis";
  readonly anchors: readonly Anchor[];
  readonly signal: { readonly id: "q" | "q with bounded advantage" };
  readonly schedule: { readonly id: string; readonly parameter: "stepSize" | "temperature" | "eliteShare" | "none" };
  /**
   * The gradient of the objective through the policy's action, exact expectations where it is discrete; of a fit of the
   * network's outputs to the step's dual point, for discrete actions; or of the likelihood of the step's actions.
   */
  readonly solver:
    | { readonly id: "reparameterized-gradient"; readonly policy: "stochastic" | "deterministic" }
    | { readonly id: "dual-regression" | "likelihood"; readonly policy: "stochastic" };
  readonly sampler: { readonly id: "replay" };
}

export function isOffPolicy(algorithm: Algorithm): algorithm is OffPolicyAlgorithm {
  return algorithm.choices.sampler.id === "replay";
}

/** How an on-policy step is realized in parameters. */
export type Solver =
  /** `innerSteps` steps on the whole batch, or `epochs` passes in minibatches; the critic joins in or has its own. */
  | {
    readonly id: "gradient-steps";
    readonly batches: "whole" | "minibatches";
    readonly critic: "joint" | "separate";
    readonly optimizer: "adam" | "rmsprop" | "sgd";
  }
  /** Conjugate gradient on Fisher-vector products; then a step to a KL radius, with a line search, or of fixed size. */
  | { readonly id: "natural-gradient"; readonly step: "radius" | "fixed" };

/** Departures of the authors' code from their paper. */
export interface PaperCode {
  readonly switches: readonly string[];
  readonly hyperparameters: PartialHyperparameters;
  /** 1 - (k-1)/n instead of 1 - k/n. */
  readonly shiftedStepSize?: boolean;
  /** Advantages are divided by their deviation without an epsilon. */
  readonly bareStandardization?: boolean;
  /** An episode cut by its time limit counts as terminated. */
  readonly truncationTerminates?: boolean;
  /** Old and new networks start from different weights. */
  readonly independentOldPolicy?: boolean;
  /** After the warm-up experience is collected with the mean action, without any noise. */
  readonly collectsMeanAction?: boolean;
  /** Weight of mean(mean^2) and mean(logStd^2) of the policy's Gaussian in the loss. */
  readonly policyRegularizer?: number;
  /** Densities below this are taken for it. */
  readonly densityFloor?: number;
}
