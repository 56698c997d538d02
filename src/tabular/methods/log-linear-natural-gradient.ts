import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { fittedValues, oneHotFeatures, randomFeatures } from "../restricted-signals.ts";
import { scheduledStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/**
 * The natural gradient of log-linear policies, theta + eta_k w_k with w_k the best fit of Q_k: at eta_{k+1} = eta_k /
 * discount linear to a floor, which is what the features cannot fit. `features` random ones, or 0: one for each pair.
 */
export const logLinearNaturalGradient = exactMethod({
  id: "log-linear-natural-gradient",
  name: "Natural policy gradient with log-linear policies",
  paper: "Yuan, Du, Gower, Lazaric, Xiao 2023",
  parameters: { stepSize: 0.1, growth: 1, features: 0, seed: 0 },
  choices: (mdp, { stepSize, growth, features, seed }) => ({
    geometry: negativeEntropy,
    stepSize: scheduledStep({ kind: "geometric", from: stepSize, factor: growth, limit: 1e12 }, 1_000_000),
    signal: fittedValues(features > 0 ? randomFeatures(mdp, features, seed) : oneHotFeatures(mdp)),
  }),
});
