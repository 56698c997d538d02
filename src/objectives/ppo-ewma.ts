import { add, clamp, exp, mean, minimum, mul, sub } from "../tensor/index.ts";
import type { Objective } from "./objective.ts";

/** Ratios are cut here. */
const largestRatio = 100;

/**
 * PPO-EWMA, maximized: mean min( A pi/pi_old, A (pi_prox/pi_old) clip(pi/pi_prox, 1 - eps, 1 + eps) ): ratios are to
 * the policy that acted, the trust region is around an average of the parameters over the gradient steps, so that the
 * batch size may change. With pi_prox = pi_old it is PPO. Hilton, Cobbe, Schulman 2022 (Batch size-invariance for
 * policy optimization), equation 3; the decay of the average is `anchorDecay`.
 */
export const ppoEwma: Objective = {
  id: "ppo-ewma",
  formula: "max mean(min(ratio * A, (pi_prox / pi_old) clip(pi / pi_prox, 1 -+ clipRange) * A))",
  paper: "Hilton et al., NeurIPS 2022, equation 3",
  surrogate: ({ ratio, advantage, clipRange, logProb, oldLogProb, anchor }) => {
    const { logProb: proximalLogProb } = anchor("proximal");
    const proximalRatio = minimum(exp(sub(proximalLogProb, oldLogProb)), largestRatio);
    const clipped = clamp(exp(sub(logProb, proximalLogProb)), sub(1, clipRange), add(1, clipRange));
    return mean(minimum(mul(minimum(ratio, largestRatio), advantage), mul(mul(proximalRatio, clipped), advantage)));
  },
};
