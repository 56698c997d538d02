import { BregmanError } from "../error.ts";
import { exp64, log64, power64 } from "./float64.ts";

// Exact mirror steps for one state with finitely many actions, in float64:
//
//     p' = argmax_p  <g, p> - 1/t B_h(p, p_k)   over the simplex
//
// g is the linearization (Q or the advantage: a constant added to it changes nothing). Gradient steps on parameters
// approach these. In theory tests they are what the kit's objectives and solvers are compared with.

/** KL(p || p_k), multiplicative weights: p' ~ p_k e^{t g}. Actions of probability 0 keep it. */
export function klStep(policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number): Float64Array {
  return softKlStep(policy, signal, stepSize, 0);
}

/**
 * KL with entropy regularization of temperature lambda, linearized at p_k: p' ~ p_k^{1 - lambda t} e^{t g}. At
 * t = 1/lambda the old policy drops out and p' ~ e^{g / lambda} (soft policy iteration). Throws `invalid-option` for t
 * outside (0, 1/lambda].
 */
export function softKlStep(
  policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number, temperature: number,
): Float64Array {
  checkStep(policy, signal, stepSize);
  const weight = 1 - temperature * stepSize;
  if (!(temperature >= 0) || weight < -1e-12) {
    throw new BregmanError("invalid-option",
      `temperature: expected a number from 0 to 1/stepSize = ${1 / stepSize}, got ${temperature}`);
  }
  const keeps = weight > 1e-12;
  const logits = Float64Array.from(policy, (p, a) => (keeps ? weight * log64(p) : 0) + stepSize * signal[a]!);
  const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  return normalized(logits.map((logit) => exp64(logit - highest)));
}

/**
 * h = |p|^2 / 2, projected gradient ascent: the point of the simplex nearest to p_k + t g, by sorting and a threshold.
 */
export function euclideanStep(policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number): Float64Array {
  checkStep(policy, signal, stepSize);
  const target = Float64Array.from(policy, (p, a) => p + stepSize * signal[a]!);
  const descending = target.slice().sort().reverse();
  let [total, threshold] = [0, 0];
  for (let i = 0; i < descending.length; i++) {
    total += descending[i]!;
    const candidate = (total - 1) / (i + 1);
    if (descending[i]! > candidate) threshold = candidate;
  }
  return target.map((x) => Math.max(0, x - threshold));
}

/**
 * Tsallis entropy of index q >= 1: p'_a = [p_a^{q-1} + (q-1) t (g_a - nu) / q]_+^{1/(q-1)} with nu by bisection, so
 * that the sum is 1. q = 1 is `klStep`, q = 2 `euclideanStep` with half the step.
 * Throws `invalid-option` for q below 1.
 */
export function tsallisStep(
  policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number, index: number,
): Float64Array {
  checkStep(policy, signal, stepSize);
  if (!(index >= 1 && index < Infinity)) {
    throw new BregmanError("invalid-option", `tsallisIndex: expected a number of at least 1, got ${index}`);
  }
  if (index - 1 < 1e-6) return klStep(policy, signal, stepSize);
  const old = Float64Array.from(policy, (p) => power64(p, index - 1));
  const at = (nu: number): Float64Array => old.map((x, a) => {
    const base = x + ((index - 1) * stepSize * (signal[a]! - nu)) / index;
    return base > 0 ? power64(base, 1 / (index - 1)) : 0;
  });
  const { lowest, highest } = rangeOf(signal);
  return normalized(at(decreasingRoot((nu) => sum(at(nu)) - 1, lowest, highest)));
}

/**
 * The penalty with the old policy first, KL(p_k || p), as in TRPO's Lagrangian: p' = p_k / (t (nu - g)), nu above all
 * g so that the sum is 1. No mirror step: it agrees with `klStep` for small t only.
 */
export function reverseKlStep(policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number): Float64Array {
  checkStep(policy, signal, stepSize);
  const at = (nu: number): Float64Array =>
    Float64Array.from(policy, (p, a) => (p === 0 ? 0 : p / (stepSize * (nu - signal[a]!))));
  const possible = Array.from(signal).filter((_, a) => policy[a]! > 0);
  const { highest } = rangeOf(possible);
  // At highest + p/t one term alone is 1; at highest + 1/t no term is above its p.
  return normalized(at(decreasingRoot((nu) => sum(at(nu)) - 1, highest, highest + 1 / stepSize)));
}

/** Where a decreasing function passes 0, to the last bit that bisection can tell. */
function decreasingRoot(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (;;) {
    const middle = a + (b - a) / 2;
    if (!(middle > a && middle < b)) return b;
    if (f(middle) > 0) a = middle;
    else b = middle;
  }
}

function normalized(weights: Float64Array): Float64Array {
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

function rangeOf(values: ArrayLike<number>): { lowest: number; highest: number } {
  let [lowest, highest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    lowest = Math.min(lowest, values[i]!);
    highest = Math.max(highest, values[i]!);
  }
  return { lowest, highest };
}

function checkStep(policy: ArrayLike<number>, signal: ArrayLike<number>, stepSize: number): void {
  if (policy.length === 0 || policy.length !== signal.length) {
    throw new BregmanError("invalid-shape",
      `step: expected as many probabilities as signals, got ${policy.length} and ${signal.length}`);
  }
  if (!(stepSize > 0 && stepSize < Infinity)) {
    throw new BregmanError("invalid-option", `stepSize: expected a positive number, got ${stepSize}`);
  }
  for (let a = 0; a < policy.length; a++) {
    const fine = policy[a]! >= 0 && policy[a]! <= 1 + 1e-9 && Math.abs(signal[a]!) < Infinity;
    if (fine) continue;
    throw new BregmanError("invalid-option",
      `step: action ${a} has probability ${policy[a]} and signal ${signal[a]}`);
  }
}
