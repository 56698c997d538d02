import type { Geometry } from "./geometry.js";
/** h(p) = sum_a p log p: B_h = KL(p || q), steps by multiplicative weights. Actions of probability 0 keep it. */
export declare const negativeEntropy: Geometry;
export declare function softmax(logits: ArrayLike<number>): Float64Array;
/** log sum_a e^{z_a}, the conjugate of negative entropy on the simplex. */
export declare function logSumExp(logits: ArrayLike<number>): number;
