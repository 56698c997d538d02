import { BregmanError } from "../../error.ts";
import { decreasingRoot } from "../../math/decreasing-root.ts";
import type { Geometry } from "./geometry.ts";
import { dot, highestOf, normalized, sumOf } from "./vectors.ts";

/** A policy that the step stays near, in one state, and the weight b of its divergence. */
export interface WeightedPolicy {
  readonly policy: ArrayLike<number>;
  readonly weight: number;
}

/**
 * The step of the whole family in one state:
 *
 *     p' = argmax_p  <g, p> - sum_i b_i B_h(p, a_i) - lambda h(p)   over the simplex
 *        = grad h*( (g + sum_i b_i grad h(a_i)) / (sum_i b_i + lambda) )
 *
 * g is the linearization (Q or the advantage: a constant added to it changes nothing). Throws `invalid-shape` for
 * lengths that differ, `invalid-option` when nothing holds the step back or a number is out of range.
 */
export function proximalStep(
  geometry: Geometry, signal: ArrayLike<number>, anchors: readonly WeightedPolicy[], temperature = 0,
): Float64Array {
  let total = temperature;
  const dual = Float64Array.from(signal);
  for (const { policy, weight } of anchors) {
    checkStep(policy, signal, weight);
    if (weight === 0) continue;
    total += weight;
    const gradient = geometry.gradient(policy);
    for (let a = 0; a < dual.length; a++) dual[a]! += weight * gradient[a]!;
  }
  if (!(temperature >= 0 && total > 0 && total < Infinity)) {
    throw new BregmanError("invalid-option",
      `step: expected a temperature from 0 on and weights with a positive sum, got ${temperature} and ${total}`);
  }
  for (let a = 0; a < dual.length; a++) dual[a]! /= total;
  return geometry.project(dual);
}

/** One anchor, the old policy, at step size t: p' = argmax <g, p> - 1/t B_h(p, p_k). */
export function mirrorStep(
  geometry: Geometry, policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number,
): Float64Array {
  return proximalStep(geometry, signal, [{ policy, weight: 1 / checkedStepSize(stepSize) }]);
}

/**
 * The mirror step with regularization linearized at p_k, soft MDPO's: the old policy weighs 1/t - lambda and h lambda,
 * for negative entropy p' ~ p_k^{1 - lambda t} e^{t g}. At t = 1/lambda the old policy drops out (soft policy
 * iteration). Throws `invalid-option` for t outside (0, 1/lambda].
 */
export function softMirrorStep(
  geometry: Geometry, policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number, temperature: number,
): Float64Array {
  const weight = 1 / checkedStepSize(stepSize) - temperature;
  if (!(temperature >= 0) || weight < -1e-12 * temperature) {
    throw new BregmanError("invalid-option",
      `temperature: expected a number from 0 to 1/stepSize = ${1 / stepSize}, got ${temperature}`);
  }
  return proximalStep(geometry, signal, [{ policy, weight: weight > 1e-12 * temperature ? weight : 0 }], temperature);
}

/**
 * The exact step of the logit representation (sMDPO, Vaswani et al. 2022): p' ~ p_k max(0, 1 + t A), whose normalizer
 * is 1 where no term is cut, A the advantage under p_k.
 */
export function logitStep(policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number): Float64Array {
  checkStep(policy, signal, 1 / checkedStepSize(stepSize));
  const mean = dot(policy, signal);
  return normalized(Float64Array.from(policy, (p, a) => p * Math.max(0, 1 + stepSize * (signal[a]! - mean))));
}

/**
 * The penalty with the old policy first, KL(p_k || p), as in TRPO's Lagrangian: p' = p_k / (t (nu - g)), nu above all
 * g so that the sum is 1. No Bregman step: it agrees with that of negative entropy for small t only.
 */
export function reverseKlStep(policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number): Float64Array {
  checkStep(policy, signal, 1 / checkedStepSize(stepSize));
  const at = (nu: number): Float64Array =>
    Float64Array.from(policy, (p, a) => (p === 0 ? 0 : p / (stepSize * (nu - signal[a]!))));
  const highest = highestOf(Array.from(signal).filter((_, a) => policy[a]! > 0));
  // At highest + p/t one term alone is 1; at highest + 1/t no term is above its p.
  return normalized(at(decreasingRoot((nu) => sumOf(at(nu)) - 1, highest, highest + 1 / stepSize)));
}

function checkedStepSize(stepSize: number): number {
  if (stepSize > 0 && stepSize < Infinity) return stepSize;
  throw new BregmanError("invalid-option", `stepSize: expected a positive number, got ${stepSize}`);
}

function checkStep(policy: ArrayLike<number>, signal: ArrayLike<number>, weight: number): void {
  if (policy.length === 0 || policy.length !== signal.length) {
    throw new BregmanError("invalid-shape",
      `step: expected as many probabilities as signals, got ${policy.length} and ${signal.length}`);
  }
  if (!(weight >= 0 && weight < Infinity)) {
    throw new BregmanError("invalid-option", `step: expected a weight from 0 on, got ${weight}`);
  }
  for (let a = 0; a < policy.length; a++) {
    const fine = policy[a]! >= 0 && policy[a]! <= 1 + 1e-9 && Math.abs(signal[a]!) < Infinity;
    if (fine) continue;
    throw new BregmanError("invalid-option",
      `step: action ${a} has probability ${policy[a]} and signal ${signal[a]}`);
  }
}
