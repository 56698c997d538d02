/** e^x to about one unit in the last place: x = k log 2 + r, |r| <= log 2 / 2, and the Taylor series of e^r. */
export declare function exp64(x: number): number;
/** log x: x = m 2^k with m near 1, and log m = 2 artanh((m - 1) / (m + 1)) by its series. NaN below 0. */
export declare function log64(x: number): number;
/** x^exponent for x >= 0; 0^0 is 1. */
export declare function power64(x: number, exponent: number): number;
/** tanh x = (e^{2x} - 1) / (e^{2x} + 1), by its continued fraction near 0, where the difference cancels. */
export declare function tanh64(x: number): number;
