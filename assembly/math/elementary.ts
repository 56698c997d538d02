// exp, log, tanh and cos of four floats: the chains of src/program/elementary.ts, written out for code that has no
// maps. Operation by operation the same, so both give the same bits; that file says what each computes and how closely.

// @ts-ignore: decorator
@inline
function float(value: f32): v128 {
  return f32x4.splat(value);
}

// @ts-ignore: decorator
@inline
function word(value: i32): v128 {
  return i32x4.splat(value);
}

/** sum * x + coefficient: a step of Horner's rule. */
// @ts-ignore: decorator
@inline
function horner(sum: v128, x: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(sum, x), float(coefficient));
}

/** min and max as maps have them: b where b < a (or a < b), else a. */
// @ts-ignore: decorator
@inline
export function smaller(a: v128, b: v128): v128 {
  return f32x4.pmin(a, b);
}

// @ts-ignore: decorator
@inline
export function larger(a: v128, b: v128): v128 {
  return f32x4.pmax(a, b);
}

/** The nearest integer of |x| < 2^22. */
// @ts-ignore: decorator
@inline
function round_to_integer(x: v128): v128 {
  return i32x4.sub(f32x4.add(x, word(0x4b400000)), word(0x4b400000));
}

export function exp4(x: v128): v128 {
  const low = float(-86.6), high = float(88.72283);
  const inside = smaller(larger(x, low), high);
  const n = round_to_integer(f32x4.mul(inside, float(1.44269504088896341)));
  const whole = f32x4.convert_i32x4_s(n);
  const above = f32x4.sub(inside, f32x4.mul(whole, float(0.693359375)));
  const r = f32x4.sub(above, f32x4.mul(whole, float(-2.12194440e-4)));
  let tail = float(1.9875691500e-4);
  tail = horner(tail, r, 1.3981999507e-3);
  tail = horner(tail, r, 8.3334519073e-3);
  tail = horner(tail, r, 4.1665795894e-2);
  tail = horner(tail, r, 1.6666665459e-1);
  tail = horner(tail, r, 5.0000001201e-1);
  const mantissa = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(tail, r), r), r), float(1));
  const scale = i32x4.shl(i32x4.add(n, word(126)), 23);
  const value = f32x4.mul(f32x4.mul(mantissa, scale), float(2));
  const bounded = v128.bitselect(float(0), value, f32x4.lt(x, low));
  return v128.bitselect(float(Infinity), bounded, f32x4.lt(high, x));
}

export function log4(x: v128): v128 {
  const normal = larger(x, float(1.17549435e-38));
  const exponent = i32x4.shr_s(i32x4.sub(normal, word(0x3f3504f3)), 23);
  const m = f32x4.sub(i32x4.sub(normal, i32x4.shl(exponent, 23)), float(1));
  const z = f32x4.mul(m, m);
  const e = f32x4.convert_i32x4_s(exponent);
  let p = float(7.0376836292e-2);
  p = horner(p, m, -1.1514610310e-1);
  p = horner(p, m, 1.1676998740e-1);
  p = horner(p, m, -1.2420140846e-1);
  p = horner(p, m, 1.4249322787e-1);
  p = horner(p, m, -1.6668057665e-1);
  p = horner(p, m, 2.0000714765e-1);
  p = horner(p, m, -2.4999993993e-1);
  p = horner(p, m, 3.3333331174e-1);
  const low = f32x4.add(f32x4.mul(f32x4.mul(p, m), z), f32x4.mul(e, float(-2.12194440e-4)));
  const tail = f32x4.sub(low, f32x4.mul(z, float(0.5)));
  const value = f32x4.add(f32x4.add(tail, m), f32x4.mul(e, float(0.693359375)));
  const finite = v128.bitselect(value, x, f32x4.lt(x, float(Infinity)));
  const atZero = v128.bitselect(float(-Infinity), finite, f32x4.eq(x, float(0)));
  return v128.bitselect(float(NaN), atZero, f32x4.lt(x, float(0)));
}

export function tanh4(x: v128): v128 {
  const inside = larger(smaller(x, float(7.90531110763549805)), float(-7.90531110763549805));
  const z = f32x4.mul(inside, inside);
  let numerator = float(-2.76076847742355e-16);
  numerator = horner(numerator, z, 2.00018790482477e-13);
  numerator = horner(numerator, z, -8.60467152213735e-11);
  numerator = horner(numerator, z, 5.12229709037114e-08);
  numerator = horner(numerator, z, 1.48572235717979e-05);
  numerator = horner(numerator, z, 6.37261928875436e-04);
  numerator = horner(numerator, z, 4.89352455891786e-03);
  let denominator = float(1.19825839466702e-06);
  denominator = horner(denominator, z, 1.18534705686654e-04);
  denominator = horner(denominator, z, 2.26843463243900e-03);
  denominator = horner(denominator, z, 4.89352518554385e-03);
  return f32x4.div(f32x4.mul(numerator, inside), denominator);
}

export function cos4(x: v128): v128 {
  const n = round_to_integer(f32x4.mul(x, float(0.6366197723675814)));
  const whole = f32x4.convert_i32x4_s(n);
  let r = f32x4.sub(x, f32x4.mul(whole, float(1.5703125)));
  r = f32x4.sub(r, f32x4.mul(whole, float(4.837512969970703e-4)));
  r = f32x4.sub(r, f32x4.mul(whole, float(7.549789948768648e-8)));
  const z = f32x4.mul(r, r);
  let sine = horner(float(-1.9515295891e-4), z, 8.3321608736e-3);
  sine = horner(sine, z, -1.6666654611e-1);
  sine = f32x4.add(f32x4.mul(f32x4.mul(sine, z), r), r);
  let cosine = horner(float(2.443315711809948e-5), z, -1.388731625493765e-3);
  cosine = horner(cosine, z, 4.166664568298827e-2);
  cosine = f32x4.add(f32x4.sub(f32x4.mul(f32x4.mul(cosine, z), z), f32x4.mul(z, float(0.5))), float(1));
  const quadrant = i32x4.add(n, word(1));
  const even = i32x4.eq(v128.and(quadrant, word(1)), word(0));
  const magnitude = v128.bitselect(sine, cosine, even);
  const positive = i32x4.eq(v128.and(quadrant, word(2)), word(0));
  const value = v128.bitselect(magnitude, f32x4.neg(magnitude), positive);
  return v128.bitselect(value, float(NaN), f32x4.lt(f32x4.abs(x), float(4194304)));
}

/** 23 random bits to the open interval (0, 1). */
export function uniform4(bits: v128): v128 {
  const integer = f32x4.convert_i32x4_s(i32x4.shr_u(bits, 9));
  return f32x4.mul(f32x4.add(integer, float(0.5)), float(1.1920928955078125e-7));
}
