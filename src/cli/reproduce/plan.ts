/** The plan of a reproduction: which runs it has, each with its name, its folder and what is trained. */
import { join } from "node:path";
import { BregmanError } from "../../error.ts";
import { type Arguments, parseSettings } from "../arguments.ts";
import { idOf, type Library, type ListEntry } from "../library.ts";
import { checkAlgorithm, checkEnvironment, namesIn, type TrainingRun } from "../training-jobs.ts";
import { codeVariants, findVariant, paperTasks, paperVariants, sameRunsAs, type Variant } from "./variants.ts";

export type CodeLevel = "loaded" | "minimal";

/** One run of the plan. */
export interface PlannedRun extends TrainingRun {
  /** "TASK/LABEL/LEVEL/SEED": unique in a plan. */
  readonly name: string;
  readonly folder: string;
  readonly label: string;
  readonly codeLevel: CodeLevel;
  readonly steps: number;
  readonly evaluateEvery: number;
  readonly evaluateEpisodes: number;
  /** Whether it learns from replay: its checkpoint then holds the replay ring. */
  readonly usesReplay: boolean;
}

const SEEDS = 5;
const STEPS = { onPolicy: 10_000_000, offPolicy: 1_000_000 };
const EVALUATIONS = 20;
const EPISODES = 10;

/**
 * All runs, seed by seed, so that an unfinished plan compares whole sets of algorithms. Throws `unknown-environment`,
 * `unknown-algorithm` or `invalid-option`.
 */
export function makePlan(given: Arguments, library: Library, out: string): PlannedRun[] {
  const tasks = namesIn("tasks", given.text("tasks") ?? paperTasks.join(","));
  const labels = namesIn("algorithms", given.text("algorithms") ?? paperVariants.map(({ label }) => label).join(","));
  const levels = codeLevels(given.text("code-level") ?? "loaded");
  const seeds = given.integer("seeds", 1) ?? SEEDS;
  const algorithms = library.list("algorithms");
  for (const task of tasks) checkEnvironment(task, library);
  const known = [...paperVariants, ...codeVariants].map(({ label }) => label);
  for (const label of labels) checkAlgorithm(label, [...new Set([...known, ...algorithms.map(idOf)])]);
  const variants = labels.map(findVariant);
  for (const { algorithm } of variants) checkAlgorithm(algorithm, algorithms.map(idOf));
  const repeats = (label: string, task: string) => labels.includes(sameRunsAs(label, task) ?? "");
  return Array.from({ length: seeds }, (_, seed) => tasks.flatMap((env) => levels.flatMap((codeLevel) =>
    variants.filter(({ label }) => !repeats(label, env)).map((variant) => {
      const usesReplay = learnsFromReplay(algorithms.find((entry) => idOf(entry) === variant.algorithm)!);
      return plannedRun(given, variant, { env, codeLevel, seed, usesReplay, out });
    })))).flat();
}

function codeLevels(text: string): readonly CodeLevel[] {
  if (text === "both") return ["loaded", "minimal"];
  if (text === "loaded" || text === "minimal") return [text];
  throw new BregmanError("invalid-option",
    `--code-level must be loaded, minimal or both, given ${JSON.stringify(text)}`);
}

function learnsFromReplay(algorithm: ListEntry): boolean {
  const { choices } = algorithm as { choices?: { sampler?: unknown } };
  return choices?.sampler === "replay";
}

interface Place {
  readonly env: string;
  readonly codeLevel: CodeLevel;
  readonly seed: number;
  readonly usesReplay: boolean;
  readonly out: string;
}

function plannedRun(given: Arguments, variant: Variant, { env, codeLevel, seed, usesReplay, out }: Place): PlannedRun {
  const { label, algorithm, fidelity } = variant;
  const steps = given.integer("steps", 1) ?? (usesReplay ? STEPS.offPolicy : STEPS.onPolicy);
  return {
    name: runName({ env, label, codeLevel, seed }),
    folder: join(out, "runs", env, label, codeLevel, `seed-${seed}`),
    label, env, algorithm, seed, steps, codeLevel, fidelity, usesReplay,
    envs: given.integer("envs", 1),
    device: given.text("device") ?? "wasm",
    hyperparameters: { ...variant.hyperparameters(env), ...parseSettings(given.all("set")) },
    evaluateEvery: given.integer("evaluate-every", 1) ?? Math.ceil(steps / EVALUATIONS),
    evaluateEpisodes: given.integer("evaluate-episodes", 1) ?? EPISODES,
  };
}

export function runName(
  { env, label, codeLevel, seed }: { env: string; label: string; codeLevel: string; seed: number },
): string {
  return `${env}/${label}/${codeLevel}/${seed}`;
}
