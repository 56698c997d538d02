import { type Space } from "../envs/spaces.js";
import type { PolicyHead } from "./distribution.js";
import { type GaussianHeadOptions } from "./gaussian.js";
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
export declare function headForSpace(space: Space, given?: HeadOptions): PolicyHead;
