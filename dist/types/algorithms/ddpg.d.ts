import type { OffPolicyAlgorithm } from "./algorithm.js";
/**
 * Deep deterministic policy gradient, with one critic. Lillicrap et al. 2016 (Continuous Control with Deep
 * Reinforcement Learning). The networks, learning rates and Gaussian noise are those that later comparisons run it with
 * (Fujimoto et al. 2018); the paper's Ornstein-Uhlenbeck noise is
 * `exploration: { kind: "autoregressive", correlation: 0.85 }` with `explorationNoise: 0.38`.
 */
export declare const ddpg: OffPolicyAlgorithm;
