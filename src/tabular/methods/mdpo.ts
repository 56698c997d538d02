import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { explicitSolver } from "../policy-mirror-descent.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/** MDPO with its regularizer linearized: pi_{k+1} ~ pi_k^{1 - lambda t} e^{t Q_lambda}; SAC at t = 1/lambda. */
export const softMdpo = exactMethod({
  id: "mdpo",
  name: "Mirror descent policy optimization",
  paper: "Tomar, Shani, Efroni, Ghavamzadeh, ICLR 2022, equations 3 and 5",
  parameters: { stepSize: 0.1, temperature: 0 },
  choices: (_, { stepSize, temperature }) => ({
    geometry: negativeEntropy, solver: explicitSolver, stepSize: constantStep(stepSize), temperature,
  }),
});
