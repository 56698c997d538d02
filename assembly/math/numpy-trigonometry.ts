// Sine and cosine in float64 with the bits of NumPy on x86 processors with AVX-512, four pairs at a time.
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
//
// The sine of a small angle has small products, and rarely needs them that exactly: where c + a b comes out the same
// for a b a little too small and a little too large, that is the result, because rounding is monotone. About 1 of 200
// sines of CartPole fails that test and takes the long way.

import { cosines, sines } from "./trigonometry";

const LARGEST: f64 = 1.5;
const HALF_PI: f64 = 1.5707963267948966;
const HALF_PI_REST: f64 = 6.123233995736765e-17;
/** Below 2^-27 the reference's cosine is 1. */
const COSINE_ONE: f64 = 7.450580596923828e-9;
/** Make a positive number smaller and larger by about its last place. */
const SMALLER: f64 = 0.9999999999999999;
const LARGER: f64 = 1.0000000000000002;

/** Both polynomials, highest power first, sine before cosine. Memory, because V8 builds a constant anew at each use. */
const coefficients = memory.data<f64>([
  -7.373344533110665e-13, 1.6048095404959637e-10, -2.505188027386288e-8, 2.7557316600552628e-6,
  -0.00019841269825056256, 0.008333333333285542, -0.16666666666666186,
  -7.37280909726507e-13, 1.6048055576979365e-10, -2.505187912674299e-8, 2.755731658449074e-6,
  -0.00019841269824944275, 0.00833333333328519, -0.16666666666666183,
]);
/** What leaves the first 26 bits of a number. Memory for the same reason. */
const upperBits = memory.data<u64>([0xfffffffff8000000]);
const COSINE: usize = 7 * 8;
const DEGREE: i32 = 6;

/** f64[8]: what `numpySinesAndCosines` answers. */
export const numpySines = memory.data(64, 16);
export const numpyCosines = memory.data(64, 16);

/** The sines and cosines of the pairs at four addresses, into `numpySines` and `numpyCosines`. */
export function numpySinesAndCosines(first: usize, second: usize, third: usize, fourth: usize): void {
  const a = v128.load(first), b = v128.load(second), c = v128.load(third), d = v128.load(fourth);
  near(f64x2.abs(a), f64x2.abs(b), f64x2.abs(c), f64x2.abs(d));
  finish(a, 0);
  finish(b, 16);
  finish(c, 32);
  finish(d, 48);
}

/** Gives a pair of sines the signs of their angles x, and answers for those that are far. */
// @ts-ignore: decorator
@inline
function finish(x: v128, at: usize): void {
  const sine = v128.xor(v128.load(numpySines + at), v128.and(x, f64x2.splat(-0.0)));
  v128.store(numpySines + at, sine);
  const far = f64x2.gt(f64x2.abs(x), f64x2.splat(LARGEST));
  if (!v128.any_true(far)) return;
  v128.store(numpySines + at, v128.bitselect(sines(x), sine, far));
  v128.store(numpyCosines + at, v128.bitselect(cosines, v128.load(numpyCosines + at), far));
}

/**
 * The sines and cosines of angles from 0 to 1.5. Eight chains go side by side, step by step: one alone, or one after
 * the other, would wait for its own additions.
 */
