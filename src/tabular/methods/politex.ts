import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { projectionSolver } from "../policy-mirror-descent.ts";
import { actionValues, cumulative } from "../signals.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/** Politex: pi_{k+1} ~ e^{eta sum_i Q_i}, of the average-reward criterion; from uniform it is KL mirror descent. */
export const politex = exactMethod({
  id: "politex",
  name: "Politex",
  paper: "Abbasi-Yadkori, Bartlett, Bhatia, Lazic, Szepesvari, Weisz 2019; Lazic, Yin, Abbasi-Yadkori, Szepesvari 2021",
  parameters: { stepSize: 0.1 },
  choices: (_, { stepSize }) => ({
    geometry: negativeEntropy, signal: cumulative(actionValues()), solver: projectionSolver,
    stepSize: constantStep(stepSize), criterion: "average",
  }),
});
