import { oldPolicy } from "../anchors/anchor.ts";
import { kl } from "../maps/kl.ts";
import { ppo as objective } from "../objectives/ppo.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";

/** Proximal policy optimization: epochs of minibatch steps on the clipped surrogate, actor and critic together. */
export const ppo: OnPolicyAlgorithm = {
  id: "ppo",
  name: "Proximal Policy Optimization",
  paper: "Schulman et al. 2017",
  choices: {
    map: kl,
    anchors: [oldPolicy],
    signal: { id: "gae" },
    schedule: { id: "constant", parameter: "clipRange" },
    solver: { id: "gradient-steps", batches: "minibatches", critic: "joint", optimizer: "adam" },
    sampler: { id: "rollouts" },
  },
  objective,
  defaults: { klStop: 0.03, entropyCoefficient: 0.003 },
  reads: ["learningRate", "clipRange", "epochs", "minibatchSize", "valueCoefficient", "klStop", "adamEpsilon"],
};
