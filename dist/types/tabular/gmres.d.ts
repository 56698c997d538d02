/** out = A v. */
export type Product = (v: Float64Array, out: Float64Array) => void;
/**
 * x with max |b - A x| <= `tolerance`, from the given x on, by restarted GMRES; in place. Returns the residual reached,
 * which is above the tolerance where the system is too hard for it.
 */
export declare function solveIteratively(apply: Product, right: Float64Array, x: Float64Array, tolerance: number): number;
