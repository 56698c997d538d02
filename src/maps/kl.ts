import type { MirrorMap } from "./mirror-map.ts";

/** Negative Shannon entropy: MDPO's divergence (Tomar et al. 2022), new policy first. */
export const kl: MirrorMap = {
  id: "kl",
  name: "Kullback-Leibler",
  formula: "KL(p || q) = sum_a p log(p / q)",
  divergence: (newDistribution, oldDistribution) => newDistribution.kl(oldDistribution),
};

/**
 * Old policy first, as in TRPO's constraint. Beyond the second order it differs from `kl`, and is no Bregman divergence
 * in its first argument's probabilities: as a penalty it has another solution.
 */
export const reverseKl: MirrorMap = {
  id: "reverse-kl",
  name: "reverse Kullback-Leibler",
  formula: "KL(q || p) = sum_a q log(q / p)",
  divergence: (newDistribution, oldDistribution) => oldDistribution.kl(newDistribution),
};
