import { BregmanError } from "../error.ts";
import { add, log, mul, sqrt, square, sub, type Tensor } from "../tensor/index.ts";
import type { MirrorMap } from "./mirror-map.ts";
import { separableMap } from "./separable.ts";

/**
 * h(p) = sum_a p arcsinh(p / b) - sqrt(p^2 + b^2): KL as b -> 0, the squared distance over 2b as b -> infinity (Ghai,
 * Hazan, Singer 2020). Throws `invalid-option` unless b is positive.
 */
export function hyperbolicEntropy(width: number): MirrorMap {
  if (!(width > 0 && width < Infinity)) {
    throw new BregmanError("invalid-option", `hyperbolic entropy: expected a positive width, got ${width}`);
  }
  const length = (p: Tensor): Tensor => sqrt(add(square(p), width * width));
  // arcsinh(p / b) but for log b, which divergences do not see.
  const slope = (p: Tensor): Tensor => log(add(p, length(p)));
  return separableMap({
    id: `hyperbolic-${width}`,
    name: `hyperbolic entropy of width ${width}`,
    formula: "B(p, q) = sum_a p (arcsinh(p/b) - arcsinh(q/b)) - sqrt(p^2 + b^2) + sqrt(q^2 + b^2)",
  }, {
    value: (p) => sub(mul(p, slope(p)), length(p)),
    derivative: slope,
  });
}
