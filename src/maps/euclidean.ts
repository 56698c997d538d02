import * as t from "../tensor/index.ts";
import type { MirrorMap } from "./mirror-map.ts";
import { tsallis } from "./tsallis.ts";

const tsallis2 = tsallis(2);

/** h = ||p||^2 / 2: half of Tsallis' divergence of index 2, projected gradient ascent on the probabilities. */
export const euclidean: MirrorMap = {
  id: "euclidean",
  name: "Euclidean",
  formula: "B(p, q) = sum_a (p - q)^2 / 2",
  divergence: (newDistribution, oldDistribution, facts) =>
    t.mul(0.5, tsallis2.divergence(newDistribution, oldDistribution, facts)),
};
