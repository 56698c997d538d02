import { inTheCritic } from "../anchors/anchor.ts";
import { boundedAdvantage } from "../objectives/bounded-advantage.ts";
import type { OffPolicyAlgorithm } from "./algorithm.ts";
import { sac } from "./sac.ts";

/** Soft actor-critic whose critics also learn how likely the policy found its action, within bounds. */
export const mdac: OffPolicyAlgorithm = {
  ...sac,
  id: boundedAdvantage.id,
  name: "Mirror Descent Actor Critic",
  paper: boundedAdvantage.paper,
  choices: {
    ...sac.choices,
    anchors: [inTheCritic],
    signal: { id: "q with bounded advantage" },
  },
  objective: boundedAdvantage,
  reads: [...sac.reads, "advantageShare", "advantageBound"],
};
