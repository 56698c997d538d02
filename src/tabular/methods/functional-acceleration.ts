import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { actionValues, optimistic } from "../signals.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/** FAPMD's lazy momentum: the step of Q_k + c (Q_k - Q_{k-1}). It gains on some processes and loses on others. */
export const functionalAcceleration = exactMethod({
  id: "functional-acceleration",
  name: "Functional acceleration for policy mirror descent (momentum)",
  paper: "Chelu, Precup 2024",
  parameters: { stepSize: 0.5, momentum: 1 },
  choices: (_, { stepSize, momentum }) => ({
    geometry: negativeEntropy, signal: optimistic(actionValues(), momentum), stepSize: constantStep(stepSize),
  }),
});
