import { decreasingRoot } from "../../math/decreasing-root.ts";
import type { Geometry } from "./geometry.ts";
import { separable } from "./separable.ts";

/**
 * The map of any omega-potential (Alfano, Yuan, Rebeschini 2023): an increasing `derivative` h'(x) on (0, 1], the
 * inverse of their phi, with h(p) = sum_a integral_0^{p_a} h'(x) dx by Gauss and Legendre's rule where no `value` is
 * given, and its inverse by bisection where none is. For maps that are learned or tried out.
 */
export function omegaPotential(
  facts: Pick<Geometry, "id" | "name" | "formula">,
  { derivative, inverse, value }: {
    readonly derivative: (x: number) => number;
    readonly inverse?: (y: number) => number;
    readonly value?: (x: number) => number;
  },
): Geometry {
  const lowest = derivative(0);
  return separable(facts, {
    derivative,
    value: value ?? ((x) => integral(derivative, x)),
    inverse: inverse ?? ((y) => (y <= lowest ? 0 : decreasingRoot((x) => y - derivative(x), 0, 2))),
  });
}

/** Nodes and weights on [-1, 1], five points; the interval is cut in pieces that shrink towards 0, where h' may be
 * steep. */
const nodes = [0, 0.5384693101056831, 0.906179845938664] as const;
const weights = [0.5688888888888889, 0.47862867049936647, 0.23692688505618908] as const;

function integral(f: (x: number) => number, x: number): number {
  let sum = 0;
  for (let high = x; high > x * 1e-18 && high > 0; high /= 2) sum += piece(f, high / 2, high);
  return sum;
}

function piece(f: (x: number) => number, low: number, high: number): number {
  const [middle, half] = [(low + high) / 2, (high - low) / 2];
  let sum = weights[0] * f(middle);
  for (let i = 1; i < nodes.length; i++) {
    sum += weights[i]! * (f(middle - half * nodes[i]!) + f(middle + half * nodes[i]!));
  }
  return half * sum;
}
