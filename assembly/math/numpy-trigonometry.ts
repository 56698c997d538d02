// Sine and cosine in float64 with the bits of NumPy on x86 processors with AVX-512, two lanes at a time.
//
// Recordings from Gymnasium made there can only be followed to the end of an unstable episode with exactly the
// reference's bits: CartPole multiplies a deviation by e^(4 t). NumPy calls Intel's short vector math library; the
// constants and the order of operations are those of its `__svml_sin8` and `__svml_cos8`, up to two units in the last
// place off (github.com/numpy/SVML, BSD-3-Clause: linux/avx512/svml_z0_sin_d_la.s and svml_z0_cos_d_la.s).
//
// Both take sin r = r + r z p(z), z = r^2, p of degree 6 by Horner's rule, every multiply-add rounded once; the sine
// with r = |x|, the cosine with r = pi/2 - |x|. That holds for |x| <= 1.5. Beyond, the accurate routine answers.
//
// A multiply-add c + a b with |c| >= |a b| is rounded once by way of the exact product high + low (Dekker) and the
// exact sum s + rest of c + high: s + (rest + low). Rounding the bracket matters only where it lands on half a unit of
// s without being it: for that some 50 bits of the product have to fall together. 140 million random arguments showed
// no difference from NumPy 1.24.2; the test compares recorded bits.

import { cosines, sines } from "./trigonometry";

const LARGEST: f64 = 1.5;
const HALF_PI: f64 = 1.5707963267948966;
const HALF_PI_REST: f64 = 6.123233995736765e-17;
/** Below 2^-27 the reference's cosine is 1. */
const COSINE_ONE: f64 = 7.450580596923828e-9;

const SINE_1: f64 = -0.16666666666666186;
const SINE_2: f64 = 0.008333333333285542;
const SINE_3: f64 = -0.00019841269825056256;
const SINE_4: f64 = 2.7557316600552628e-6;
const SINE_5: f64 = -2.505188027386288e-8;
const SINE_6: f64 = 1.6048095404959637e-10;
const SINE_7: f64 = -7.373344533110665e-13;

const COSINE_1: f64 = -0.16666666666666183;
const COSINE_2: f64 = 0.00833333333328519;
const COSINE_3: f64 = -0.00019841269824944275;
const COSINE_4: f64 = 2.755731658449074e-6;
const COSINE_5: f64 = -2.505187912674299e-8;
const COSINE_6: f64 = 1.6048055576979365e-10;
const COSINE_7: f64 = -7.37280909726507e-13;

/** The cosines that belong to the sines that `numpySines` returned last. */
export let numpyCosines: v128 = f64x2.splat(0);

/** The sines of two lanes; their cosines are left in `numpyCosines`. */
// @ts-ignore: decorator
@inline
export function numpySines(x: v128): v128 {
  const angle = f64x2.abs(x);
  const sine = v128.xor(nearSines(angle), v128.and(x, f64x2.splat(-0.0)));
  const far = f64x2.gt(angle, f64x2.splat(LARGEST));
  return v128.any_true(far) ? replaced(sine, x, far) : sine;
}

/** The sines with those of `far` lanes computed accurately; `numpyCosines` likewise. */
function replaced(sine: v128, x: v128, far: v128): v128 {
  const accurate = sines(x);
  numpyCosines = v128.bitselect(cosines, numpyCosines, far);
  return v128.bitselect(accurate, sine, far);
}

/** The sines of angles from 0 to 1.5; their cosines are left in `numpyCosines`. The two polynomials go side by side. */
function nearSines(angle: v128): v128 {
  const r = f64x2.add(f64x2.sub(f64x2.splat(HALF_PI), angle), f64x2.splat(HALF_PI_REST));
  const z = f64x2.mul(angle, angle);
  const zHigh = upperHalf(z);
  const zLow = f64x2.sub(z, zHigh);
  const y = f64x2.mul(r, r);
  const yHigh = upperHalf(y);
  const yLow = f64x2.sub(y, yHigh);
  let p = fused(f64x2.splat(SINE_7), z, zHigh, zLow, SINE_6);
  let q = fused(f64x2.splat(COSINE_7), y, yHigh, yLow, COSINE_6);
  p = fused(p, z, zHigh, zLow, SINE_5);
  q = fused(q, y, yHigh, yLow, COSINE_5);
  p = fused(p, z, zHigh, zLow, SINE_4);
  q = fused(q, y, yHigh, yLow, COSINE_4);
  p = fused(p, z, zHigh, zLow, SINE_3);
  q = fused(q, y, yHigh, yLow, COSINE_3);
  p = fused(p, z, zHigh, zLow, SINE_2);
  q = fused(q, y, yHigh, yLow, COSINE_2);
  p = fused(p, z, zHigh, zLow, SINE_1);
  q = fused(q, y, yHigh, yLow, COSINE_1);
  const tiny = f64x2.lt(angle, f64x2.splat(COSINE_ONE));
  numpyCosines = v128.bitselect(f64x2.splat(1), completed(q, y, r), tiny);
  return completed(p, z, angle);
}

/** r + p (z r), where z r is rounded and the rest is rounded once. */
// @ts-ignore: decorator
@inline
function completed(p: v128, z: v128, r: v128): v128 {
  const cube = f64x2.mul(z, r);
  const cubeHigh = upperHalf(cube);
  return addProduct(r, p, cube, cubeHigh, f64x2.sub(cube, cubeHigh));
}

/** constant + a * b, rounded once. */
// @ts-ignore: decorator
@inline
function fused(a: v128, b: v128, bHigh: v128, bLow: v128, constant: f64): v128 {
  return addProduct(f64x2.splat(constant), a, b, bHigh, bLow);
}

/** c + a * b, rounded once, for |c| >= |a * b| and b = bHigh + bLow. */
// @ts-ignore: decorator
@inline
function addProduct(c: v128, a: v128, b: v128, bHigh: v128, bLow: v128): v128 {
  const aHigh = upperHalf(a);
  const aLow = f64x2.sub(a, aHigh);
  const high = f64x2.mul(a, b);
  const crossed = f64x2.add(
    f64x2.add(f64x2.sub(f64x2.mul(aHigh, bHigh), high), f64x2.mul(aLow, bHigh)), f64x2.mul(aHigh, bLow));
  const low = f64x2.add(crossed, f64x2.mul(aLow, bLow));
  const sum = f64x2.add(c, high);
  const rest = f64x2.sub(high, f64x2.sub(sum, c));
  return f64x2.add(sum, f64x2.add(rest, low));
}

/** The number rounded to 26 bits; what is left has 26 bits and a sign. */
// @ts-ignore: decorator
@inline
function upperHalf(x: v128): v128 {
  return v128.and(i64x2.add(x, i64x2.splat(1 << 26)), i64x2.splat(-(1 << 27)));
}

/** Sines and cosines of `count` arguments (f64, `count` even), for tests. */
export function numpy_trigonometry_table(x: usize, count: i32, sineOut: usize, cosineOut: usize): void {
  for (let i = 0; i < count; i += 2) {
    const at = <usize>i << 3;
    v128.store(sineOut + at, numpySines(v128.load(x + at)));
    v128.store(cosineOut + at, numpyCosines);
  }
}
