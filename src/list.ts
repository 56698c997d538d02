import { isOffPolicy, type Choices } from "./algorithms/algorithm.ts";
import { table, type HyperparameterInfo } from "./agent/hyperparameters.ts";
import { describeAnchors } from "./anchors/anchor.ts";
import { algorithms, replayObjectives, rolloutObjectives } from "./algorithms/registry.ts";
import { BregmanError } from "./error.ts";
import { mujocoEntries } from "./envs/mujoco/catalogue.ts";
import { environmentEntries } from "./envs/registry.ts";

const estimators = [
  {
    id: "gae", name: "Generalized advantage estimation", paper: "Schulman et al. 2016",
    formula: "A_t = sum_l (discount lambda)^l delta_{t+l}",
  },
  {
    id: "lambda-returns", name: "TD(lambda)", paper: "Sutton 1988",
    formula: "G_t = r_t + discount ((1 - lambda) V_{t+1} + lambda G_{t+1})",
  },
  {
    id: "n-step-returns", name: "n-step returns", paper: "Watkins 1989",
    formula: "G_t = sum_{i<n} discount^i r_{t+i} + discount^n V_{t+n}",
  },
  { id: "discounted-returns", name: "Discounted returns", paper: "", formula: "G_t = r_t + discount G_{t+1}" },
] as const;

export interface AlgorithmEntry {
  readonly id: string;
  readonly name: string;
  readonly paper: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly hyperparameters: readonly HyperparameterEntry[];
}

export interface HyperparameterEntry {
  readonly name: string;
  readonly kind: HyperparameterInfo["kind"];
  /** Words that are accepted beside numbers. */
  readonly words?: readonly string[];
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly meaning: string;
}

export interface ObjectiveEntry {
  readonly id: string;
  readonly formula: string;
  readonly paper: string;
}

/** Hyperparameters that every method reads that learns from replay. */
const commonOffPolicy = [
  "horizon", "discount", "maxGradientNorm", "normalizeObservations", "normalizerShare", "valueGain", "networks",
] as const;

/** Hyperparameters that every method reads that learns from rollouts. */
const common = [
  "horizon", "discount", "gaeLambda", "entropyCoefficient", "maxGradientNorm", "standardizeAdvantages",
  "normalizeObservations", "normalizerShare", "normalizeRewards", "valueClipRange", "initialLogStd",
  "stateDependentStd", "squash", "scaleActions", "exploration", "valueGain", "networks",
] as const;

/**
 * What the kit has, as plain data: "algorithms" (with their six choices and hyperparameters), "envs", "objectives" or
 * "estimators". Throws `invalid-option` for anything else.
 */
export function list(kind: "algorithms"): readonly AlgorithmEntry[];
export function list(kind: "envs"): ReturnType<typeof environmentEntries>;
export function list(kind: "objectives"): readonly ObjectiveEntry[];
export function list(kind: "estimators"): typeof estimators;
export function list(kind: "algorithms" | "envs" | "objectives" | "estimators"): readonly object[];
export function list(kind: string): readonly object[] {
  switch (kind) {
    case "algorithms":
      return algorithms.map(describeAlgorithm);
    case "envs":
      return [...environmentEntries(), ...mujocoEntries()];
    case "objectives":
      return [...rolloutObjectives, ...replayObjectives].map(({ id, formula, paper }) => ({ id, formula, paper }));
    case "estimators":
      return estimators;
    default:
      throw new BregmanError("invalid-option",
        `list: expected "algorithms", "envs", "objectives" or "estimators", got ${JSON.stringify(kind)}`);
  }
}

function describeAlgorithm(algorithm: (typeof algorithms)[number]): AlgorithmEntry {
  const { id, name, paper, choices, reads, defaults } = algorithm;
  const { map, anchors, signal, schedule, sampler } = choices;
  return {
    id, name, paper,
    choices: {
      map: map === "tsallis" ? "kl or tsallis" : map.id,
      anchors: describeAnchors(anchors),
      signal: "second" in signal ? `${signal.id} and ${signal.id} of ${signal.second}` : signal.id,
      schedule: schedule.id,
      solver: describeSolver(choices),
      sampler: sampler.id,
    },
    hyperparameters: [...reads, ...isOffPolicy(algorithm) ? commonOffPolicy : common].map((each) => {
      const { kind, words, minimum, maximum, meaning, default: fallback } = table[each as keyof typeof table];
      const own = (defaults as Record<string, unknown>)[each];
      return { name: each, kind, words, default: own ?? fallback, minimum, maximum, meaning };
    }),
  };
}

function describeSolver({ solver }: Choices): string {
  switch (solver.id) {
    case "reparameterized-gradient": return `gradient through the action, ${solver.policy} policy`;
    case "dual-regression": return "regression in the dual space";
    case "likelihood": return "likelihood of the best actions";
    case "gradient-steps": return `${solver.optimizer} on ${solver.batches}`;
    case "natural-gradient": return `conjugate gradient, ${solver.step === "radius" ? "line search" : "fixed step"}`;
  }
}
