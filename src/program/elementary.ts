import type { BasicOp } from "./program.ts";

// exp, log, tanh, sin, cos as chains of basic operations. Both devices print these chains, so both compute the same
// polynomials. Sums are written add(mul(p, x), c): with the constant second V8 keeps it out of a register (measured:
// half the time).

/** Appends an instruction and returns its number; equal instructions become one. */
export interface Emitter {
  emit(op: BasicOp, args: readonly number[], dtype: "f32" | "i32" | "bool", immediate?: number): number;
}

type Value = number;

export class Arithmetic {
  readonly #emitter: Emitter;

  constructor(emitter: Emitter) {
    this.#emitter = emitter;
  }

  f32(value: number): Value { return this.#emitter.emit("constant", [], "f32", Math.fround(value)); }
  i32(value: number): Value { return this.#emitter.emit("constant", [], "i32", value | 0); }
  add(a: Value, b: Value): Value { return this.#emitter.emit("add", [a, b], "f32"); }
  sub(a: Value, b: Value): Value { return this.#emitter.emit("sub", [a, b], "f32"); }
  mul(a: Value, b: Value): Value { return this.#emitter.emit("mul", [a, b], "f32"); }
  div(a: Value, b: Value): Value { return this.#emitter.emit("div", [a, b], "f32"); }
  neg(a: Value): Value { return this.#emitter.emit("neg", [a], "f32"); }
  abs(a: Value): Value { return this.#emitter.emit("abs", [a], "f32"); }
  min(a: Value, b: Value): Value { return this.#emitter.emit("min", [a, b], "f32"); }
  max(a: Value, b: Value): Value { return this.#emitter.emit("max", [a, b], "f32"); }
  less(a: Value, b: Value): Value { return this.#emitter.emit("lt", [a, b], "bool"); }
  equal(a: Value, b: Value): Value { return this.#emitter.emit("eq", [a, b], "bool"); }
  select(condition: Value, a: Value, b: Value): Value { return this.#emitter.emit("select", [condition, a, b], "f32"); }
  roundToInt(a: Value): Value { return this.#emitter.emit("round-to-i32", [a], "i32"); }
  toFloat(a: Value): Value { return this.#emitter.emit("to-f32", [a], "f32"); }
  bits(a: Value): Value { return this.#emitter.emit("bitcast-i32", [a], "i32"); }
  fromBits(a: Value): Value { return this.#emitter.emit("bitcast-f32", [a], "f32"); }
  addInt(a: Value, b: Value): Value { return this.#emitter.emit("add", [a, b], "i32"); }
  subInt(a: Value, b: Value): Value { return this.#emitter.emit("sub", [a, b], "i32"); }
  andInt(a: Value, b: Value): Value { return this.#emitter.emit("bit-and", [a, b], "i32"); }
  shiftLeft(a: Value, amount: number): Value { return this.#emitter.emit("shift-left", [a], "i32", amount); }
  shiftRight(a: Value, amount: number): Value { return this.#emitter.emit("shift-right", [a], "i32", amount); }
  shiftRightUnsigned(a: Value, amount: number): Value {
    return this.#emitter.emit("shift-right-unsigned", [a], "i32", amount);
  }

  /** Horner's rule, highest coefficient first. */
  polynomial(x: Value, coefficients: readonly number[]): Value {
    const highest = this.f32(coefficients[0]!);
    return coefficients.slice(1).reduce((sum, c) => this.add(this.mul(sum, x), this.f32(c)), highest);
  }
}

/**
 * e^x = 2^n e^r with n = round(x / log 2); e^r by a polynomial of degree 7 (coefficients of the Cephes library).
 * 0 below -86.6, Infinity above 88.72, NaN for NaN. About 1 ulp.
 */
export function exp(a: Arithmetic, x: Value): Value {
  const low = a.f32(-86.6);
  const high = a.f32(88.72283);
  const inside = a.min(a.max(x, low), high);
  const n = a.roundToInt(a.mul(inside, a.f32(1.44269504088896341)));
  const whole = a.toFloat(n);
  const r = a.sub(a.sub(inside, a.mul(whole, a.f32(0.693359375))), a.mul(whole, a.f32(-2.12194440e-4)));
  const tail = a.polynomial(r, [1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1,
    5.0000001201e-1]);
  const mantissa = a.add(a.add(a.mul(a.mul(tail, r), r), r), a.f32(1));
  // 2^n as 2 * 2^(n-1): n reaches 128 just below the overflow.
  const scale = a.fromBits(a.shiftLeft(a.addInt(n, a.i32(126)), 23));
  const value = a.mul(a.mul(mantissa, scale), a.f32(2));
  const bounded = a.select(a.less(x, low), a.f32(0), value);
  return a.select(a.less(high, x), a.f32(Infinity), bounded);
}

/**
 * log x = e log 2 + log m with m in [sqrt(1/2), sqrt(2)); log m by a polynomial (coefficients of the Cephes library).
 * -Infinity at 0, NaN below and for NaN, Infinity at Infinity. About 1 ulp; subnormal x counts as the smallest normal.
 */
export function log(a: Arithmetic, x: Value): Value {
  const normal = a.max(x, a.f32(1.17549435e-38));
  const sqrtHalf = a.i32(0x3f3504f3);
  const exponent = a.shiftRight(a.subInt(a.bits(normal), sqrtHalf), 23);
  const m = a.sub(a.fromBits(a.subInt(a.bits(normal), a.shiftLeft(exponent, 23))), a.f32(1));
  const z = a.mul(m, m);
  const e = a.toFloat(exponent);
  const p = a.polynomial(m, [7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
    -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1]);
  const tail = a.sub(a.add(a.mul(a.mul(p, m), z), a.mul(e, a.f32(-2.12194440e-4))), a.mul(z, a.f32(0.5)));
  const value = a.add(a.add(tail, m), a.mul(e, a.f32(0.693359375)));
  const finite = a.select(a.less(x, a.f32(Infinity)), value, x);   // Infinity and NaN stay
  const atZero = a.select(a.equal(x, a.f32(0)), a.f32(-Infinity), finite);
  return a.select(a.less(x, a.f32(0)), a.f32(NaN), atZero);
}

/** tanh, odd of degree 13 over even of degree 6, on |x| <= 7.905; beyond, it is 1 in f32. Within 3.2e-7, and 6 ulp. */
export function tanh(a: Arithmetic, x: Value): Value {
  const inside = a.max(a.min(x, a.f32(7.90531110763549805)), a.f32(-7.90531110763549805));
  const z = a.mul(inside, inside);
  const numerator = a.polynomial(z, [-2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11,
    5.12229709037114e-08, 1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03]);
  const denominator = a.polynomial(z, [1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03,
    4.89352518554385e-03]);
  return a.div(a.mul(numerator, inside), denominator);
}

/**
 * sin x by quadrants of pi/2 (three-part reduction, Cephes polynomials). Within 1e-7 for |x| < 8192 and 1e-6 for
 * |x| < 1e5, worse beyond; NaN from 2^22 on, where neighbouring numbers are half a radian apart.
 */
export const sin = (a: Arithmetic, x: Value): Value => sine(a, x, 0);
/** cos x = sin(x + pi/2), with the quarter turn added to the quadrant. */
export const cos = (a: Arithmetic, x: Value): Value => sine(a, x, 1);

function sine(a: Arithmetic, x: Value, quarterTurns: number): Value {
  const n = a.roundToInt(a.mul(x, a.f32(0.6366197723675814)));
  const whole = a.toFloat(n);
  const r = [1.5703125, 4.837512969970703e-4, 7.549789948768648e-8]
    .reduce((rest, part) => a.sub(rest, a.mul(whole, a.f32(part))), x);
  const z = a.mul(r, r);
  const sinR = a.add(a.mul(a.mul(a.polynomial(z, [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1]), z), r), r);
  const cosPolynomial = a.polynomial(z, [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2]);
  const cosTail = a.mul(a.mul(cosPolynomial, z), z);
  const cosR = a.add(a.sub(cosTail, a.mul(z, a.f32(0.5))), a.f32(1));
  const quadrant = a.addInt(n, a.i32(quarterTurns));
  const even = a.equal(a.andInt(quadrant, a.i32(1)), a.i32(0));
  const magnitude = a.select(even, sinR, cosR);
  const positive = a.equal(a.andInt(quadrant, a.i32(2)), a.i32(0));
  const value = a.select(positive, magnitude, a.neg(magnitude));
  return a.select(a.less(a.abs(x), a.f32(4194304)), value, a.f32(NaN));
}

/** 23 random bits to the open interval (0, 1): ((bits >>> 9) + 1/2) 2^-23, exact. */
export function uniform(a: Arithmetic, bits: Value): Value {
  return a.mul(a.add(a.toFloat(a.shiftRightUnsigned(bits, 9)), a.f32(0.5)), a.f32(1.1920928955078125e-7));
}
