import { BregmanError } from "../error.ts";
import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import type { Distribution, PolicyHead } from "./distribution.ts";
import { checkExploration, exploreAutoregressive, type Exploration } from "./exploration.ts";
import { boxScale } from "./gaussian.ts";

/**
 * The policy that gives one action, tanh(u), in units of the half box; a sample adds Gaussian noise and stays inside of
 * [-1, 1] (Lillicrap et al. 2016, Fujimoto et al. 2018). It has no density: `logProb`, `entropy` and `kl` throw
 * `invalid-option`.
 */
export function deterministic(u: Tensor, explorationNoise: number): Distribution {
  const none = (): never => {
    throw new BregmanError("invalid-option", "distribution: a deterministic policy has no density");
  };
  const mode = (): Tensor => t.tanh(u);
  return {
    logProb: none, entropy: none, kl: none, mode,
    sample: (state, salt) =>
      t.clamp(t.add(mode(), t.mul(explorationNoise, t.randomNormal(state, u.shape, salt))), -1, 1),
  };
}

export interface DeterministicHeadOptions {
  readonly actionSize: number;
  /** Bounds of the box, one for all or one per element; finite. */
  readonly low: number | ArrayLike<number>;
  readonly high: number | ArrayLike<number>;
  /** Deviation of the noise, in units of the half box. */
  readonly explorationNoise: number;
  /** Autoregressive noise keeps that deviation: the Ornstein-Uhlenbeck process of DDPG. */
  readonly exploration?: Exploration | undefined;
}

/** Throws `invalid-space` for bounds that are not finite, `invalid-option` for state-dependent noise. */
export function deterministicHead(options: DeterministicHeadOptions): PolicyHead {
  const { actionSize, low, high, explorationNoise, exploration = { kind: "independent" } } = options;
  checkExploration(exploration);
  if (exploration.kind === "state-dependent") {
    throw new BregmanError("invalid-option",
      "exploration: a deterministic policy explores with independent or autoregressive noise");
  }
  const toBox = boxScale(low, high, actionSize);
  const head: PolicyHead = {
    kind: "deterministic",
    outputs: actionSize,
    actionSize,
    actionType: "f32",
    parameters: [],
    parameterCount: actionSize,
    explorationSize: exploration.kind === "autoregressive" ? actionSize : 0,
    parametersOf: ({ output }) => output,
    distribution: (u) => deterministic(u, explorationNoise),
    toEnvironment: toBox,
    toUnit: (action) => action,
    fromUnit: toBox,
  };
  if (exploration.kind !== "autoregressive") return head;
  return {
    ...head,
    explore(inputs, state, salt) {
      const mean = t.tanh(inputs.output);
      const logStd = t.log(t.full(mean.shape, Math.max(explorationNoise, 1e-30)));
      const explored = exploreAutoregressive({ mean, logStd }, inputs, state, salt, exploration.correlation);
      return { action: t.clamp(explored.action, -1, 1), exploration: explored.exploration };
    },
  };
}
