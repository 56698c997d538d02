import { negativeEntropy } from "../../maps/geometry/negative-entropy.ts";
import type { Signal } from "../signals.ts";
import { constantStep } from "../step-sizes.ts";
import { exactMethod } from "./exact-method.ts";

/** clip(A / deviation, -bound, bound), the deviation over all states and actions under the policy. */
function clippedAdvantage(bound: number): Signal {
  return {
    id: "clipped advantage over its deviation",
    of: ({ mdp: { states, actions }, policy, values, q }) => {
      const advantages = q.map((x, i) => x - values[Math.floor(i / actions)]!);
      const square = advantages.reduce((sum, x, i) => sum + policy[i]! * x * x, 0) / states;
      const deviation = Math.sqrt(square) + 1e-12;
      return advantages.map((x) => Math.max(-bound, Math.min(bound, x / deviation)));
    },
  };
}

/** CMPO, Muesli's target: no step moves a policy by more than tanh(bound / 2) in total variation. */
export const clippedMaximumAPosteriori = exactMethod({
  id: "clipped-maximum-a-posteriori",
  name: "Clipped maximum a posteriori policy optimization (CMPO, of Muesli)",
  paper: "Hessel, Danihelka, Viola, Guez, Schmitt, Sifre, Weber, Silver, van Hasselt 2021",
  parameters: { bound: 1 },
  choices: (_, { bound }) => ({
    geometry: negativeEntropy, signal: clippedAdvantage(bound), stepSize: constantStep(1),
  }),
});
