import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { explicitSolver } from "../policy-mirror-descent.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/** Soft mirror descent whose temperature falls as scale / (k + 1): the bias goes, but on small processes a temperature
 * of 0 from the beginning is as fast. */
export const entropyAnnealing = exactMethod({
  id: "entropy-annealing",
  name: "Mirror descent with annealed entropy",
  paper: "Sethi, Siska, Zhang 2024",
  parameters: { stepSize: 0.1, temperature: 1 },
  choices: (_, { stepSize, temperature }) => ({
    geometry: negativeEntropy, solver: explicitSolver, stepSize: constantStep(stepSize),
    temperature: (iteration) => temperature / (iteration + 1),
  }),
});
