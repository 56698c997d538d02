import { boxUnits, isBounded, type BoxUnits } from "../../distributions/box-bounds.ts";
import { BregmanError } from "../../error.ts";
import { boxSize, choices, flatSize, hasParts, type BoxSpace } from "../../envs/spaces.ts";
import type { PolicyFile } from "../read-policy-file.ts";

export interface ChoicePlan {
  readonly kind: "choices";
  readonly outputs: number;
  readonly choices: readonly number[];
}

export interface BoxPlan {
  readonly kind: "box";
  readonly outputs: number;
  readonly size: number;
  readonly squash: boolean;
  /** Deterministic policies: the deviation that explores, in half boxes. */
  readonly explorationNoise: number | undefined;
  /** Where the network gives the deviation: what its outputs are added to. */
  readonly initialLogStd: number;
  /** Elsewhere [size], or of state-dependent noise [features, size]. */
  readonly logStd: Float32Array | undefined;
  /** How many features noise depends on; 0 where it does not. */
  readonly featureCount: number;
  readonly units: BoxUnits | undefined;
}

export type HeadPlan = ChoicePlan | BoxPlan;

/**
 * The head that `headForSpace` gives a policy, as data. Throws `unsupported` for action spaces of other versions,
 * `checkpoint-corrupt` or `invalid-space` for what fits no head.
 */
export function headPlan(file: PolicyFile): HeadPlan {
  const { actionSpace } = file.facts.spec;
  if (actionSpace.kind === "box") return boxPlan(file, actionSpace);
  const options = hasParts(actionSpace) ? undefined : choices(actionSpace);
  if (!options) {
    throw new BregmanError("unsupported",
      `bregman/policy of this version does not act in ${actionSpace.kind} spaces; ` +
      "load() of bregman does");
  }
  return { kind: "choices", choices: options, outputs: options.reduce((sum, n) => sum + n, 0) };
}

function boxPlan({ facts, tensor }: PolicyFile, space: BoxSpace): BoxPlan {
  const { squash, scaleActions, stateDependentStd, initialLogStd, explorationNoise } = facts.spec;
  const { exploration, networks } = facts.spec;
  const size = boxSize(space);
  const isDeterministic = explorationNoise !== undefined;
  if (!Number.isFinite(initialLogStd) || (isDeterministic && !Number.isFinite(explorationNoise))) {
    throw new BregmanError("checkpoint-corrupt", "the policy file describes no distribution of actions");
  }
  const isFree = !isDeterministic && !stateDependentStd;
  const features = networks.hidden.at(-1) ?? flatSize(facts.spec.observationSpace);
  const featureCount = isFree && exploration?.kind === "state-dependent" ? features : 0;
  const isScaled = isDeterministic || squash || (scaleActions && isBounded(space));
  return {
    kind: "box", size, squash, explorationNoise, initialLogStd, featureCount,
    outputs: !isDeterministic && stateDependentStd ? 2 * size : size,
    logStd: isFree ? tensor("head.logStd", featureCount ? [featureCount, size] : [size]) : undefined,
    units: isScaled ? boxUnits(space.low, space.high, size) : undefined,
  };
}
