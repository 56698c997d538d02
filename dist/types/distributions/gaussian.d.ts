import type { Tensor } from "../tensor/index.js";
import type { Distribution, PolicyHead } from "./distribution.js";
import { type Exploration, type Moments } from "./exploration.js";
export interface GaussianDistribution extends Distribution, Moments {
    dimensionLogProbs(action: Tensor): Tensor;
}
/**
 * A diagonal Gaussian. `parameters` [B, 2 A] are the means, then the logarithms of the standard deviations; actions are
 * f32 [B, A].
 *
 *     log p(a) = sum_i -z_i^2 / 2 - log sigma_i - log(2 pi) / 2,  z = (a - mean) / sigma
 *     KL(this || other) = sum_i (e^{2 d} + ((mean - mean') / sigma')^2 - 1) / 2 - d,  d = log sigma - log sigma'
 */
export declare function gaussian(parameters: Tensor): GaussianDistribution;
export interface GaussianHeadOptions {
    readonly actionSize: number;
    /**
     * Where the log standard deviation begins; default 0, for state-dependent exploration -2 (that of one noise scale).
     */
    readonly initialLogStd?: number;
    /**
     * The network gives the log standard deviation too, as what is added to `initialLogStd`; default false: free
     * parameters do.
     */
    readonly stateDependent?: boolean;
    /**
     * Limits of the log standard deviation, beyond which its gradient is 0; default [-20, 2] where the network gives it,
     * else none.
     */
    readonly logStdRange?: readonly [low: number, high: number];
    readonly exploration?: Exploration;
    /**
     * Finite bounds of a box, one for all or one per element: actions are then in units of its half width, from its
     * middle.
     */
    readonly low?: number | ArrayLike<number>;
    readonly high?: number | ArrayLike<number>;
}
/** A head that also tells how it explores: whoever samples needs to know for how many steps noise is held. */
export interface GaussianHead extends PolicyHead {
    readonly exploration: Exploration;
}
/**
 * A Gaussian policy. Its parameters are [mean, log sigma], [B, 2 A].
 *
 * `exploration` correlates the noise over time. Autoregressive: given the noise row, `parametersOf` is the exact
 * density of the action conditional on that noise; without it, the stationary one. State-dependent (gSDE, Raffin et al.
 * 2021): the density is the marginal over the noise matrix, N(mean, sum_f phi_f^2 sigma_f^2 + 1e-6), as the paper and
 * its code have it (exact for the first step of a hold; given the matrix the action would be certain); phi is the last
 * hidden layer, whose gradient is stopped there.
 *
 * Throws `invalid-option` for options outside of their range.
 */
export declare function gaussianHead(options: GaussianHeadOptions): GaussianHead;
/**
 * middle + half width * x of a box; the tensor itself for [-1, 1]. Throws `invalid-space` for bounds that are not
 * finite.
 */
export declare function boxScale(low: number | ArrayLike<number>, high: number | ArrayLike<number>, size: number): (x: Tensor) => Tensor;
/** What Gaussian and squashed Gaussian heads have in common: all of it before the squashing. */
export declare function gaussianCore(options: GaussianHeadOptions): Omit<GaussianHead, "kind" | "distribution" | "toEnvironment" | "toUnit" | "fromUnit">;
