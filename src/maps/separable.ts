import { BregmanError } from "../error.ts";
import * as t from "../tensor/index.ts";
import type { Tensor } from "../tensor/index.ts";
import type { DivergenceFacts, MirrorMap } from "./mirror-map.ts";

/** phi of h(p) = sum_a phi(p_a) in tensors, elementwise: from probabilities or densities p > 0 and log p. */
export interface TensorPotential {
  value(p: Tensor, logP: Tensor): Tensor;
  derivative(p: Tensor, logP: Tensor): Tensor;
  /** False where sum_a phi(p_a) has no counterpart for densities. Default true. */
  readonly isForDensities?: boolean;
}

/** Probabilities below e^-69, 1e-30, are those of forbidden actions, which no divergence counts. */
const leastLogProb = -69;

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
export function separableMap(facts: Pick<MirrorMap, "id" | "name" | "formula">, potential: TensorPotential): MirrorMap {
  const integrand = (logP: Tensor, logQ: Tensor): Tensor => {
    const [p, q] = [t.exp(logP), t.exp(logQ)];
    const linear = t.mul(potential.derivative(q, logQ), t.sub(p, q));
    return t.sub(t.sub(potential.value(p, logP), potential.value(q, logQ)), linear);
  };
  return {
    ...facts,
    divergence(newDistribution, oldDistribution, sampled) {
      const [logP, logQ] = [newDistribution.logProbs, oldDistribution.logProbs];
      return logP && logQ ? t.sum(overAllowed(integrand, logP, logQ), -1) : estimate(integrand, sampled);
    },
  };

  function estimate(of: typeof integrand, { logProb, oldLogProb }: DivergenceFacts): Tensor {
    if (potential.isForDensities === false) {
      throw new BregmanError("invalid-option",
        `${facts.name}: expected one discrete choice; it is infinite for densities. Take kl or tsallis(index)`);
    }
    return t.div(of(logProb, oldLogProb), t.exp(oldLogProb));
  }
}

function overAllowed(integrand: (logP: Tensor, logQ: Tensor) => Tensor, logP: Tensor, logQ: Tensor): Tensor {
  const isAllowed = t.less(leastLogProb, logQ);
  return t.where(isAllowed, integrand(t.where(isAllowed, logP, 0), t.where(isAllowed, logQ, 0)), 0);
}
