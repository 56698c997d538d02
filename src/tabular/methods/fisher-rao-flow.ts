import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { exp64 } from "../../math/float64.ts";
import { proximalStep } from "../../maps/geometry/mirror-step.ts";
import type { StateSolver } from "../policy-mirror-descent.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/**
 * The flow d log pi / ds = Q_tau - tau log pi + c, for a frozen Q solved exactly over a time t:
 * log pi_t = e^{-tau t} log pi_0 + (1 - e^{-tau t}) Q / tau + c. Soft MDPO is its explicit Euler step, GPMD its
 * implicit.
 */
export const exponentialSolver: StateSolver = {
  id: "exponential integrator",
  step: ({ geometry, signal, policy, stepSize, temperature }) => {
    const kept = exp64(-temperature * stepSize);
    const weight = temperature * kept / (1 - kept);
    return proximalStep(geometry, signal, [{ policy, weight }], temperature);
  },
};

/** Throws `invalid-option` at temperature 0, where the flow is plain mirror descent. */
export const fisherRaoFlow = exactMethod({
  id: "fisher-rao-flow",
  name: "Fisher-Rao gradient flow",
  paper: "Kerimkulov, Leahy, Siska, Szpruch, Zhang 2023",
  parameters: { stepSize: 0.5, temperature: 0.2 },
  choices: (_, { stepSize, temperature }) => ({
    geometry: negativeEntropy, solver: exponentialSolver, stepSize: constantStep(stepSize), temperature,
  }),
});
