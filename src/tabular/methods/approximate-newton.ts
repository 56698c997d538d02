import { tsallisEntropy } from "../../maps/geometry/tsallis-entropy.ts";
import { explicitSolver } from "../policy-mirror-descent.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/**
 * The Newton step of the regularized return with the diagonal block of its Hessian: h'(p') = (1 - eta) h'(p) +
 * eta Q / tau + c. Shannon's entropy gives the natural gradient; at eta = 1 errors square.
 */
export const approximateNewton = exactMethod({
  id: "approximate-newton",
  name: "Approximate Newton policy gradient",
  paper: "Li, Lan, Zhao 2022",
  parameters: { newtonStep: 1, temperature: 0.2, tsallisIndex: 1 },
  choices: (_, { newtonStep, temperature, tsallisIndex }) => ({
    geometry: tsallisEntropy(tsallisIndex), solver: explicitSolver, temperature,
    stepSize: constantStep(newtonStep / temperature),
  }),
});
