import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { lookahead } from "../signals.ts";
import { adaptiveStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/** h-PMD: Q after h - 1 steps of value iteration, with the step that makes the gap shrink by discount^h. At a constant
 * step, lookahead did not help on any of the small processes tried. */
export const lookaheadPolicyMirrorDescent = exactMethod({
  id: "lookahead-policy-mirror-descent",
  name: "Policy mirror descent with lookahead (h-PMD)",
  paper: "Protopapas, Barakat 2024",
  parameters: { depth: 4 },
  choices: (_, { depth }) => ({
    geometry: negativeEntropy, signal: lookahead(depth), stepSize: adaptiveStep(negativeEntropy, depth),
  }),
});
