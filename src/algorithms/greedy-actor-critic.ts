import { proposal } from "../anchors/anchor.ts";
import { greedyActorCritic as objective } from "../objectives/greedy-actor-critic.ts";
import type { OffPolicyAlgorithm } from "./algorithm.ts";
import { stochasticDefaults, stochasticReads } from "./off-policy-defaults.ts";

/** An actor fitted to the best actions of a policy that proposes them. */
export const greedyActorCritic: OffPolicyAlgorithm = {
  id: objective.id,
  name: "Greedy Actor-Critic (conditional cross-entropy method)",
  paper: objective.paper,
  choices: {
    map: { id: "bound on the density ratio" },
    anchors: [proposal],
    signal: { id: "q" },
    schedule: { id: "1 / eliteShare", parameter: "eliteShare" },
    solver: { id: "likelihood", policy: "stochastic" },
    sampler: { id: "replay" },
  },
  objective,
  defaults: {
    ...stochasticDefaults, learningRate: 1e-3, valueLearningRate: 1e-3, temperature: 0.5, targetRate: 0.01,
    batchSize: 32, critics: 1, networks: { hidden: [64, 64], activation: "relu" },
  },
  reads: ["eliteShare", "proposalSamples", ...stochasticReads],
};
