import type { MirrorMap } from "./mirror-map.js";
/**
 * h(p) = sum_a p arcsinh(p / b) - sqrt(p^2 + b^2): KL as b -> 0, the squared distance over 2b as b -> infinity (Ghai,
 * Hazan, Singer 2020). Throws `invalid-option` unless b is positive.
 */
export declare function hyperbolicEntropy(width: number): MirrorMap;
