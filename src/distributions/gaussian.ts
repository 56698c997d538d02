import { BregmanError } from "../error.ts";
import type { ParameterSpec } from "../nn/module.ts";
import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import { boxUnits } from "./box-bounds.ts";
import { columns, constantVector } from "./columns.ts";
import type { Distribution, HeadInputs, PolicyHead } from "./distribution.ts";
import {
  checkExploration,
  conditionOnNoise,
  exploreAutoregressive,
  exploreStateDependent,
  stateDependentLogStd,
  type Exploration,
  type Moments,
} from "./exploration.ts";

/** log(2 pi) / 2 */
const logNormalizer = 0.9189385332046727;

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
export function gaussian(parameters: Tensor): GaussianDistribution {
  const size = parameters.shape[1]! / 2;
  const mean = columns(parameters, 0, size);
  const logStd = columns(parameters, size, 2 * size);
  const dimensionLogProbs = (action: Tensor): Tensor => {
    const z = t.mul(t.sub(action, mean), t.exp(t.neg(logStd)));
    return t.sub(t.sub(t.mul(-0.5, t.square(z)), logStd), logNormalizer);
  };
  return {
    mean, logStd, dimensionLogProbs,
    logProb: (action) => t.sum(dimensionLogProbs(action), -1),
    entropy: () => t.sum(t.add(logStd, logNormalizer + 0.5), -1),
    kl(other) {
      const { mean: otherMean, logStd: otherLogStd } = momentsOf(other);
      const difference = t.sub(logStd, otherLogStd);
      const distance = t.mul(t.sub(mean, otherMean), t.exp(t.neg(otherLogStd)));
      const squares = t.add(t.sub(t.exp(t.mul(2, difference)), 1), t.square(distance));
      return t.sum(t.sub(t.mul(0.5, squares), difference), -1);
    },
    klParts(other) {
      const { mean: otherMean, logStd: otherLogStd } = momentsOf(other);
      const difference = t.sub(logStd, otherLogStd);
      const distance = t.mul(t.sub(mean, otherMean), t.exp(t.neg(logStd)));
      const ofDeviation = t.sub(t.mul(0.5, t.sub(t.exp(t.mul(2, difference)), 1)), difference);
      return [t.sum(t.mul(0.5, t.square(distance)), -1), t.sum(ofDeviation, -1)];
    },
    mode: () => mean,
    sample: (state, salt) => t.add(mean, t.mul(t.exp(logStd), t.randomNormal(state, mean.shape, salt))),
  };
}

function momentsOf(distribution: Distribution): Moments {
  const { mean, logStd } = distribution as Partial<GaussianDistribution>;
  if (!mean || !logStd) throw new BregmanError("invalid-option", "kl: expected two Gaussian distributions");
  return { mean, logStd };
}

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
export function gaussianHead(options: GaussianHeadOptions): GaussianHead {
  const { low, high, actionSize } = options;
  const toBox = low !== undefined && high !== undefined ? boxScale(low, high, actionSize) : (x: Tensor) => x;
  return {
    ...gaussianCore(options),
    kind: "gaussian",
    distribution: gaussian,
    toEnvironment: toBox,
    toUnit: (action) => action,
    fromUnit: toBox,
  };
}

/**
 * middle + half width * x of a box; the tensor itself for [-1, 1]. Throws `invalid-space` for bounds that are not
 * finite.
 */
export function boxScale(
  low: number | ArrayLike<number>, high: number | ArrayLike<number>, size: number,
): (x: Tensor) => Tensor {
  const { middle, half } = boxUnits(low, high, size);
  if (middle.every((value) => value === 0) && half.every((value) => value === 1)) return (x) => x;
  return (x) => t.add(constantVector(middle), t.mul(constantVector(half), x));
}

