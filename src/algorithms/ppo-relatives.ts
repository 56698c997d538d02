import type { PartialHyperparameters } from "../agent/hyperparameters.ts";
import { oldPolicy, weightedMean, type Anchor } from "../anchors/anchor.ts";
import { kl, reverseKl } from "../maps/kl.ts";
import type { MirrorMap } from "../maps/mirror-map.ts";
import { bpo as bpoObjective } from "../objectives/bpo.ts";
import { discoveredPolicyOptimization as discoveredObjective } from "../objectives/discovered-policy-optimization.ts";
import { fixPo as fixPoObjective } from "../objectives/fixpo.ts";
import { adaptiveKlPpo as adaptiveObjective, klPpo as klPpoObjective } from "../objectives/kl-ppo.ts";
import { earlyStopping } from "../objectives/early-stopping.ts";
import type { Objective } from "../objectives/objective.ts";
import { ppoDualClip as dualClipObjective } from "../objectives/ppo-dual-clip.ts";
import { ppoEwma as ppoEwmaObjective } from "../objectives/ppo-ewma.ts";
import { preconditioned } from "../objectives/preconditioned.ts";
import {
  espoSampleDropout as espoDropoutObjective, ppoSampleDropout as ppoDropoutObjective,
} from "../objectives/sample-dropout.ts";
import { spo as spoObjective } from "../objectives/spo.ts";
import type { OnPolicyAlgorithm } from "./algorithm.ts";
import { ppo } from "./ppo.ts";

/**
 * PPO with another objective on its machinery: what differs from PPO is what is said here. (BPO's surrogate is as small
 * as the advantages are: an entropy bonus would outweigh it.)
 */
interface Relative {
  readonly name: string;
  readonly objective: Objective;
  readonly map?: MirrorMap;
  readonly anchors?: readonly Anchor[];
  readonly schedule?: OnPolicyAlgorithm["choices"]["schedule"];
  /** Hyperparameters read beside PPO's, and those of PPO's that are not. */
  readonly reads?: readonly string[];
  readonly ignores?: readonly string[];
  readonly defaults?: PartialHyperparameters;
}

function relative({ name, objective, reads = [], ignores = [], defaults, ...choices }: Relative): OnPolicyAlgorithm {
  return {
    id: objective.id, name, paper: objective.paper, objective, choices: { ...ppo.choices, ...choices },
    defaults: { ...ppo.defaults, ...defaults },
    reads: [...ppo.reads.filter((each) => !ignores.includes(each)), ...reads],
  };
}

/** Where ratios are pulled rather than clipped the last steps have to be small. */
const annealed = { learningRate: { from: 1e-3, to: 0 } } as const;
const penalty = { id: "constant", parameter: "klCoefficient" } as const;

export const klPpo = relative({
  name: "PPO with a KL penalty", objective: klPpoObjective, map: reverseKl, schedule: penalty,
  reads: ["klCoefficient"], ignores: ["clipRange"],
});

export const adaptiveKlPpo = relative({
  name: "PPO with an adaptive KL penalty", objective: adaptiveObjective, map: reverseKl,
  schedule: { id: "doubled or halved", parameter: "klCoefficient" },
  reads: ["klCoefficient", "klTarget"], ignores: ["clipRange"],
});

export const ppoDualClip = relative({
  name: "PPO with a dual clip", objective: dualClipObjective, reads: ["dualClip"],
});

export const spo = relative({ name: "Simple Policy Optimization", objective: spoObjective });

export const bpo = relative({
  name: "Bounded Policy Optimization", objective: bpoObjective, map: kl, reads: ["ratioTemperature"],
  defaults: { ...annealed, clipRange: 0.3, maxGradientNorm: 1, entropyCoefficient: 0 },
});

export const discoveredPolicyOptimization = relative({
  name: "Discovered Policy Optimization", objective: discoveredObjective,
  schedule: { id: "none", parameter: "none" }, ignores: ["clipRange"], defaults: annealed,
});

export const fixPo = relative({
  name: "FixPO", objective: fixPoObjective, map: reverseKl,
  schedule: { id: "dual of a bound", parameter: "klBound" },
  reads: ["klBound", "klBoundMargin", "repairSteps", "multiplierLearningRate"], ignores: ["clipRange"],
  defaults: { ...annealed, klStop: 0 },
});

const stopped = { id: "stop at a total variation", parameter: "ratioBound" } as const;
/** Without a clip larger steps than the published ones run away. */
const published = { learningRate: { from: 3e-4, to: 0 } } as const;

export const espo = relative({
  name: "Early Stopping Policy Optimization", objective: earlyStopping, schedule: stopped,
  reads: ["ratioBound"], ignores: ["clipRange", "klStop"], defaults: published,
});

export const ppoSampleDropout = relative({
  name: "PPO with sample dropout", objective: ppoDropoutObjective, reads: ["ratioBound"],
  defaults: { ratioBound: 1 },
});

export const espoSampleDropout = relative({
  name: "ESPO with sample dropout", objective: espoDropoutObjective, schedule: stopped,
  reads: ["ratioBound"], ignores: ["clipRange", "klStop"], defaults: published,
});

export const preconditionedPpo = relative({
  name: "Sigmoidally preconditioned policy optimization (P3O)", objective: preconditioned, map: reverseKl,
  schedule: penalty, reads: ["preconditionerSharpness", "klCoefficient"], ignores: ["clipRange"],
  // The paper's pair for Atari; its other, 4 and 0.1, leaves Pendulum-v1 half swung up.
  defaults: { ...annealed, preconditionerSharpness: 2, klCoefficient: 1, klStop: 0 },
});

export const ppoEwma = relative({
  name: "PPO with an averaged proximal policy (PPO-EWMA)", objective: ppoEwmaObjective,
  anchors: [oldPolicy, weightedMean("proximal", "anchorDecay", "each step")], reads: ["anchorDecay"],
});
