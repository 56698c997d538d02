import type { Geometry } from "./geometry.js";
/**
 * The map of any omega-potential (Alfano, Yuan, Rebeschini 2023): an increasing `derivative` h'(x) on (0, 1], the
 * inverse of their phi, with h(p) = sum_a integral_0^{p_a} h'(x) dx by Gauss and Legendre's rule where no `value` is
 * given, and its inverse by bisection where none is. For maps that are learned or tried out.
 */
export declare function omegaPotential(facts: Pick<Geometry, "id" | "name" | "formula">, { derivative, inverse, value }: {
    readonly derivative: (x: number) => number;
    readonly inverse?: (y: number) => number;
    readonly value?: (x: number) => number;
}): Geometry;
