import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { groupedValues } from "../restricted-signals.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/**
 * Mirror descent in a class that is not closed under the step of each state: `groups` distributions, state s has that
 * of s modulo `groups`. The current occupancy weighs the step, p' = argmax E_{s ~ d_k}[<Q_k(s,.), p> - B(p, p_k) / t].
 */
export const groupedPolicyMirrorDescent = exactMethod({
  id: "grouped-policy-mirror-descent",
  name: "Policy mirror descent in a restricted class",
  paper: "Sherman, Koren, Mansour 2025",
  parameters: { stepSize: 0.5, groups: 1 },
  choices: ({ states }, { stepSize, groups }) => ({
    geometry: negativeEntropy, stepSize: constantStep(stepSize),
    signal: groupedValues(Array.from({ length: states }, (_, s) => s % groups)),
  }),
});
