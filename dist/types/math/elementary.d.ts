/** sin x for |x| < 1e6. */
export declare function sine(x: number): number;
/** cos x for |x| < 1e6. */
export declare function cosine(x: number): number;
/** log x for normal x > 0: the exponent, and 2 atanh((m - 1) / (m + 1)) of the mantissa m in [sqrt(1/2), sqrt(2)). */
export declare function logarithm(x: number): number;
