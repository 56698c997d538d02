import { hyperbolicEntropy } from "../../maps/geometry/hyperbolic-entropy.ts";
import { scheduledStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/**
 * AMPO with an exact regression: the map is an omega-potential, here the hyperbolic entropy; the projection finds one
 * number per state. With an exact f every map gives plain mirror descent.
 */
export const approximateMirrorPolicyOptimization = exactMethod({
  id: "approximate-mirror-policy-optimization",
  name: "Approximate mirror policy optimization (AMPO)",
  paper: "Alfano, Yuan, Rebeschini 2023",
  parameters: { stepSize: 0.5, growth: 1.1, width: 0.1 },
  choices: (_, { stepSize, growth, width }) => ({
    geometry: hyperbolicEntropy(width),
    stepSize: scheduledStep({ kind: "geometric", from: stepSize, factor: growth, limit: 1e9 }, 1_000_000),
  }),
});
