import { deterministicPolicyGradient as objective } from "../objectives/deterministic-policy-gradient.ts";
import type { OffPolicyAlgorithm } from "./algorithm.ts";
import { deterministicDefaults, deterministicReads } from "./off-policy-defaults.ts";
import { td3 } from "./td3.ts";

/**
 * Deep deterministic policy gradient, with one critic. Lillicrap et al. 2016 (Continuous Control with Deep
 * Reinforcement Learning). The networks, learning rates and Gaussian noise are those that later comparisons run it with
 * (Fujimoto et al. 2018); the paper's Ornstein-Uhlenbeck noise is
 * `exploration: { kind: "autoregressive", correlation: 0.85 }` with `explorationNoise: 0.38`.
 */
export const ddpg: OffPolicyAlgorithm = {
  id: "ddpg",
  name: "Deep Deterministic Policy Gradient",
  paper: "Lillicrap et al., ICLR 2016",
  choices: td3.choices,
  objective,
  defaults: { ...deterministicDefaults, critics: 1, targetNoise: 0 },
  reads: [...deterministicReads],
};
