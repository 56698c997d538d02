import { table } from "./algorithms/hyperparameters.ts";
import { algorithms, objectives } from "./algorithms/registry.ts";
import { BregmanError } from "./error.ts";
import { environmentEntries } from "./envs/registry.ts";

const estimators = [
  { id: "gae", name: "Generalized advantage estimation", formula: "A_t = sum_l (discount lambda)^l delta_{t+l}", paper: "Schulman et al. 2016" },
  { id: "lambda-returns", name: "TD(lambda)", formula: "G_t = r_t + discount ((1 - lambda) V_{t+1} + lambda G_{t+1})", paper: "Sutton 1988" },
  { id: "n-step-returns", name: "n-step returns", formula: "G_t = sum_{i<n} discount^i r_{t+i} + discount^n V_{t+n}", paper: "Watkins 1989" },
  { id: "discounted-returns", name: "Discounted returns", formula: "G_t = r_t + discount G_{t+1}", paper: "" },
] as const;

export interface AlgorithmEntry {
  readonly id: string;
  readonly name: string;
  readonly paper: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly hyperparameters: readonly { readonly name: string; readonly default: unknown; readonly minimum?: number; readonly maximum?: number; readonly meaning: string }[];
}

/** What the kit has, as plain data: "algorithms" (with their six choices), "envs", "objectives", "estimators", "hyperparameters". */
export function list(kind: "algorithms"): readonly AlgorithmEntry[];
export function list(kind: "envs"): ReturnType<typeof environmentEntries>;
export function list(kind: "objectives"): readonly { readonly id: string; readonly formula: string; readonly paper: string }[];
export function list(kind: "estimators"): typeof estimators;
export function list(kind: "algorithms" | "envs" | "objectives" | "estimators"): readonly object[];
export function list(kind: string): readonly object[] {
  switch (kind) {
    case "algorithms":
      return algorithms.map(describeAlgorithm);
    case "envs":
      return environmentEntries();
    case "objectives":
      return objectives.map(({ id, formula, paper }) => ({ id, formula, paper }));
    case "estimators":
      return estimators;
    default:
      throw new BregmanError("invalid-option", `list: expected "algorithms", "envs", "objectives" or "estimators", got ${JSON.stringify(kind)}`);
  }
}

function describeAlgorithm({ id, name, paper, choices, reads, defaults }: (typeof algorithms)[number]): AlgorithmEntry {
  const { map, anchors, signal, schedule, solver, sampler } = choices;
  const solverText = solver.id === "gradient-steps" ? `${solver.optimizer} on ${solver.batches}` : `conjugate gradient, ${solver.step === "radius" ? "line search" : "fixed step"}`;
  const common = ["horizon", "discount", "gaeLambda", "entropyCoefficient", "maxGradientNorm", "standardizeAdvantages", "normalizeObservations", "normalizerShare", "normalizeRewards", "valueClipRange", "initialLogStd", "stateDependentStd", "squash", "scaleActions", "exploration", "networks"];
  return {
    id, name, paper,
    choices: { map: map === "tsallis" ? "kl or tsallis" : map.id, anchors: anchors.id, signal: signal.id, schedule: schedule.id, solver: solverText, sampler: sampler.id },
    hyperparameters: [...reads, ...common].map((each) => {
      const { minimum, maximum, meaning, default: fallback } = table[each as keyof typeof table];
      return { name: each, default: (defaults as Record<string, unknown>)[each] ?? fallback, minimum, maximum, meaning };
    }),
  };
}
