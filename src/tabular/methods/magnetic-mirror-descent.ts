import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { movingAnchor } from "../anchors.ts";
import { uniformPolicy } from "../mdp.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/**
 * MMD with its moving magnet, m <- m^{1 - mu} pi^mu: pi_{k+1} ~ [pi_k e^{eta Q} m^{eta alpha}]^{1 / (1 + eta alpha)}.
 */
export const magneticMirrorDescent = exactMethod({
  id: "magnetic-mirror-descent",
  name: "Magnetic mirror descent (MMD)",
  paper: "Sokota, D'Orazio, Kolter, Loizou, Lanctot, Mitliagkas, Brown, Kroer 2023",
  parameters: { stepSize: 0.1, magnetWeight: 1, magnetShare: 0.05 },
  choices: (mdp, { stepSize, magnetWeight, magnetShare }) => ({
    geometry: negativeEntropy, stepSize: constantStep(stepSize),
    anchors: [movingAnchor(uniformPolicy(mdp), mdp.actions, magnetShare, magnetWeight)],
  }),
});
