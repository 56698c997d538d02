import { BregmanError } from "../../error.ts";
import type { Geometry } from "../../maps/geometry/geometry.ts";
import { softmax } from "../../maps/geometry/negative-entropy.ts";
import { omegaPotential } from "../../maps/geometry/omega-potential.ts";
import { highestOf, normalized } from "../../maps/geometry/vectors.ts";
import { exp64, log64 } from "../../math/float64.ts";
import { newtonRoot } from "../../math/newton-root.ts";

/** An increasing function on (0, 1] and its slope. */
interface MapUnit {
  readonly name: string;
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

const kink = (at: number): MapUnit =>
  ({ name: `max(0, x - ${at})`, value: (x) => Math.max(0, x - at), slope: (x) => (x > at ? 1 : 0) });

/** What a learned h' is mixed of, in the order of its weights. */
export const mapUnits: readonly MapUnit[] = [
  { name: "log x + 1", value: (x) => log64(x) + 1, slope: (x) => 1 / x },
  { name: "x", value: (x) => x, slope: () => 1 },
  { name: "-1 / sqrt x", value: (x) => -1 / Math.sqrt(x), slope: (x) => 0.5 / (x * Math.sqrt(x)) },
  { name: "sqrt x", value: (x) => Math.sqrt(x), slope: (x) => 0.5 / Math.sqrt(x) },
  { name: "x^3", value: (x) => x * x * x, slope: (x) => 3 * x * x },
  { name: "e^{4 x}", value: (x) => exp64(4 * x), slope: (x) => 4 * exp64(4 * x) },
  kink(0.25), kink(0.5), kink(0.75),
];

/**
 * The map with h'(x) = sum_i w_i f_i(x), weights w_i >= 0 of `mapUnits`: increasing, so that each state of a step has
 * one root (an omega-potential whose phi^{-1} is learned, after Alfano, Towers, Sapora, Lu, Rebeschini 2024). The
 * logarithm alone is negative entropy, to the bit. Throws `invalid-shape` and `invalid-option`.
 */
export function learnedMap(weights: ArrayLike<number>): Geometry {
  checkWeights(weights);
  const used = mapUnits.flatMap((unit, i) => (weights[i]! > 0 ? [{ ...unit, weight: weights[i]! }] : []));
  const sum = (kind: "value" | "slope") => (x: number): number => {
    let total = 0;
    for (const unit of used) total += unit.weight * unit[kind](x);
    return total;
  };
  const [derivative, slope] = [sum("value"), sum("slope")];
  const lowest = derivative(0);
  // In log x, where logarithms and roots are no steeper than lines.
  const inverse = (y: number): number => (y <= lowest ? 0 : exp64(newtonRoot((z) => {
    const x = exp64(z);
    return [y - derivative(x), -x * slope(x)];
  }, -745, 1, -1)));
  const project = (dual: ArrayLike<number>): Float64Array => {
    if (used.length === 1 && weights[0]! > 0) return softmax(Float64Array.from(dual, (y) => y / weights[0]!));
    const policy = new Float64Array(dual.length);
    const highest = highestOf(dual);
    const [low, high] = [highest - derivative(1), highest - derivative(1 / dual.length)];
    newtonRoot((nu) => {
      let [total, change] = [-1, 0];
      for (let a = 0; a < policy.length; a++) {
        const p = policy[a] = dual[a] === -Infinity ? 0 : inverse(dual[a]! - nu);
        total += p;
        if (p > 0) change -= 1 / slope(p);
      }
      return [total, change];
    }, low, high, high);
    return normalized(policy);
  };
  return {
    ...omegaPotential({
      id: "learned", name: "a mix of increasing functions",
      formula: `h' = ${used.map(({ weight, name }) => `${Math.round(1000 * weight) / 1000} (${name})`).join(" + ")}`,
    }, { derivative, inverse }),
    project,
  };
}

/**
 * Weights scaled so that h''(1/actions) = actions, negative entropy's curvature at the uniform policy: first steps of
 * equal length for every shape. A search without it would learn to take larger steps.
 */
export function comparableWeights(weights: ArrayLike<number>, actions: number): Float64Array {
  checkWeights(weights);
  const curvature = mapUnits.reduce((sum, { slope }, i) => sum + weights[i]! * slope(1 / actions), 0);
  return Float64Array.from(weights, (weight) => weight * actions / curvature);
}

function checkWeights(weights: ArrayLike<number>): void {
  if (weights.length !== mapUnits.length) {
    throw new BregmanError("invalid-shape", `weights: expected ${mapUnits.length}, got ${weights.length}`);
  }
  const fine = Array.from(weights).every((weight) => weight >= 0 && weight < Infinity);
  // A sum of kinks alone is flat near 0, and has no root there.
  if (fine && Array.from(weights).slice(0, 6).some((weight) => weight > 0)) return;
  throw new BregmanError("invalid-option",
    `weights: expected numbers from 0 on, one of the first six above it, got ${Array.from(weights).join(", ")}`);
}
