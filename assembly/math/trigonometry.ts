// Sine and cosine in float64, two lanes at a time. Written out so that every engine computes the same bits.
//
// Reduction: n = round(x * 2/pi), r = x - n * pi/2 with pi/2 cut into 33 + 33 + 53 bits, so that n * part is exact
// while |n| < 2^20 (|x| < 1.6e6; beyond that the result is finite but means nothing). The rounding of r is carried in
// `tail`. Polynomials: Chebyshev fits of (sin x - x) / x^3 and (cos x - 1 + x^2/2) / x^4 over |x| <= pi/4, errors below
// 2e-18. Error: below one unit in the last place (tested).

const TWO_OVER_PI: f64 = 0.6366197723675814;
const HALF_PI_HIGH: f64 = 1.5707963267341256;
const HALF_PI_MIDDLE: f64 = 6.077100506303966e-11;
const HALF_PI_LOW: f64 = 2.0222662487959506e-21;
/** Adding 1.5 * 2^52 rounds to an integer (ties to even) and leaves it in the low bits of the sum. */
const ROUNDER: f64 = 6755399441055744.0;

const SINE_1: f64 = -0.16666666666666666;
const SINE_2: f64 = 0.008333333333333331;
const SINE_3: f64 = -0.00019841269841265052;
const SINE_4: f64 = 2.755731921932988e-6;
const SINE_5: f64 = -2.5052106229222596e-8;
const SINE_6: f64 = 1.6058531107942805e-10;
const SINE_7: f64 = -7.586667000208306e-13;

const COSINE_1: f64 = 0.041666666666666664;
const COSINE_2: f64 = -0.0013888888888887393;
const COSINE_3: f64 = 2.4801587298760048e-5;
const COSINE_4: f64 = -2.755731726880539e-7;
const COSINE_5: f64 = 2.0876145659059344e-9;
const COSINE_6: f64 = -1.1382588535352522e-11;

/** The cosines that belong to the sines that `sines` returned last. */
export let cosines: v128 = f64x2.splat(0);

/** The sines of two lanes; their cosines are left in `cosines`. */
// @ts-ignore: decorator
@inline
export function sines(x: v128): v128 {
  const sum = f64x2.add(f64x2.mul(x, f64x2.splat(TWO_OVER_PI)), f64x2.splat(ROUNDER));
  const n = f64x2.sub(sum, f64x2.splat(ROUNDER));

  const a = f64x2.sub(x, f64x2.mul(n, f64x2.splat(HALF_PI_HIGH)));
  const w = f64x2.mul(n, f64x2.splat(HALF_PI_MIDDLE));
  const y = f64x2.sub(a, w);
  const correction = f64x2.sub(f64x2.sub(f64x2.sub(a, y), w), f64x2.mul(n, f64x2.splat(HALF_PI_LOW)));
  const r = f64x2.add(y, correction);
  const tail = f64x2.add(f64x2.sub(y, r), correction);
  const z = f64x2.mul(r, r);

  const sine = sinePolynomial(r, tail, z);
  const cosine = cosinePolynomial(r, tail, z);
  const odd = i64x2.shr_s(i64x2.shl(sum, 63), 63);
  // The sign bit: sine is negative in quadrants 2 and 3, cosine in 1 and 2.
  const sineSign = i64x2.shl(v128.and(sum, i64x2.splat(2)), 62);
  const cosineSign = i64x2.shl(v128.and(i64x2.add(sum, i64x2.splat(1)), i64x2.splat(2)), 62);
  cosines = v128.xor(v128.bitselect(sine, cosine, odd), cosineSign);
  return v128.xor(v128.bitselect(cosine, sine, odd), sineSign);
}

/** sin(r + tail) for |r| <= pi/4; z = r * r. */
// @ts-ignore: decorator
@inline
function sinePolynomial(r: v128, tail: v128, z: v128): v128 {
  let p = f64x2.add(f64x2.splat(SINE_6), f64x2.mul(z, f64x2.splat(SINE_7)));
  p = f64x2.add(f64x2.splat(SINE_5), f64x2.mul(z, p));
  p = f64x2.add(f64x2.splat(SINE_4), f64x2.mul(z, p));
  p = f64x2.add(f64x2.splat(SINE_3), f64x2.mul(z, p));
  p = f64x2.add(f64x2.splat(SINE_2), f64x2.mul(z, p));
  const cube = f64x2.mul(z, r);
  const half = f64x2.sub(f64x2.mul(f64x2.splat(0.5), tail), f64x2.mul(cube, p));
  const low = f64x2.sub(f64x2.mul(z, half), tail);
  return f64x2.sub(r, f64x2.sub(low, f64x2.mul(cube, f64x2.splat(SINE_1))));
}

/** cos(r + tail) for |r| <= pi/4; z = r * r. What 1 - z/2 loses in rounding is added back. */
// @ts-ignore: decorator
@inline
function cosinePolynomial(r: v128, tail: v128, z: v128): v128 {
  let p = f64x2.add(f64x2.splat(COSINE_5), f64x2.mul(z, f64x2.splat(COSINE_6)));
  p = f64x2.add(f64x2.splat(COSINE_4), f64x2.mul(z, p));
  p = f64x2.add(f64x2.splat(COSINE_3), f64x2.mul(z, p));
  p = f64x2.add(f64x2.splat(COSINE_2), f64x2.mul(z, p));
  p = f64x2.add(f64x2.splat(COSINE_1), f64x2.mul(z, p));
  const half = f64x2.mul(f64x2.splat(0.5), z);
  const head = f64x2.sub(f64x2.splat(1), half);
  const lost = f64x2.sub(f64x2.sub(f64x2.splat(1), head), half);
  const low = f64x2.sub(f64x2.mul(z, f64x2.mul(z, p)), f64x2.mul(r, tail));
  return f64x2.add(head, f64x2.add(lost, low));
}

/** Sines and cosines of `count` arguments (f64, `count` even), for tests. */
export function trigonometry_table(x: usize, count: i32, sineOut: usize, cosineOut: usize): void {
  for (let i = 0; i < count; i += 2) {
    const at = <usize>i << 3;
    v128.store(sineOut + at, sines(v128.load(x + at)));
    v128.store(cosineOut + at, cosines);
  }
}
