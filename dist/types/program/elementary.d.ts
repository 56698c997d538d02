import type { BasicOp } from "./program.js";
/** Appends an instruction and returns its number; equal instructions become one. */
export interface Emitter {
    emit(op: BasicOp, args: readonly number[], dtype: "f32" | "i32" | "bool", immediate?: number): number;
}
type Value = number;
export declare class Arithmetic {
    #private;
    constructor(emitter: Emitter);
    f32(value: number): Value;
    i32(value: number): Value;
    add(a: Value, b: Value): Value;
    sub(a: Value, b: Value): Value;
    mul(a: Value, b: Value): Value;
    div(a: Value, b: Value): Value;
    neg(a: Value): Value;
    abs(a: Value): Value;
    min(a: Value, b: Value): Value;
    max(a: Value, b: Value): Value;
    less(a: Value, b: Value): Value;
    equal(a: Value, b: Value): Value;
    select(condition: Value, a: Value, b: Value): Value;
    roundToInt(a: Value): Value;
    toFloat(a: Value): Value;
    bits(a: Value): Value;
    fromBits(a: Value): Value;
    addInt(a: Value, b: Value): Value;
    subInt(a: Value, b: Value): Value;
    andInt(a: Value, b: Value): Value;
    shiftLeft(a: Value, amount: number): Value;
    shiftRight(a: Value, amount: number): Value;
    shiftRightUnsigned(a: Value, amount: number): Value;
    /** Horner's rule, highest coefficient first. */
    polynomial(x: Value, coefficients: readonly number[]): Value;
}
/**
 * e^x = 2^n e^r with n = round(x / log 2); e^r by a polynomial of degree 7 (coefficients of the Cephes library).
 * 0 below -86.6, Infinity above 88.72, NaN for NaN. About 1 ulp.
 */
export declare function exp(a: Arithmetic, x: Value): Value;
/**
 * log x = e log 2 + log m with m in [sqrt(1/2), sqrt(2)); log m by a polynomial (coefficients of the Cephes library).
 * -Infinity at 0, NaN below and for NaN, Infinity at Infinity. About 1 ulp; subnormal x counts as the smallest normal.
 */
export declare function log(a: Arithmetic, x: Value): Value;
/** tanh, odd of degree 13 over even of degree 6, on |x| <= 7.905; beyond, it is 1 in f32. Within 3.2e-7, and 6 ulp. */
export declare function tanh(a: Arithmetic, x: Value): Value;
/**
 * sin x by quadrants of pi/2 (three-part reduction, Cephes polynomials). Within 1e-7 for |x| < 8192 and 1e-6 for
 * |x| < 1e5, worse beyond; NaN from 2^22 on, where neighbouring numbers are half a radian apart.
 */
export declare const sin: (a: Arithmetic, x: Value) => Value;
/** cos x = sin(x + pi/2), with the quarter turn added to the quadrant. */
export declare const cos: (a: Arithmetic, x: Value) => Value;
/** 23 random bits to the open interval (0, 1): ((bits >>> 9) + 1/2) 2^-23, exact. */
export declare function uniform(a: Arithmetic, bits: Value): Value;
export {};
