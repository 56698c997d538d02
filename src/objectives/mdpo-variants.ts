import { mdpo } from "./mdpo.ts";
import type { Objective } from "./objective.ts";

// MDPO's objective with other mirror maps: the divergence alone differs, which the algorithm's map gives.

/** B_h of h(p) = sum p log_q p, index q = `tsallisIndex`; KL at q = 1. */
export const mdpoTsallis: Objective = {
  ...mdpo,
  id: "mdpo-tsallis",
  formula: "max mean(ratio * A) - mean(sum_a [p^q - p_old^q - q p_old^(q-1) (p - p_old)]) / (stepSize (q - 1))",
};

/** B_h of h(p) = ||p||^2 / 2: projected gradient ascent on the probabilities. */
export const mdpoEuclidean: Objective = {
  ...mdpo,
  id: "mdpo-euclidean",
  formula: "max mean(ratio * A) - 1/stepSize * mean(sum_a (p - p_old)^2 / 2)",
};
