import { startOf } from "../envs/raw-values.ts";
import { boxSize, choices, hasParts, maskLength, plainParts, type Space } from "../envs/spaces.ts";
import { BregmanError } from "../error.ts";
import { isBounded } from "./box-bounds.ts";
import { categoricalHead } from "./categorical.ts";
import { deterministicHead } from "./deterministic.ts";
import type { PolicyHead } from "./distribution.ts";
import { gaussianHead, type GaussianHeadOptions } from "./gaussian.ts";
import { mixedHead } from "./mixed.ts";
import { multiCategoricalHead } from "./multi-categorical.ts";
import { squashedGaussianHead } from "./squashed-gaussian.ts";

/** Choices for box spaces; discrete ones have none. */
export interface HeadOptions extends Omit<GaussianHeadOptions, "actionSize" | "low" | "high"> {
  /** Squash actions into the box, instead of clipping them at its border; default false. */
  readonly squash?: boolean;
  /** Without squashing: actions in units of a bounded box's half width, from its middle; default false. */
  readonly scale?: boolean;
  /** One action instead of a distribution; to explore, noise of this deviation (in half boxes) is added to it. */
  readonly explorationNoise?: number | undefined;
}

/**
 * The head that a policy over `space` has: categorical for discrete spaces, one categorical a choice for multi-discrete
 * and multi-binary ones (off and on), Gaussian, squashed Gaussian or deterministic for boxes, independent heads for the
 * parts of dict and tuple. Throws `invalid-space` for a deterministic policy over anything but a box.
 */
export function headForSpace(space: Space, given: HeadOptions = {}): PolicyHead {
  const { squash = false, scale = false, explorationNoise, ...options } = given;
  if (explorationNoise !== undefined) {
    if (space.kind !== "box") {
      throw new BregmanError(
        "invalid-space",
        `action space: a deterministic policy needs continuous (box) actions, these are ${space.kind}`,
      );
    }
    const { low, high } = space;
    const { exploration } = options;
    return deterministicHead({ actionSize: boxSize(space), low, high, explorationNoise, exploration });
  }
  if (space.kind === "box") {
    const free = { ...options, actionSize: boxSize(space) };
    const inBox = { ...free, low: space.low, high: space.high };
    if (squash) return squashedGaussianHead(inBox);
    return gaussianHead(scale && isBounded(space) ? inBox : free);
  }
  if (space.kind === "discrete") return categoricalHead(space);
  if (hasParts(space)) {
    return mixedHead(plainParts(space).map(([, part]) =>
      ({ head: headForSpace(part, given), start: startOf(part), maskSize: maskLength(part) })));
  }
  return multiCategoricalHead({ nvec: choices(space)! });
}
