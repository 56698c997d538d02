import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { pastAnchor, uniformAnchor } from "../anchors.ts";
import { uniformPolicy } from "../mdp.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/** CMD's step: several past policies and a magnet at once; the weights are what its meta-controller tunes. */
export const configurableMirrorDescent = exactMethod({
  id: "configurable-mirror-descent",
  name: "Configurable mirror descent (CMD)",
  paper: "Li, Li, Zhou, Zhang, An, Wang 2024",
  parameters: { stepSize: 0.5, pastWeight: 1, magnetWeight: 0.02 },
  choices: (mdp, { stepSize, pastWeight, magnetWeight }) => ({
    geometry: negativeEntropy, stepSize: constantStep(stepSize),
    anchors: [pastAnchor(uniformPolicy(mdp), [0.6, 0.4], pastWeight), uniformAnchor(mdp, magnetWeight)],
  }),
});
