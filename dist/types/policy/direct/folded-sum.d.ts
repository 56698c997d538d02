/**
 * The sum of `count` elements of `x` from `start` on, or of their squares, as a map adds up a row (`program.ts`): four
 * float32 partial sums by index modulo 4, folded as (p0 + p1) + (p2 + p3). It goes to `out[0]`: where an engine does
 * not inline this, a number that is returned would be an object.
 */
export declare function foldedSum(x: Float32Array, start: number, count: number, squared: boolean, out: Float32Array): void;
