import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import type { Distribution } from "./distribution.ts";
import {
  boxScale,
  gaussian,
  gaussianCore,
  type GaussianDistribution,
  type GaussianHead,
  type GaussianHeadOptions,
} from "./gaussian.ts";

/**
 * The distribution of tanh(u) with u a diagonal Gaussian (Haarnoja et al. 2018, appendix C). Actions are u, BEFORE the
 * squashing. Densities are those of tanh(u) in (-1, 1): log p = log N(u) - sum_i log(1 - tanh(u_i)^2); the scaling to
 * the box would subtract a constant and is left out, so that entropies are measured in units of the half box.
 *
 * KL is exact in closed form, since both distributions are squashed by the same invertible map: that of the Gaussians.
 * The entropy has no closed form: H(Gaussian) + E[log(1 - tanh^2 u)], its expectation by Gauss-Hermite quadrature (see
 * `expectedLogSlope`). The mode is that of the Gaussian: the u whose squashing is the median.
 */
export function squashedGaussian(parameters: Tensor): GaussianDistribution {
  const base = gaussian(parameters);
  return {
    ...base,
    dimensionLogProbs: (action) => t.sub(base.dimensionLogProbs(action), logSlope(action)),
    logProb: (action) => t.sub(base.logProb(action), t.sum(logSlope(action), -1)),
    entropy: () => t.add(base.entropy(), t.sum(expectedLogSlope(base.mean, t.exp(base.logStd)), -1)),
    kl: (other: Distribution) => base.kl(other),
    klParts: (other: Distribution) => base.klParts!(other),
  };
}

/** log(1 - tanh(u)^2) = 2 (log 2 - u - softplus(-2 u)), without ever forming the difference. */
function logSlope(u: Tensor): Tensor {
  return t.mul(2, t.sub(t.sub(0.6931471805599453, u), t.softplus(t.mul(-2, u))));
}

/**
 * Positive nodes and all weights of the Gauss-Hermite rule of 9 points for a standard normal
 * (numpy.polynomial.hermite.hermgauss).
 */
const quadrature = {
  nodes: [1.0232556637891326, 2.07684797867783, 3.2054290028564703, 4.5127458633997835],
  weights: [0.2440975028949394, 0.04991640676521791, 0.0027891413212317653, 2.2345844007746576e-5],
  weightAtZero: 0.4063492063492064,
};

/** E[log(1 - tanh(u)^2)], u ~ N(mean, sigma^2): within 1e-5 for sigma <= 0.6, 5e-4 for sigma <= 1, 0.07 for <= e. */
function expectedLogSlope(mean: Tensor, sigma: Tensor): Tensor {
  return quadrature.nodes.reduce((sum, node, i) => {
    const offset = t.mul(sigma, node);
    const pair = t.add(logSlope(t.add(mean, offset)), logSlope(t.sub(mean, offset)));
    return t.add(sum, t.mul(quadrature.weights[i]!, pair));
  }, t.mul(quadrature.weightAtZero, logSlope(mean)));
}

/**
 * The u with tanh(u) = unit. Only for numbers that never were a tanh, away from -1 and 1: there nothing is left of u.
 */
export function unsquashed(unit: Tensor): Tensor {
  return t.mul(0.5, t.sub(t.log(t.add(1, unit)), t.log(t.sub(1, unit))));
}

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
export function squashedGaussianHead(options: SquashedGaussianHeadOptions): GaussianHead {
  const core = gaussianCore(options);
  const toBox = boxScale(options.low, options.high, options.actionSize);
  return {
    ...core,
    kind: "squashed-gaussian",
    distribution: squashedGaussian,
    toEnvironment: (action) => toBox(t.tanh(action)),
    toUnit: t.tanh,
    fromUnit: toBox,
  };
}
