/** Training runs that another command starts: their words, what came of them, and names that are checked beforehand. */
import { BregmanError, nearest } from "../error.ts";
import type { ChildResult } from "./child-runs.ts";
import { idOf, type Library } from "./library.ts";
import { isRun } from "./run-folder.ts";
import type { TrainSummary } from "./train.ts";

/** What is trained, as `bregman train` is told; what is left out is left to its defaults. */
export interface TrainingRun {
  readonly env: string;
  readonly algorithm: string;
  readonly seed: number;
  readonly steps?: number;
  readonly envs?: number;
  readonly codeLevel?: string;
  readonly fidelity?: string;
  readonly device?: string;
  readonly hyperparameters?: Readonly<Record<string, unknown>>;
  readonly evaluateEvery?: number;
  readonly evaluateEpisodes?: number;
}

/** The words of `bregman train` for a run. */
export function trainingWords(run: TrainingRun): string[] {
  const options = {
    algorithm: run.algorithm, seed: run.seed, steps: run.steps, envs: run.envs, "code-level": run.codeLevel,
    fidelity: run.fidelity, device: run.device, "evaluate-every": run.evaluateEvery,
    "evaluate-episodes": run.evaluateEpisodes,
  };
  const given = Object.entries(options).flatMap(([name, value]) =>
    (value === undefined ? [] : [`--${name}`, String(value)]));
  const settings = Object.entries(run.hyperparameters ?? {}).flatMap(([name, value]) =>
    ["--set", `${name}=${settingText(value)}`]);
  return ["train", run.env, ...given, ...settings];
}

/** A value as `parseSettings` reads it back. */
function settingText(value: unknown): string {
  const looksLikeAnother = typeof value === "string" && /^([-+]?[.\d]|[[{"]|(true|false)$)/.test(value);
  return typeof value === "object" || looksLikeAnother ? JSON.stringify(value) : String(value);
}

/** The line that a user types for a run. */
export function commandLine(run: TrainingRun): string {
  const quoted = (word: string) => (/^[\w=.,:/+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
  return ["npx", "bregman", ...trainingWords(run).map(quoted)].join(" ");
}

/** Threads of each of `parallel` runs side by side: more than one run leaves no core idle. */
export function threadsBeside(parallel: number): number | undefined {
  return parallel > 1 ? 1 : undefined;
}

/** The words of a child that does the run: in a folder it continues what is there. */
export function childWords(
  run: TrainingRun, folder: string | undefined, threads: "auto" | number | undefined,
): string[] {
  const place = folder === undefined ? [] : [isRun(folder) ? "--resume" : "--out", folder];
  const sharing = threads === undefined ? [] : ["--threads", String(threads)];
  return [...trainingWords(run), ...sharing, ...place, "--json", "--quiet"];
}

/** The summary of a child that has done its run. */
export function summaryOf({ code, lastLine }: ChildResult): TrainSummary | undefined {
  if (code !== 0) return undefined;
  try {
    return JSON.parse(lastLine) as TrainSummary;
  } catch {
    return undefined;
  }
}

/** Why a child has not done its run, in one line. */
export function failureOf({ code, complaint }: ChildResult): string {
  return complaint.split("\n")[0]!.replace(/^bregman: /, "") || `ended with exit code ${code}`;
}

/** A list given as "a, b,c". Throws `invalid-option` when it is empty or names something twice. */
export function namesIn(option: string, text: string): string[] {
  const names = text.split(",").map((name) => name.trim()).filter(Boolean);
  if (names.length === 0) throw new BregmanError("invalid-option", `--${option} names nothing`);
  const repeated = names.find((name, i) => names.indexOf(name) < i);
  if (repeated) throw new BregmanError("invalid-option", `--${option} names ${repeated} twice`);
  return names;
}

/** Throws `unknown-environment` unless the library has it; the message names the nearest. */
export function checkEnvironment(name: string, library: Library): void {
  const known = library.list("envs").map(idOf);
  if (!known.includes(name)) throw unknown("environment", name, known);
}

/** Throws `unknown-algorithm` unless the name is one of `known`; the message names the nearest. */
export function checkAlgorithm(name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw unknown("algorithm", name, known);
}

function unknown(kind: "environment" | "algorithm", name: string, known: readonly string[]): BregmanError {
  return new BregmanError(`unknown-${kind}`,
    `unknown ${kind} ${JSON.stringify(name)}; nearest: ${nearest(name, known).join(", ")}`);
}
