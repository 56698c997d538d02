import { boxSize, choices, type Space } from "../envs/spaces.ts";
import { BregmanError } from "../error.ts";
import { categoricalHead } from "./categorical.ts";
import type { PolicyHead } from "./distribution.ts";
import { gaussianHead, type GaussianHeadOptions } from "./gaussian.ts";
import { multiCategoricalHead } from "./multi-categorical.ts";
import { squashedGaussianHead } from "./squashed-gaussian.ts";

/** Choices for box spaces; discrete ones have none. */
export interface HeadOptions extends Omit<GaussianHeadOptions, "actionSize"> {
  /** Squash actions into the box, instead of clipping them at its border; default false. */
  readonly squash?: boolean;
}

/**
 * The head that a policy over `space` has: categorical for discrete spaces, one categorical a choice for multi-discrete
 * and multi-binary ones (off and on), Gaussian or squashed Gaussian for boxes. Throws `invalid-space` for dict and
 * tuple action spaces.
 */
export function headForSpace(space: Space, { squash = false, ...options }: HeadOptions = {}): PolicyHead {
  if (space.kind === "box") {
    const given = { ...options, actionSize: boxSize(space) };
    return squash ? squashedGaussianHead({ ...given, low: space.low, high: space.high }) : gaussianHead(given);
  }
  if (space.kind === "discrete") return categoricalHead(space);
  const nvec = choices(space);
  if (!nvec) {
    throw new BregmanError(
      "invalid-space",
      `action space: ${space.kind} spaces are not supported; use box, discrete or multi-*`,
    );
  }
  return multiCategoricalHead({ nvec });
}
