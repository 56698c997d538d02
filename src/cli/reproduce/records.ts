/** What finished runs leave behind: one small object each, as a line of records.jsonl and in the run's own folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BregmanError } from "../../error.ts";
import { readFile, replaceFile } from "../files.ts";
import { machineFacts } from "../machine.ts";
import { readEvaluations } from "../run-folder.ts";
import type { TrainSummary } from "../train.ts";
import { commandLine, type TrainingRun } from "../training-jobs.ts";
import { type CodeLevel, type PlannedRun, runName } from "./plan.ts";
import { paperTasks, paperVariants } from "./variants.ts";

export interface RunRecord {
  readonly label: string;
  readonly env: string;
  readonly algorithm: string;
  /** Those that were given over the defaults. */
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly codeLevel: CodeLevel;
  readonly fidelity?: string;
  readonly envs?: number;
  readonly seed: number;
  /** What was asked for; `steps` counts the whole iterations that were done. */
  readonly plannedSteps: number;
  /** A line that does the run again. */
  readonly command: string;
  readonly version: string;
  readonly commit?: string;
  readonly runtime: string;
  readonly machine: string;
  readonly device: string;
  readonly steps: number;
  /** Of training, evaluations left out. */
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly evaluation: { readonly episodes: number; readonly mean: number; readonly std: number };
  /** Evaluations on the way, and the last one: step and mean return. */
  readonly curve: readonly (readonly [step: number, mean: number])[];
  readonly parametersHash: string;
}

const RECORDS = "records.jsonl";
const OWN_RECORD = "record.json";
const MOST_CURVE_POINTS = 24;

export function recordsFile(out: string): string {
  return join(out, RECORDS);
}

/** The run that a record tells of, without the evaluations on its way. */
export function recordedRun(record: RunRecord): TrainingRun {
  const { env, algorithm, seed, plannedSteps, envs, codeLevel, fidelity, device, hyperparameters } = record;
  return { env, algorithm, seed, steps: plannedSteps, envs, codeLevel, fidelity, device, hyperparameters };
}

/** The record of a run whose child has ended with this summary. */
export function makeRecord(run: PlannedRun, summary: TrainSummary): RunRecord {
  const { label, env, algorithm, hyperparameters = {}, codeLevel, fidelity, envs, seed } = run;
  const { runtime, machine, version, commit } = machineFacts();
  const { device, steps, seconds, stepsPerSecond, evaluation, parametersHash } = summary;
  const points = readEvaluations(run.folder).map(({ step, mean }) => [step, Number(mean.toFixed(3))] as const);
  return {
    label, env, algorithm, hyperparameters, codeLevel, fidelity, envs, seed, plannedSteps: run.steps,
    command: commandLine(run), version, commit, runtime, machine, device, steps, seconds, stepsPerSecond, evaluation,
    curve: thinned(points, MOST_CURVE_POINTS), parametersHash,
  };
}

/** At most `most` of the points, evenly over their places; first and last are kept. */
function thinned<T>(points: readonly T[], most: number): readonly T[] {
  if (points.length <= most) return points;
  return Array.from({ length: most }, (_, i) => points[Math.round((i * (points.length - 1)) / (most - 1))]!);
}

/**
 * The records of a folder; none where there is no file. Throws `io-failure`, naming the line, when one is damaged.
 */
export function readRecords(file: string): RunRecord[] {
  if (!existsSync(file)) return [];
  const lines = new TextDecoder().decode(readFile(file)).split("\n");
  return lines.flatMap((line, i) => (line.trim() === "" ? [] : [parseRecord(line, `${file}, line ${i + 1}`)]));
}

/** The record that a finished run's folder keeps: whoever loses records.jsonl loses nothing. */
export function readOwnRecord(folder: string): RunRecord | undefined {
  const file = join(folder, OWN_RECORD);
  return existsSync(file) ? parseRecord(new TextDecoder().decode(readFile(file)), file) : undefined;
}

export function writeOwnRecord(folder: string, record: RunRecord): void {
  replaceFile(join(folder, OWN_RECORD), `${JSON.stringify(record)}\n`);
}

/** Replaces records.jsonl, in the order of the paper's tables; of two records of one run the later counts. */
export function writeRecords(out: string, records: readonly RunRecord[]): void {
  replaceFile(recordsFile(out), inOrder(records).map((record) => `${JSON.stringify(record)}\n`).join(""));
}

/** The paper's tasks and labels first, the others by their names; then by level and seed. */
export function inOrder(records: readonly RunRecord[]): RunRecord[] {
  const place = (names: readonly string[], name: string) => (names.includes(name) ? names.indexOf(name) : names.length);
  const labels = paperVariants.map(({ label }) => label);
  const keyOf = ({ env, label, codeLevel, seed }: RunRecord): (number | string)[] =>
    [place(paperTasks, env), env, codeLevel, place(labels, label), label, seed];
  const unique = new Map(records.map((record) => [runName(record), record]));
  return [...unique.values()].map((record) => ({ record, key: keyOf(record) })).sort((a, b) => {
    const i = a.key.findIndex((part, at) => part !== b.key[at]);
    return i < 0 ? 0 : a.key[i]! < b.key[i]! ? -1 : 1;
  }).map(({ record }) => record);
}

/** Throws `io-failure` unless the text is a record; `where` says which. */
export function parseRecord(text: string, where: string): RunRecord {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    record = undefined;
  }
  const fault = faultOf(record);
  if (fault === undefined) return record as RunRecord;
  throw new BregmanError("io-failure",
    `${where} is damaged: ${fault}. Put it right or remove it; a finished run's folder keeps a copy`);
}

function faultOf(record: unknown): string | undefined {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return "it is no JSON object";
  const fields = record as Record<string, unknown>;
  const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
  const isCurve = (value: unknown) => Array.isArray(value)
    && value.every((point) => Array.isArray(point) && point.length === 2 && point.every(isNumber));
  const wanted: [names: string, accepts: (value: unknown) => boolean][] = [
    ["label env algorithm codeLevel command version device", (value) => typeof value === "string"],
    ["parametersHash", (value) => typeof value === "string" && /^[0-9a-f]{8,}$/.test(value)],
    ["seed plannedSteps steps seconds stepsPerSecond", isNumber],
    ["hyperparameters evaluation", (value) => typeof value === "object" && value !== null],
    ["curve", isCurve],
  ];
  const missing = wanted.flatMap(([names, accepts]) => names.split(" ").filter((name) => !accepts(fields[name])));
  if (missing.length > 0) return `${missing.join(", ")} missing or of another kind`;
  return isNumber((fields.evaluation as { mean?: unknown }).mean) ? undefined : "evaluation.mean is no number";
}
