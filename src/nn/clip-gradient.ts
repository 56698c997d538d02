import { BregmanError } from "../error.ts";
import * as t from "../tensor/index.ts";
import type { Operand, Tensor } from "../tensor/index.ts";

/**
 * Clipping by the global norm (Pascanu et al. 2013): g min(1, maxNorm / |g|) with |g| the Euclidean norm over all
 * gradients together; the norm returned, a scalar, is the one before clipping. Written maxNorm / max(|g|, maxNorm):
 * exactly 1 up to maxNorm, nothing divided by 0, and a NaN stays visible. (PyTorch adds 1e-6 to the norm; this does
 * not.)
 *
 * `maxNorm` may be a scalar tensor; it must be positive. Throws `invalid-option` for a number that is not.
 */
export function clipByGlobalNorm(
  gradients: readonly Tensor[],
  maxNorm: Operand,
): { gradients: Tensor[]; norm: Tensor } {
  if (typeof maxNorm === "number" && !(maxNorm > 0)) {
    throw new BregmanError("invalid-option", `maxGradientNorm: expected a positive number, got ${maxNorm}`);
  }
  const limit = typeof maxNorm === "number" ? t.scalar(maxNorm) : t.reshape(maxNorm, []);
  const squares = gradients.map((gradient) => t.sum(t.square(gradient)));
  const norm = t.sqrt(squares.reduce((a, b) => t.add(a, b)));
  const scale = t.div(limit, t.maximum(norm, limit));
  return { gradients: gradients.map((gradient) => t.mul(gradient, scale)), norm };
}