function near(a: v128, b: v128, c: v128, d: v128): void {
  const aZ = f64x2.mul(a, a), bZ = f64x2.mul(b, b), cZ = f64x2.mul(c, c), dZ = f64x2.mul(d, d);
  const smaller = f64x2.splat(SMALLER), larger = f64x2.splat(LARGER);
  const aLess = f64x2.mul(aZ, smaller), aMore = f64x2.mul(aZ, larger);
  const bLess = f64x2.mul(bZ, smaller), bMore = f64x2.mul(bZ, larger);
  const cLess = f64x2.mul(cZ, smaller), cMore = f64x2.mul(cZ, larger);
  const dLess = f64x2.mul(dZ, smaller), dMore = f64x2.mul(dZ, larger);
  const aR = complement(a), bR = complement(b), cR = complement(c), dR = complement(d);
  const aY = f64x2.mul(aR, aR), bY = f64x2.mul(bR, bR), cY = f64x2.mul(cR, cR), dY = f64x2.mul(dR, dR);
  const aHigh = upperHalf(aY), bHigh = upperHalf(bY), cHigh = upperHalf(cY), dHigh = upperHalf(dY);
  const aLow = f64x2.sub(aY, aHigh), bLow = f64x2.sub(bY, bHigh);
  const cLow = f64x2.sub(cY, cHigh), dLow = f64x2.sub(dY, dHigh);
  let place = coefficients;
  let aP = v128.load64_splat(place), bP = aP, cP = aP, dP = aP;
  let aQ = v128.load64_splat(place, COSINE), bQ = aQ, cQ = aQ, dQ = aQ;
  let aFails = i64x2.splat(0), bFails = aFails, cFails = aFails, dFails = aFails;
  for (let power = DEGREE; power > 0; power--) {
    place += 8;
    const mask = v128.load64_splat(upperBits), term = v128.load64_splat(place);
    const cosineTerm = v128.load64_splat(place, COSINE);
    aQ = addProduct(cosineTerm, aQ, aY, aHigh, aLow, mask);
    bQ = addProduct(cosineTerm, bQ, bY, bHigh, bLow, mask);
    cQ = addProduct(cosineTerm, cQ, cY, cHigh, cLow, mask);
    dQ = addProduct(cosineTerm, dQ, dY, dHigh, dLow, mask);
    const aSum = f64x2.add(term, f64x2.mul(aP, aLess));
    const bSum = f64x2.add(term, f64x2.mul(bP, bLess));
    const cSum = f64x2.add(term, f64x2.mul(cP, cLess));
    const dSum = f64x2.add(term, f64x2.mul(dP, dLess));
    aFails = v128.or(aFails, v128.xor(aSum, f64x2.add(term, f64x2.mul(aP, aMore))));
    bFails = v128.or(bFails, v128.xor(bSum, f64x2.add(term, f64x2.mul(bP, bMore))));
    cFails = v128.or(cFails, v128.xor(cSum, f64x2.add(term, f64x2.mul(cP, cMore))));
    dFails = v128.or(dFails, v128.xor(dSum, f64x2.add(term, f64x2.mul(dP, dMore))));
    aP = aSum;
    bP = bSum;
    cP = cSum;
    dP = dSum;
  }
  v128.store(numpyCosines, cosineOf(a, aQ, aY, aR));
  v128.store(numpyCosines, cosineOf(b, bQ, bY, bR), 16);
  v128.store(numpyCosines, cosineOf(c, cQ, cY, cR), 32);
  v128.store(numpyCosines, cosineOf(d, dQ, dY, dR), 48);
  finishSine(a, aP, aZ, aFails, 0);
  finishSine(b, bP, bZ, bFails, 16);
  finishSine(c, cP, cZ, cFails, 32);
  finishSine(d, dP, dZ, dFails, 48);
}

/** Stores a pair of sines of which p is known, unless it fails somewhere: then it is computed the long way. */
// @ts-ignore: decorator
@inline
function finishSine(angle: v128, p: v128, z: v128, fails: v128, at: usize): void {
  const cube = f64x2.mul(z, angle);
  const sine = f64x2.add(angle, f64x2.mul(p, f64x2.mul(cube, f64x2.splat(SMALLER))));
  const other = f64x2.add(angle, f64x2.mul(p, f64x2.mul(cube, f64x2.splat(LARGER))));
  v128.store(numpySines + at, sine);
  if (v128.any_true(v128.or(fails, v128.xor(sine, other)))) v128.store(numpySines + at, exactSine(angle, z));
}

/** The sines of a pair of angles from 0 to 1.5, where z is their square. */
function exactSine(angle: v128, z: v128): v128 {
  const high = upperHalf(z), low = f64x2.sub(z, high);
  let place = coefficients;
  let p = v128.load64_splat(place);
  for (let power = DEGREE; power > 0; power--) {
    place += 8;
    p = addProduct(v128.load64_splat(place), p, z, high, low, v128.load64_splat(upperBits));
  }
  return completed(p, z, angle);
}

/** pi/2 - angle */
// @ts-ignore: decorator
@inline
function complement(angle: v128): v128 {
  return f64x2.add(f64x2.sub(f64x2.splat(HALF_PI), angle), f64x2.splat(HALF_PI_REST));
}

// @ts-ignore: decorator
@inline
function cosineOf(angle: v128, p: v128, z: v128, r: v128): v128 {
  return v128.bitselect(f64x2.splat(1), completed(p, z, r), f64x2.lt(angle, f64x2.splat(COSINE_ONE)));
}

/** r + p (z r), where z r is rounded and the rest is rounded once. */
// @ts-ignore: decorator
@inline
function completed(p: v128, z: v128, r: v128): v128 {
  const cube = f64x2.mul(z, r);
  const cubeHigh = upperHalf(cube);
  return addProduct(r, p, cube, cubeHigh, f64x2.sub(cube, cubeHigh), v128.load64_splat(upperBits));
}

/** c + a * b, rounded once, for |c| >= |a * b| and b = bHigh + bLow with 26 bits in each. */
// @ts-ignore: decorator
@inline
function addProduct(c: v128, a: v128, b: v128, bHigh: v128, bLow: v128, mask: v128): v128 {
  // The first 26 bits of a, and 27 that are left: all four products and the sums below are exact.
  const aHigh = v128.and(a, mask);
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
    numpySinesAndCosines(x + at, x + at, x + at, x + at);
    v128.store(sineOut + at, v128.load(numpySines));
    v128.store(cosineOut + at, v128.load(numpyCosines));
  }
}
