import { kl } from "../maps/kl.ts";
import {
  approximateMirrorPolicyOptimization as squares,
} from "../objectives/approximate-mirror-policy-optimization.ts";
import { dualApproximation as bregman } from "../objectives/dual-approximation.ts";
import type { ReplayObjective } from "../objectives/replay-objective.ts";
import type { OffPolicyAlgorithm } from "./algorithm.ts";
import { mdpoOffPolicy } from "./mdpo-off-policy.ts";

// Off-policy mirror descent that fits the exact step in the dual space, for discrete actions.

const onPaper: OffPolicyAlgorithm = { ...mdpoOffPolicy, paperCode: undefined };

function dualMethod(objective: ReplayObjective, name: string): OffPolicyAlgorithm {
  return {
    ...onPaper,
    id: objective.id, name, paper: objective.paper, objective,
    choices: { ...mdpoOffPolicy.choices, map: kl, solver: { id: "dual-regression", policy: "stochastic" } },
    reads: mdpoOffPolicy.reads.filter((each) => each !== "tsallisIndex"),
  };
}

export const approximateMirrorPolicyOptimization =
  dualMethod(squares, "Approximate Mirror Policy Optimization (AMPO)");
export const dualApproximationPolicyOptimization = dualMethod(bregman, "Dual Approximation Policy Optimization");
