/**
 * The gradient of |x|_p^2 / 2 with p > 1: x -> sign(x) |x|^{p - 1} / |x|_p^{p - 2}, the link of mirror descent on
 * parameters under the norm of index p (Huang, Gao, Huang 2021, BGPO). Its inverse is the link of q with 1/p + 1/q = 1.
 * p = 2 changes nothing. Throws `invalid-option` for p of at most 1.
 */
export declare function normLink(x: ArrayLike<number>, p: number): Float64Array;
/** The index q with 1/p + 1/q = 1. */
export declare const dualIndex: (p: number) => number;
