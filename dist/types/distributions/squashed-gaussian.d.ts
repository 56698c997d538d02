import type { Tensor } from "../tensor/index.js";
import { type GaussianDistribution, type GaussianHead, type GaussianHeadOptions } from "./gaussian.js";
/**
 * The distribution of tanh(u) with u a diagonal Gaussian (Haarnoja et al. 2018, appendix C). Actions are u, BEFORE the
 * squashing. Densities are those of tanh(u) in (-1, 1): log p = log N(u) - sum_i log(1 - tanh(u_i)^2); the scaling to
 * the box would subtract a constant and is left out, so that entropies are measured in units of the half box.
 *
 * KL is exact in closed form, since both distributions are squashed by the same invertible map: that of the Gaussians.
 * The entropy has no closed form: H(Gaussian) + E[log(1 - tanh^2 u)], its expectation by Gauss-Hermite quadrature (see
 * `expectedLogSlope`). The mode is that of the Gaussian: the u whose squashing is the median.
 */
export declare function squashedGaussian(parameters: Tensor): GaussianDistribution;
/**
 * The u with tanh(u) = unit. Only for numbers that never were a tanh, away from -1 and 1: there nothing is left of u.
 */
export declare function unsquashed(unit: Tensor): Tensor;
export interface SquashedGaussianHeadOptions extends GaussianHeadOptions {
    /** Bounds of the box, one for all or one per element; finite. */
    readonly low: number | ArrayLike<number>;
    readonly high: number | ArrayLike<number>;
}
/**
 * A Gaussian policy whose actions are squashed into the box: low + (high - low) (tanh(u) + 1) / 2. For exploration see
 * `gaussianHead`: the noise is added to u. Throws `invalid-option` for options outside of their range, `invalid-space`
 * for bounds that are not finite.
 */
export declare function squashedGaussianHead(options: SquashedGaussianHeadOptions): GaussianHead;
