// Sine, cosine and logarithm in float64 for JavaScript off the hot path, from + - * / alone: every engine computes the
// same bits, which the host's own functions do not promise. Errors are below two units in the last place.

const twoOverPi = 0.6366197723675814;
/** pi/2 in three parts, the first two of 33 bits: products with whole numbers below 2^20 are exact. */
const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const;
const log2Parts = [0.6931471803691238, 1.9082149292705877e-10] as const;

/** sin x for |x| < 1e6. */
export function sine(x: number): number {
  const { quadrant, rest } = reduced(x);
  const value = quadrant % 2 === 0 ? sineSeries(rest) : cosineSeries(rest);
  return quadrant < 2 ? value : -value;
}

/** cos x for |x| < 1e6. */
export function cosine(x: number): number {
  const { quadrant, rest } = reduced(x);
  const value = quadrant % 2 === 0 ? cosineSeries(rest) : sineSeries(rest);
  return quadrant === 0 || quadrant === 3 ? value : -value;
}

/** x = quadrant pi/2 + rest, modulo 2 pi, with |rest| <= pi/4. */
function reduced(x: number): { quadrant: number; rest: number } {
  const n = Math.round(x * twoOverPi);
  const rest = x - n * halfPi[0] - n * halfPi[1] - n * halfPi[2];
  return { quadrant: ((n % 4) + 4) % 4, rest };
}

/** x - x^3/3! + x^5/5! ... to x^17. */
function sineSeries(x: number): number {
  const z = x * x;
  let factor = 1;
  for (let k = 16; k >= 2; k -= 2) factor = 1 - (z / (k * (k + 1))) * factor;
  return x * factor;
}

/** 1 - x^2/2! + x^4/4! ... to x^18. */
function cosineSeries(x: number): number {
  const z = x * x;
  let factor = 1;
  for (let k = 17; k >= 1; k -= 2) factor = 1 - (z / (k * (k + 1))) * factor;
  return factor;
}

/** log x for normal x > 0: the exponent, and 2 atanh((m - 1) / (m + 1)) of the mantissa m in [sqrt(1/2), sqrt(2)). */
export function logarithm(x: number): number {
  let [mantissa, exponent] = [x, 0];
  while (mantissa >= Math.SQRT2) [mantissa, exponent] = [mantissa / 2, exponent + 1];
  while (mantissa < Math.SQRT1_2) [mantissa, exponent] = [mantissa * 2, exponent - 1];
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let series = 0;
  for (let k = 23; k >= 1; k -= 2) series = 1 / k + z * series;
  return exponent * log2Parts[0] + (2 * s * series + exponent * log2Parts[1]);
}
