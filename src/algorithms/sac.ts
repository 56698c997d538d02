import { uniform } from "../anchors/anchor.ts";
import { kl } from "../maps/kl.ts";
import { sac as objective } from "../objectives/sac.ts";
import type { OffPolicyAlgorithm } from "./algorithm.ts";
import { stochasticDefaults, stochasticReads } from "./off-policy-defaults.ts";

/**
 * Soft actor-critic. By default its later form, with targets from copies of two critics and a learned temperature
 * (Haarnoja et al. 2018b); `valueNetwork: true` and a number as `temperature` give the first.
 */
export const sac: OffPolicyAlgorithm = {
  id: "sac",
  name: "Soft Actor-Critic",
  paper: "Haarnoja et al., ICML 2018",
  choices: {
    map: kl,
    anchors: [uniform],
    signal: { id: "q" },
    schedule: { id: "1 / temperature", parameter: "temperature" },
    solver: { id: "reparameterized-gradient", policy: "stochastic" },
    sampler: { id: "replay" },
  },
  objective,
  defaults: { ...stochasticDefaults, temperature: "learned" },
  reads: [...stochasticReads],
};
