import { logSumExp } from "../../maps/geometry/log-sum-exp.ts";
import { logitSolver } from "../policy-mirror-descent.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/** sMDPO: the return linearized in the logits, with log-sum-exp for the map: pi_{k+1} ~ pi_k max(0, 1 + eta A). */
export const softmaxMirrorDescent = exactMethod({
  id: "softmax-mirror-descent",
  name: "Softmax mirror descent policy optimization (sMDPO)",
  paper: "Vaswani, Bachem, Totaro, Mueller, Garg, Geist, Machado, Castro, Le Roux 2022",
  parameters: { stepSize: 0.1 },
  choices: (_, { stepSize }) => ({ geometry: logSumExp, solver: logitSolver, stepSize: constantStep(stepSize) }),
});
