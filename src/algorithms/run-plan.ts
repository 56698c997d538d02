import { BregmanError } from "../error.ts";
import { isOffPolicy, type Algorithm } from "./algorithm.ts";
import { mergeHyperparameters, type Hyperparameters } from "../agent/hyperparameters.ts";
import { codeLevelOf, presetOf } from "./presets.ts";
import { algorithms, findAlgorithm } from "./registry.ts";
import type { TrainerOptions } from "./trainer-options.ts";

/** Options whose algorithm, if that was in a module, is here. */
export type SettledOptions = Omit<TrainerOptions, "algorithm"> & { readonly algorithm?: string | Algorithm };

const defaultSteps = 100_000;
const defaultEnvs = 8;
const largestBuffer = 1_000_000;

/**
 * Without a horizon given, an iteration has this many steps over all copies, halved in short runs until these have
 * enough iterations.
 */
const mostBatch = 2048;
const leastBatch = 256;
const enoughIterations = 48;
const leastHorizon = 16;

/** Everything that a run's results depend on, settled: what a checkpoint carries. */
export interface RunPlan {
  readonly environment: string;
  readonly environmentOptions: Readonly<Record<string, unknown>>;
  readonly algorithm: string;
  readonly steps: number;
  readonly seed: number;
  readonly envs: number;
  /** Agents that share the policy in each copy, a lane of the rollout each; absent where there is one. */
  readonly agents?: number;
  readonly hyperparameters: Hyperparameters;
  readonly paperCode: boolean;
  /** Which set of code-level choices was asked for; null for none. */
  readonly codeLevel: "loaded" | "minimal" | null;
  /** The next rollout is collected while the update runs; absent where it is not. */
  readonly overlap?: true;
}

export interface PlanFacts {
  /** The environment's name, and whether it is one of the kit's own. */
  readonly environment: string;
  readonly builtin: boolean;
  /** Whether more than one copy can be made. */
  readonly copies: boolean;
  readonly agents?: number;
}

/** Kit's defaults < algorithm's < preset < code level < paper code < what the caller says. */
export function planRun(
  options: SettledOptions, { environment, builtin, copies, agents = 1 }: PlanFacts,
): { plan: RunPlan; algorithm: Algorithm } {
  const algorithm = findAlgorithm(options.algorithm ?? "mdpo");
  const preset = builtin ? presetOf(environment, algorithm.id) : undefined;
  const paperCode = options.fidelity === "paper-code";
  if (paperCode && !algorithm.paperCode) {
    const having = algorithms.filter(({ paperCode: form }) => form).map(({ id }) => id);
    throw new BregmanError("invalid-option",
      `fidelity: "${algorithm.id}" has no "paper-code" form; ${having.join(" and ")} have`);
  }
  const steps = options.steps ?? preset?.steps ?? defaultSteps;
  const envs = options.envs ?? (copies ? preset?.envs ?? (isOffPolicy(algorithm) ? 1 : defaultEnvs) : 1);
  const hyperparameters = mergeHyperparameters(
    { horizon: defaultHorizon(steps, envs * agents), bufferSize: Math.min(largestBuffer, steps) },
    algorithm.defaults,
    preset?.hyperparameters,
    options.codeLevel && codeLevelOf(algorithm, options.codeLevel),
    paperCode ? algorithm.paperCode!.hyperparameters : undefined,
    options.hyperparameters,
  );
  checkFrequency(algorithm, hyperparameters);
  if (options.overlap && isOffPolicy(algorithm)) {
    throw new BregmanError("invalid-option",
      `overlap: "${algorithm.id}" learns from replay, step by step; ` +
      "methods that collect rollouts (mdpo, ppo, ...) have it");
  }
  const plan: RunPlan = {
    environment,
    environmentOptions: options.environmentOptions ?? {},
    algorithm: algorithm.id,
    steps,
    seed: options.seed ?? 0,
    envs,
    ...(agents > 1 && { agents }),
    hyperparameters,
    paperCode,
    codeLevel: options.codeLevel ?? null,
    ...(options.overlap && { overlap: true }),
  };
  return { plan, algorithm };
}

/** Throws `invalid-option` unless an iteration ends with a round of gradient steps. */
function checkFrequency(algorithm: Algorithm, { horizon, trainFrequency }: Hyperparameters): void {
  if (!isOffPolicy(algorithm) || horizon % trainFrequency === 0) return;
  throw new BregmanError("invalid-option",
    `hyperparameters.trainFrequency: expected a divisor of the horizon, ${horizon}, got ${trainFrequency}`);
}

function defaultHorizon(steps: number, lanes: number): number {
  let batch = mostBatch;
  while (batch > leastBatch && batch * enoughIterations > steps) batch /= 2;
  return Math.max(leastHorizon, Math.floor(batch / lanes));
}

/** Who acts side by side: the agents of all copies. */
export function lanesOf({ envs, agents = 1 }: RunPlan): number {
  return envs * agents;
}

/** Steps of one iteration, over all lanes. */
export function stepsPerIteration(plan: RunPlan): number {
  return lanesOf(plan) * plan.hyperparameters.horizon;
}

/** Iterations of a run: the last one reaches or passes the steps. */
export function iterationsOf(plan: RunPlan): number {
  return Math.ceil(plan.steps / stepsPerIteration(plan));
}

/**
 * The plan of a resumed run: the checkpoint's, with which everything that the caller says again must agree.
 * Throws `checkpoint-mismatch`, naming the option.
 */
export function resumedPlan(
  saved: RunPlan, options: SettledOptions, environment: string | undefined,
): { plan: RunPlan; algorithm: Algorithm } {
  const differ = (name: string, given: unknown, before: unknown): void => {
    if (given !== undefined && JSON.stringify(given) !== JSON.stringify(before)) {
      throw new BregmanError("checkpoint-mismatch",
        `${name}: the checkpoint was written with ${JSON.stringify(before)}, got ${JSON.stringify(given)}; ` +
        "resume with the same, or leave it out");
    }
  };
  if (!options.algorithm && !algorithms.some(({ id }) => id === saved.algorithm)) {
    throw new BregmanError("unknown-algorithm",
      `algorithm: the checkpoint is of "${saved.algorithm}", which is not of this kit: hand its object in, too`);
  }
  const algorithm = findAlgorithm(options.algorithm ?? saved.algorithm);
  differ("env", environment, saved.environment);
  differ("algorithm", algorithm.id, saved.algorithm);
  differ("seed", options.seed, saved.seed);
  differ("envs", options.envs, saved.envs);
  differ("environmentOptions", options.environmentOptions, saved.environmentOptions);
  differ("codeLevel", options.codeLevel, saved.codeLevel);
  differ("overlap", options.overlap, saved.overlap ?? false);
  if (options.fidelity) differ("fidelity", options.fidelity, saved.paperCode ? "paper-code" : "paper");
  if (options.steps !== undefined && options.steps !== saved.steps && !options.extend) {
    throw new BregmanError("checkpoint-mismatch",
      `steps: the checkpoint's run has ${saved.steps}, got ${options.steps}; ` +
      "schedules depend on it: pass extend: true to change it");
  }
  const again = mergeHyperparameters(saved.hyperparameters, options.hyperparameters);
  for (const name of Object.keys(options.hyperparameters ?? {}) as (keyof Hyperparameters)[]) {
    differ(`hyperparameters.${name}`, again[name], saved.hyperparameters[name]);
  }
  const steps = options.extend ? options.steps ?? saved.steps : saved.steps;
  return { plan: { ...saved, steps }, algorithm };
}
