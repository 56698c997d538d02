import type { Tensor } from "../tensor/index.js";
import type { MirrorMap } from "./mirror-map.js";
/** phi of h(p) = sum_a phi(p_a) in tensors, elementwise: from probabilities or densities p > 0 and log p. */
export interface TensorPotential {
    value(p: Tensor, logP: Tensor): Tensor;
    derivative(p: Tensor, logP: Tensor): Tensor;
    /** False where sum_a phi(p_a) has no counterpart for densities. Default true. */
    readonly isForDensities?: boolean;
}
/**
 * The map of any separable h, as AMPO's omega-potentials are (Alfano et al. 2023): for one discrete choice the closed
 * form
 *
 *     B(p, q) = sum_a phi(p_a) - phi(q_a) - phi'(q_a) (p_a - q_a)
 *
 * elsewhere the same integrand over q at actions of the old policy q, an unbiased estimate. Its derivative in p is
 * phi'(p) - phi'(q): exactly 0 at the old policy. The divergence throws `invalid-option` for densities where the map
 * has none.
 */
export declare function separableMap(facts: Pick<MirrorMap, "id" | "name" | "formula">, potential: TensorPotential): MirrorMap;
