import { decreasingRoot } from "../../math/decreasing-root.ts";
import type { Geometry, Potential } from "./geometry.ts";
import { highestOf, normalized, sumOf } from "./vectors.ts";

type Facts = Pick<Geometry, "id" | "name" | "formula"> & Partial<Pick<Geometry, "project" | "divergence">>;

/**
 * The geometry of h(p) = sum_a phi(p_a). Its projection is p_a = (phi')^{-1}(y_a - nu) with the one nu that makes the
 * sum 1 (AMPO, the omega-potentials of Alfano et al. 2023, where phi' is called phi^{-1}): one root finder for every
 * map, unless `facts` brings a closed form.
 */
export function separable(facts: Facts, potential: Potential): Geometry {
  const value = (policy: ArrayLike<number>): number => {
    let sum = 0;
    for (let a = 0; a < policy.length; a++) sum += potential.value(policy[a]!);
    return sum;
  };
  const project = facts.project ?? ((dual) => projectByRoot(potential, dual));
  return {
    value,
    gradient: (policy) => Float64Array.from(policy, potential.derivative),
    inverse: (dual) => Float64Array.from(dual, potential.inverse),
    conjugate: (dual) => {
      const policy = project(dual);
      let sum = 0;
      for (let a = 0; a < policy.length; a++) if (policy[a]! > 0) sum += policy[a]! * dual[a]!;
      return sum - value(policy);
    },
    divergence: (policy, oldPolicy) => {
      let sum = 0;
      for (let a = 0; a < policy.length; a++) {
        const [p, q] = [policy[a]!, oldPolicy[a]!];
        if (p !== q) sum += potential.value(p) - potential.value(q) - potential.derivative(q) * (p - q);
      }
      return sum;
    },
    ...facts,
    project,
  };
}

/** The sum of (phi')^{-1}(y - nu) falls in nu: at nu = max y - phi'(1) the largest term alone is 1; at
 * max y - phi'(1/n) no term is above 1/n. */
function projectByRoot({ derivative, inverse }: Potential, dual: ArrayLike<number>): Float64Array {
  const highest = highestOf(dual);
  const at = (nu: number): Float64Array => Float64Array.from(dual, (y) => (y === -Infinity ? 0 : inverse(y - nu)));
  const [low, high] = [highest - derivative(1), highest - derivative(1 / dual.length)];
  return normalized(at(decreasingRoot((nu) => sumOf(at(nu)) - 1, low, high)));
}

