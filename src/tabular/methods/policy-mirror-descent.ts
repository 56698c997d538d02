import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { scheduledStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/**
 * Exact policy mirror descent under negative entropy, which is the natural policy gradient (at MDPO's step t, eta =
 * t (1 - discount)): pi_{k+1} ~ pi_k e^{t Q}. With `growth` 1 the gap shrinks as 1/k; with 1/discount or more linearly.
 */
export const policyMirrorDescent = exactMethod({
  id: "policy-mirror-descent",
  name: "Policy mirror descent",
  paper: "Lan 2021; Xiao 2022; Agarwal, Kakade, Lee, Mahajan 2021 (as the natural policy gradient)",
  parameters: { stepSize: 0.1, growth: 1 },
  choices: (_, { stepSize, growth }) => ({
    geometry: negativeEntropy,
    stepSize: scheduledStep({ kind: "geometric", from: stepSize, factor: growth, limit: 1e12 }, 1_000_000),
  }),
});
