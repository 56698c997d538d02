import type { Operand, Tensor } from "../tensor/index.js";
/**
 * Clipping by the global norm (Pascanu et al. 2013): g min(1, maxNorm / |g|) with |g| the Euclidean norm over all
 * gradients together; the norm returned, a scalar, is the one before clipping. Written maxNorm / max(|g|, maxNorm):
 * exactly 1 up to maxNorm, nothing divided by 0, and a NaN stays visible. (PyTorch adds 1e-6 to the norm; this does
 * not.)
 *
 * `maxNorm` may be a scalar tensor; it must be positive. Throws `invalid-option` for a number that is not.
 */
export declare function clipByGlobalNorm(gradients: readonly Tensor[], maxNorm: Operand): {
    gradients: Tensor[];
    norm: Tensor;
};
