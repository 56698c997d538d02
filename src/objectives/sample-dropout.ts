import { abs, add, cast, div, less, maximum, mul, stopGradient, sub, sum, type Tensor } from "../tensor/index.ts";
import { earlyStopping } from "./early-stopping.ts";
import type { Objective, Quantities } from "./objective.ts";
import { clippedSurrogate } from "./ppo.ts";

/** The mean over samples with |r - 1| < ratioBound; over all where none is left. */
function keptMean(values: Tensor, { ratio, parameter }: Quantities): Tensor {
  const kept = stopGradient(cast(less(abs(sub(ratio, 1)), parameter("ratioBound")), "f32"));
  const none = stopGradient(sub(1, maximum(0, div(sum(kept), maximum(1, sum(kept))))));
  const weights = add(kept, mul(none, sub(1, kept)));
  return div(sum(mul(weights, values)), sum(weights));
}

const paper = "Lin et al. 2023";

/** PPO's clipped surrogate on the samples whose ratio is still near 1: they bound the variance of the estimate. */
export const ppoSampleDropout: Objective = {
  id: "ppo-sample-dropout",
  formula: "max mean over |ratio - 1| < ratioBound of min(ratio * A, clip(ratio) * A)",
  paper,
  surrogate: (quantities) => keptMean(clippedSurrogate(quantities), quantities),
};

/** ESPO's unclipped surrogate on the samples whose ratio is still near 1, with ESPO's stop. */
export const espoSampleDropout: Objective = {
  ...earlyStopping,
  id: "espo-sample-dropout",
  formula: "max mean over |ratio - 1| < ratioBound of ratio * A, until mean |ratio - 1| > ratioBound",
  paper,
  surrogate: (quantities) => keptMean(mul(quantities.ratio, quantities.advantage), quantities),
};
