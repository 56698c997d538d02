import { mean, mul, sub } from "../tensor/index.ts";
import { mdpo } from "./mdpo.ts";
import type { Objective } from "./objective.ts";

/**
 * MMD, maximized: mean( r A ) - 1/t mean KL(pi || pi_old) - alpha mean KL(pi || magnet): MDPO with one anchor more,
 * which follows slowly. Sokota et al. 2023 (A Unified Approach to Reinforcement Learning, Quantal Response Equilibria,
 * and Two-Player Zero-Sum Games), equation 8; alpha is `anchorWeight`, the magnet's share of new parameters
 * `anchorShare`.
 */
export const magneticMirrorDescent: Objective = {
  id: "magnetic-mirror-descent",
  formula: "max mean(ratio * A) - mean KL(pi || pi_old) / stepSize - anchorWeight * mean KL(pi || magnet)",
  paper: "Sokota et al., ICLR 2023, equation 8",
  surrogate: (quantities) => {
    const { anchor, parameter } = quantities;
    return sub(mdpo.surrogate(quantities), mul(parameter("anchorWeight"), mean(anchor("magnet").kl)));
  },
};
