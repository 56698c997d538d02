import { euclidean } from "../maps/euclidean.ts";
import { deterministicPolicyGradient as objective } from "../objectives/deterministic-policy-gradient.ts";
import type { OffPolicyAlgorithm } from "./algorithm.ts";
import { deterministicDefaults, deterministicReads } from "./off-policy-defaults.ts";

/**
 * Twin delayed deterministic policy gradient: the lesser of two critics at a noisy target action, a slower policy.
 * Fujimoto et al. 2018 (Addressing Function Approximation Error in Actor-Critic Methods).
 */
export const td3: OffPolicyAlgorithm = {
  id: "td3",
  name: "Twin Delayed Deep Deterministic Policy Gradient",
  paper: "Fujimoto et al., ICML 2018",
  choices: {
    map: euclidean,
    anchors: [],
    signal: { id: "q" },
    schedule: { id: "none", parameter: "none" },
    solver: { id: "reparameterized-gradient", policy: "deterministic" },
    sampler: { id: "replay" },
  },
  objective,
  defaults: { ...deterministicDefaults, policyDelay: 2, targetEvery: 2 },
  reads: [...deterministicReads],
};
