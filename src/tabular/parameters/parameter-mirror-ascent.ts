import { power64 } from "../../math/float64.ts";
import { ruleAt, type GradientEstimator, type Rule } from "./gradient-estimators.ts";
import type { ParameterMap } from "./parameter-maps.ts";

export interface ParameterChoices {
  readonly map: ParameterMap;
  readonly estimator: GradientEstimator;
  /** The size of the mirror step. */
  readonly stepSize: Rule;
  /** eta_t: how far to go towards where the mirror step leads. */
  readonly share?: Rule;
  /** Entries of u are held within plus and minus this. */
  readonly largest?: number;
}

/**
 * Mirror ascent on parameters (BGPO, Huang, Gao, Huang 2021; VRMPO, Yang et al. 2022; NPG-HM, Feng et al. 2024): u_t
 * from the estimator, theta' = argmax_x <u_t, x> - 1/size D_psi(x, theta_t), and the step goes there by a share,
 * theta_{t+1} = (1 - eta_t) theta_t + eta_t theta'. With the norm of index 2, eta 1 and u from momentum it is
 * stochastic gradient ascent with momentum.
 */
export class ParameterMirrorAscent {
  readonly #choices: ParameterChoices;
  #iteration = 0;
  #parameters: Float64Array;

  constructor(first: ArrayLike<number>, choices: ParameterChoices) {
    this.#choices = choices;
    this.#parameters = Float64Array.from(first);
  }

  get iteration(): number { return this.#iteration; }
  get parameters(): Float64Array { return this.#parameters; }

  /** One step; returns u_t. */
  step(): Float64Array {
    const { map, estimator, stepSize, share = 1, largest = Infinity } = this.#choices;
    const parameters = this.#parameters;
    const direction = estimator.next(parameters).map((u) => Math.max(-largest, Math.min(largest, u)));
    const target = map.step(parameters, direction, ruleAt(stepSize, this.#iteration));
    const eta = ruleAt(share, this.#iteration);
    this.#parameters = target.map((x, i) => (1 - eta) * parameters[i]! + eta * x);
    this.#iteration++;
    return direction;
  }
}

/**
 * BGPO's pair of rules: eta_t = rate / (offset + t)^{1/root} and a_t = min(1, max(lowest, scale eta_{t-1}^2)), the
 * share of what is new; its root is 2 for plain momentum and 3 for recursive.
 */
export function decayingRules(
  { rate, offset, root, scale, lowest = 0.3 }:
    { rate: number; offset: number; root: number; scale: number; lowest?: number },
): { readonly share: (iteration: number) => number; readonly momentum: (iteration: number) => number } {
  const share = (t: number): number => rate / power64(offset + t, 1 / root);
  return {
    share,
    momentum: (t) => (t === 0 ? 1 : Math.min(1, Math.max(lowest, scale * share(t - 1) * share(t - 1)))),
  };
}
