import { BregmanError } from "../../error.ts";
import { exp64, log64 } from "../../math/float64.ts";
import type { Geometry } from "./geometry.ts";
import { separable } from "./separable.ts";

/**
 * h(p) = sum_a p arcsinh(p / b) - sqrt(p^2 + b^2): negative entropy as b -> 0, the squared norm over b as b -> infinity
 * (Ghai, Hazan, Singer 2020). Throws `invalid-option` unless b is positive.
 */
export function hyperbolicEntropy(width: number): Geometry {
  if (!(width > 0 && width < Infinity)) {
    throw new BregmanError("invalid-option", `hyperbolic entropy: expected a positive width, got ${width}`);
  }
  const length = (x: number): number => Math.sqrt(x * x + width * width);
  const arcsinh = (x: number): number => arsinh(x / width);
  return separable({
    id: `hyperbolic-${width}`,
    name: `hyperbolic entropy of width ${width}`,
    formula: "sum_a p arcsinh(p / b) - sqrt(p^2 + b^2)",
  }, {
    value: (x) => x * arcsinh(x) - length(x),
    derivative: arcsinh,
    inverse: (y) => (y > 0 ? width * sinh(y) : 0),
  });
}

/** log(x + sqrt(x^2 + 1)) for x >= 0; by its series near 0, where the logarithm cancels. */
function arsinh(x: number): number {
  if (x > 0.125) return log64(x + Math.sqrt(x * x + 1));
  // The terms of the series, (-1)^n (2n - 1)!! / (2n)!! x^{2n+1} / (2n + 1), from the last to the first.
  const square = x * x;
  let sum = 1 / 25;
  for (let n = 12; n >= 1; n--) sum = 1 / (2 * n - 1) - square * (2 * n - 1) / (2 * n) * sum;
  return x * sum;
}

/** (e^y - e^{-y}) / 2 for y >= 0; by its series near 0. */
function sinh(y: number): number {
  if (y > 1) return (exp64(y) - exp64(-y)) / 2;
  const square = y * y;
  let sum = 1;
  for (let n = 10; n >= 1; n--) sum = 1 + square / (2 * n * (2 * n + 1)) * sum;
  return y * sum;
}
