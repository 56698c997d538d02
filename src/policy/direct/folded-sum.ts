/**
 * The sum of `count` elements of `x` from `start` on, or of their squares, as a map adds up a row (`program.ts`): four
 * float32 partial sums by index modulo 4, folded as (p0 + p1) + (p2 + p3). It goes to `out[0]`: where an engine does
 * not inline this, a number that is returned would be an object.
 */
export function foldedSum(x: Float32Array, start: number, count: number, squared: boolean, out: Float32Array): void {
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  for (let i = 0; i < count; i++) {
    const value = x[start + i]!;
    const term = squared ? Math.fround(value * value) : value;
    if (i % 4 === 0) p0 = Math.fround(p0 + term);
    else if (i % 4 === 1) p1 = Math.fround(p1 + term);
    else if (i % 4 === 2) p2 = Math.fround(p2 + term);
    else p3 = Math.fround(p3 + term);
  }
  out[0] = Math.fround(p0 + p1) + Math.fround(p2 + p3);
}
