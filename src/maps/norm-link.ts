import { BregmanError } from "../error.ts";
import { power64 } from "../math/float64.ts";

/**
 * The gradient of |x|_p^2 / 2 with p > 1: x -> sign(x) |x|^{p - 1} / |x|_p^{p - 2}, the link of mirror descent on
 * parameters under the norm of index p (Huang, Gao, Huang 2021, BGPO). Its inverse is the link of q with 1/p + 1/q = 1.
 * p = 2 changes nothing. Throws `invalid-option` for p of at most 1.
 */
export function normLink(x: ArrayLike<number>, p: number): Float64Array {
  if (!(p > 1 && p < Infinity)) {
    throw new BregmanError("invalid-option", `norm: expected an index above 1, got ${p}`);
  }
  if (p === 2) return Float64Array.from(x);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += power64(Math.abs(x[i]!), p);
  if (sum === 0) return new Float64Array(x.length);
  const scale = power64(power64(sum, 1 / p), p - 2);
  return Float64Array.from(x, (value) => {
    const size = power64(Math.abs(value), p - 1) / scale;
    return value < 0 ? -size : size;
  });
}

/** The index q with 1/p + 1/q = 1. */
export const dualIndex = (p: number): number => p / (p - 1);
