import type { AdvantageBound, Hyperparameters } from "../agent/hyperparameters.ts";
import { clamp, mul, tanh, type Tensor } from "../tensor/index.ts";
import type { ReplayObjective } from "./replay-objective.ts";
import { sac } from "./sac.ts";

const bounds: Readonly<Record<AdvantageBound, (x: Tensor) => Tensor>> = {
  clip: (x) => clamp(mul(0.1, x), -1, 1),
  tanh: (x) => tanh(mul(0.1, x)),
  none: (x) => x,
};

/** beta: 1 - (1 - discount)^2 unless it is given. */
function shareOf({ advantageShare, discount }: Hyperparameters): number {
  return advantageShare === "auto" ? 1 - (1 - discount) * (1 - discount) : advantageShare;
}

/**
 * MDAC: SAC's surrogate for the policy, and critics that learn
 *
 *     y = r + beta f(alpha log pi(a|s)) + discount (min Q(s', a') - f(alpha log pi(a'|s'))),   a' ~ pi
 *
 * where f is bounded: mirror descent whose old policy lives in the critic. With f the identity it is Munchausen SAC,
 * whose action gaps grow without end where the policy becomes deterministic; with beta = 0 SAC. Of several rewards in a
 * return only the first gets the bonus. Iwaki and Asada 2025 (Mirror Descent Actor Critic via Bounded Advantage
 * Learning); beta is `advantageShare`, f `advantageBound`, alpha the temperature.
 */
export const boundedAdvantage: ReplayObjective = {
  ...sac,
  id: "mdac",
  formula: "max mean(Q - temperature log pi); y = r + advantageShare f(temperature log pi) + " +
    "discount (Q' - f(temperature log pi'))",
  paper: "Iwaki, Asada 2025",
  criticTarget: {
    bonus(softAdvantage, hyperparameters) {
      const share = shareOf(hyperparameters);
      return share > 0 ? mul(share, bounds[hyperparameters.advantageBound](softAdvantage())) : undefined;
    },
    penalty: (softAdvantage, { advantageBound }) => bounds[advantageBound](softAdvantage),
  },
};
