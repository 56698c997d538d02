import { BregmanError } from "../../error.ts";
import { power64 } from "../../math/float64.ts";
import type { Geometry } from "./geometry.ts";
import { negativeEntropy } from "./negative-entropy.ts";
import { separable } from "./separable.ts";

/**
 * h(p) = sum_a (p^q - p) / (q - 1) for an index q >= 1: negative entropy at q = 1, |p|^2 - 1 at q = 2, so that its step
 * is the Euclidean one with half the size. Throws `invalid-option` for q below 1.
 */
export function tsallisEntropy(index: number): Geometry {
  if (!(index >= 1 && index < Infinity)) {
    throw new BregmanError("invalid-option", `tsallisIndex: expected a number of at least 1, got ${index}`);
  }
  if (index - 1 < 1e-6) return negativeEntropy;
  return separable({
    id: `tsallis-${index}`,
    name: `negative Tsallis entropy of index ${index}`,
    formula: "sum_a (p^q - p) / (q - 1)",
  }, {
    value: (x) => (power64(x, index) - x) / (index - 1),
    derivative: (x) => (index * power64(x, index - 1) - 1) / (index - 1),
    inverse: (y) => {
      const base = (1 + (index - 1) * y) / index;
      return base > 0 ? power64(base, 1 / (index - 1)) : 0;
    },
  });
}
