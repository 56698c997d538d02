import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import { gumbelSearch } from "../search-signal.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/** Gumbel MuZero's policy target on tables: pi_{k+1} ~ pi_k e^{sigma(q)}, q the completed values of a search. */
export const gumbelPolicyImprovement = exactMethod({
  id: "gumbel-policy-improvement",
  name: "Policy improvement by planning with Gumbel noise (of Gumbel MuZero)",
  paper: "Danihelka, Guez, Schrittwieser, Silver 2022",
  parameters: { simulations: 16, considered: 16, seed: 0 },
  choices: (_, { simulations, considered, seed }) => ({
    geometry: negativeEntropy, signal: gumbelSearch({ simulations, considered, seed }), stepSize: constantStep(1),
  }),
});
