import type { Geometry } from "./geometry.js";
/**
 * h(p) = sum_a p arcsinh(p / b) - sqrt(p^2 + b^2): negative entropy as b -> 0, the squared norm over b as b -> infinity
 * (Ghai, Hazan, Singer 2020). Throws `invalid-option` unless b is positive.
 */
export declare function hyperbolicEntropy(width: number): Geometry;