/** What Gaussian and squashed Gaussian heads have in common: all of it before the squashing. */
export function gaussianCore(
  options: GaussianHeadOptions,
): Omit<GaussianHead, "kind" | "distribution" | "toEnvironment" | "toUnit" | "fromUnit"> {
  const { actionSize, stateDependent = false, exploration = { kind: "independent" } } = options;
  check(options, exploration);
  const { initialLogStd = exploration.kind === "state-dependent" ? -2 : 0 } = options;
  const range = options.logStdRange ?? (stateDependent ? ([-20, 2] as const) : undefined);
  const limited = (logStd: Tensor): Tensor => (range ? t.clamp(logStd, range[0], range[1]) : logStd);
  const freeShape = exploration.kind === "state-dependent" ? [exploration.featureCount, actionSize] : [actionSize];
  const free: ParameterSpec = {
    name: "head.logStd",
    shape: freeShape,
    initializer: { kind: "constant", value: initialLogStd },
  };

  const freeLogStd = ({ parameters }: HeadInputs): Tensor => limited(parameters[free.name]!);
  const meanOf = ({ output }: HeadInputs): Tensor => (stateDependent ? columns(output, 0, actionSize) : output);
  const momentsOfInputs = (inputs: HeadInputs): Moments => {
    const mean = meanOf(inputs);
    if (stateDependent) {
      return { mean, logStd: limited(t.add(columns(inputs.output, actionSize, 2 * actionSize), initialLogStd)) };
    }
    if (exploration.kind === "state-dependent") {
      return { mean, logStd: stateDependentLogStd(inputs.features, freeLogStd(inputs)) };
    }
    return { mean, logStd: t.expand(freeLogStd(inputs), mean.shape) };
  };
  const parametersOf = (inputs: HeadInputs): Tensor => {
    const moments = momentsOfInputs(inputs);
    const { mean, logStd } =
      exploration.kind === "autoregressive" && inputs.exploration
        ? conditionOnNoise(moments, inputs.exploration, exploration.correlation)
        : moments;
    return t.concat([mean, logStd], 1);
  };
  const core = {
    outputs: stateDependent ? 2 * actionSize : actionSize,
    actionSize,
    actionType: "f32" as const,
    parameters: stateDependent ? [] : [free],
    parameterCount: 2 * actionSize,
    explorationSize: explorationSize(exploration, actionSize),
    exploration,
    parametersOf,
  };
  switch (exploration.kind) {
    case "independent":
      return core;
    case "autoregressive":
      return {
        ...core,
        explore: (inputs, state, salt) =>
          exploreAutoregressive(momentsOfInputs(inputs), inputs, state, salt, exploration.correlation),
      };
    case "state-dependent":
      return {
        ...core,
        explore: (inputs, state, salt, renew) =>
          exploreStateDependent(meanOf(inputs), freeLogStd(inputs), inputs, state, salt, renew),
      };
  }
}

function explorationSize(exploration: Exploration, actionSize: number): number {
  switch (exploration.kind) {
    case "independent": return 0;
    case "autoregressive": return actionSize;
    case "state-dependent": return exploration.featureCount * actionSize;
  }
}

function check(
  { actionSize, initialLogStd, stateDependent, logStdRange }: GaussianHeadOptions,
  exploration: Exploration,
): void {
  const fail = (message: string): never => {
    throw new BregmanError("invalid-option", message);
  };
  if (!Number.isSafeInteger(actionSize) || actionSize < 1) {
    fail(`actionSize: expected a positive integer, got ${actionSize}`);
  }
  if (initialLogStd !== undefined && !Number.isFinite(initialLogStd)) {
    fail(`initialLogStd: expected a finite number, got ${initialLogStd}`);
  }
  if (logStdRange && !(logStdRange[0] <= logStdRange[1])) {
    fail(`logStdRange: expected [low, high], got [${logStdRange.join(", ")}]`);
  }
  checkExploration(exploration);
  if (stateDependent && exploration.kind === "state-dependent") {
    fail("stateDependent: state-dependent exploration has its own scales; leave one of the two away");
  }
}
