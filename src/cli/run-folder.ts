/**
 * The folder of a training run: policy.safetensors, checkpoint.safetensors, metrics.jsonl, TensorBoard events and
 * curve.svg; of a run that is evaluated while it trains also evaluations.jsonl, and in run.json how often.
 *
 * The folder appears with its first checkpoint inside. Records are on the disk before the checkpoint that follows them,
 * so a resumed run finds every record up to its checkpoint and drops those that came after it.
 */
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { BregmanError } from "../error.ts";
import type { CurvePoint } from "../io/curve-statistics.ts";
import { curveSvg } from "../io/svg-curve.ts";
import { bytesUpToStep, eventFileStart, scalarEvent } from "../io/tensorboard.ts";
import { createFolder, openAppended, readEnd, readFile, removeUnfinished, replaceFile } from "./files.ts";
import { checkUnlocked, LOCK, ownLock, unlockFolder } from "./folder-lock.ts";
import type { TrainerSummary, UpdateRecord } from "./library.ts";

const CHECKPOINT = "checkpoint.safetensors";
const POLICY = "policy.safetensors";
const METRICS = "metrics.jsonl";
const EVENTS = "events.out.tfevents.bregman";
const CURVE = "curve.svg";
const EVALUATIONS = "evaluations.jsonl";
const PLAN = "run.json";

/** A line of metrics.jsonl: the update record, and the seconds of training up to it (over all resumptions). */
export interface MetricsRecord extends UpdateRecord {
  readonly seconds: number;
}

/** How a run is evaluated while it trains: about every so many steps, over so many episodes. */
export interface EvaluationPlan {
  readonly evaluateEvery: number;
  readonly evaluateEpisodes: number;
}

/** A line of evaluations.jsonl: undiscounted returns of the deterministic policy, mean and standard deviation. */
export interface EvaluationRecord {
  readonly step: number;
  readonly episodes: number;
  readonly mean: number;
  readonly std: number;
}

export interface RunFolder {
  readonly path: string;
  /** The last record that was kept when the folder was opened, if any. */
  readonly last: MetricsRecord | undefined;
  readonly evaluationPlan: EvaluationPlan | undefined;
  append(record: MetricsRecord): void;
  /** Takes an evaluation; one of a step that has its own already is left out. */
  appendEvaluation(record: EvaluationRecord): void;
  /** Hands the records to the operating system, for those who watch the files grow. */
  flush(): void;
  /** Brings everything to the disk: the records, then the checkpoint, then policy and curve. */
  save(checkpoint: Uint8Array, policy: Uint8Array, summary: TrainerSummary): void;
  /** Brings the records to the disk, and the curve that they make. */
  draw(summary: TrainerSummary): void;
  /** Also lets other processes write there again. */
  close(): void;
}

/** Throws `not-found` unless a run can be resumed from the folder. */
export function checkHasCheckpoint(path: string): void {
  if (!existsSync(path)) throw new BregmanError("not-found", `--resume ${path}: there is no such folder`);
  if (!isRun(path)) throw new BregmanError("not-found", `--resume ${path}: the folder has no ${CHECKPOINT}`);
}

/** Reads the checkpoint of a folder. Throws `not-found` when there is none. */
export function readCheckpoint(path: string): Uint8Array {
  checkHasCheckpoint(path);
  return readFile(join(path, CHECKPOINT));
}

/**
 * Makes the folder of a new run. A finished or interrupted run of that name is not lost: it is moved aside, to the
 * first free name of DIR.1, DIR.2, ..., which is returned. Throws `io-failure` when something else has that name.
 */
export function createRunFolder(
  path: string, checkpoint: Uint8Array, plan?: EvaluationPlan,
): { folder: RunFolder; movedTo: string | undefined } {
  const movedTo = moveAside(path);
  const events = eventFileStart(wallTime());
  const planFile = plan && new TextEncoder().encode(`${JSON.stringify(plan)}\n`);
  createFolder(resolve(path), {
    [CHECKPOINT]: checkpoint, [METRICS]: new Uint8Array(0), [EVENTS]: events, [LOCK]: ownLock(),
    ...(planFile && { [PLAN]: planFile, [EVALUATIONS]: new Uint8Array(0) }),
  });
  return { folder: openRunFolder(path, 0), movedTo };
}

/**
 * Throws `io-failure` when the folder of a new run could not be made, because something that is no run has its name, or
 * because the run that has it is going on.
 */
export function checkRunFolderIsFree(path: string): void {
  if (!existsSync(path)) return;
  checkUnlocked(path);
  if (isRun(path)) return;
  const entries = entriesOf(path);
  if (entries?.length === 0) return;
  throw new BregmanError("io-failure", entries === undefined ? `--out ${path} is a file`
    : `--out ${path}: the folder has other files in it; give a new one`);
}

/** Frees the room of a finished run's checkpoint: its policy and its records stay, but nothing can resume it. */
export function dropCheckpoint(path: string): void {
  rmSync(join(path, CHECKPOINT), { force: true });
}

function moveAside(path: string): string | undefined {
  checkRunFolderIsFree(path);
  if (!isRun(path)) return undefined;
  const base = path.replace(/(?<=[^\\/])[\\/]+$/, "");
  let number = 1;
  while (existsSync(`${base}.${number}`)) number++;
  try {
    renameSync(resolve(path), resolve(`${base}.${number}`));
  } catch (error) {
    throw new BregmanError("io-failure", `cannot move the run in ${path} aside: ${(error as Error).message}`);
  }
  return `${base}.${number}`;
}

/** Whether a folder holds a run, finished or not. */
export function isRun(path: string): boolean {
  return existsSync(join(path, CHECKPOINT));
}

function entriesOf(path: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Opens the folder of a run at the step of its checkpoint; what was recorded after it is dropped. The caller holds the
 * folder's lock (a folder that was created just now has it), which `close` gives back.
 */
export function openRunFolder(path: string, step: number): RunFolder {
  removeUnfinished(path);
  const kept = readRecords(join(path, METRICS), step, isMetricsRecord);
  const metrics = openAppended(join(path, METRICS), kept.bytes);
  const eventBytes = existsSync(join(path, EVENTS)) ? bytesUpToStep(readFile(join(path, EVENTS)), step) : 0;
  const events = openAppended(join(path, EVENTS), eventBytes);
  if (eventBytes === 0) events.append(eventFileStart(wallTime()));
  const curve: CurvePoint[] = kept.records.map(curvePoint);
  const plan = readPlan(path);
  const evaluated = readRecords(join(path, EVALUATIONS), step, isEvaluationRecord);
  const evaluations = plan && openAppended(join(path, EVALUATIONS), evaluated.bytes);
  const evaluationCurve: CurvePoint[] = evaluated.records.map(evaluationPoint);
  const files = [metrics, events, ...(evaluations ? [evaluations] : [])];
  const folder: RunFolder = {
    path,
    last: kept.records.at(-1),
    evaluationPlan: plan,
    append(record) {
      metrics.append(`${JSON.stringify(record)}\n`);
      events.append(scalarEvent(record.step, wallTime(), scalarsOf(record)));
      curve.push(curvePoint(record));
    },
    appendEvaluation(record) {
      if (!evaluations || record.step <= (evaluationCurve.at(-1)?.step ?? -1)) return;
      evaluations.append(`${JSON.stringify(record)}\n`);
      events.append(scalarEvent(record.step, wallTime(), [["evaluation/meanReturn", record.mean]]));
      evaluationCurve.push(evaluationPoint(record));
    },
    flush: () => files.forEach((file) => file.flush()),
    save(checkpoint, policy, summary) {
      files.forEach((file) => file.flush(true));
      replaceFile(join(path, CHECKPOINT), checkpoint);
      replaceFile(join(path, POLICY), policy);
      folder.draw(summary);
    },
    draw(summary) {
      files.forEach((file) => file.flush(true));
      replaceFile(join(path, CURVE), drawRun(curve, evaluationCurve, summary));
    },
    close() {
      files.forEach((file) => file.close());
      unlockFolder(path);
    },
  };
  return folder;
}

/** The learning curve that a run's folder holds, in its steps and mean returns. */
export function readCurve(path: string): CurvePoint[] {
  return readRecords(join(path, METRICS), Infinity, isMetricsRecord).records.map(curvePoint);
}

/** The evaluations that a run's folder holds. */
export function readEvaluations(path: string): EvaluationRecord[] {
  return readRecords(join(path, EVALUATIONS), Infinity, isEvaluationRecord).records;
}

/** Step and seconds of training that a run has come to, while it runs too; undefined before its first record. */
export function readProgress(path: string): { step: number; seconds: number } | undefined {
  if (!existsSync(join(path, METRICS))) return undefined;
  const last = readEnd(join(path, METRICS), 4096).split("\n").map(parse).findLast(isMetricsRecord);
  return last && { step: last.step, seconds: last.seconds };
}

function readPlan(path: string): EvaluationPlan | undefined {
  if (!existsSync(join(path, PLAN))) return undefined;
  const plan = parse(new TextDecoder().decode(readFile(join(path, PLAN)))) as EvaluationPlan | undefined;
  if (Number.isSafeInteger(plan?.evaluateEvery) && Number.isSafeInteger(plan?.evaluateEpisodes)) return plan;
  throw new BregmanError("io-failure",
    `${join(path, PLAN)} is damaged; it should say {"evaluateEvery":N,"evaluateEpisodes":K}`);
}

/** The whole, valid lines of a file of records up to a step, and how many bytes they take. */
function readRecords<T extends { readonly step: number }>(
  file: string, step: number, isRecord: (value: unknown) => value is T,
): { records: T[]; bytes: number } {
  if (!existsSync(file)) return { records: [], bytes: 0 };
  const content = readFile(file);
  const records: T[] = [];
  let bytes = 0;
  for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, bytes)) {
    const record = parse(new TextDecoder().decode(content.subarray(bytes, end)));
    if (!isRecord(record) || record.step > step) break;
    records.push(record);
    bytes = end + 1;
  }
  return { records, bytes };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isMetricsRecord(value: unknown): value is MetricsRecord {
  const { step, seconds } = (value ?? {}) as Partial<MetricsRecord>;
  return typeof step === "number" && typeof seconds === "number";
}

function isEvaluationRecord(value: unknown): value is EvaluationRecord {
  const { step, episodes, mean } = (value ?? {}) as Partial<EvaluationRecord>;
  return typeof step === "number" && typeof episodes === "number" && typeof mean === "number";
}

function curvePoint({ step, meanReturn }: UpdateRecord): CurvePoint {
  return { step, value: meanReturn ?? NaN };
}

function scalarsOf(record: MetricsRecord): [string, number][] {
  return [
    ["episode/meanReturn", record.meanReturn ?? NaN],
    ["episode/meanLength", record.meanLength ?? NaN],
    ["speed/stepsPerSecond", record.stepsPerSecond],
    ...Object.entries(record.losses ?? {}).map(([name, value]): [string, number] => [`losses/${name}`, value]),
  ];
}

function evaluationPoint({ step, mean }: EvaluationRecord): CurvePoint {
  return { step, value: mean };
}

function drawRun(
  curve: readonly CurvePoint[], evaluations: readonly CurvePoint[],
  { env, algorithm, seed, device }: TrainerSummary,
): string {
  const training = { name: algorithm, runs: [curve] };
  const evaluated = { name: `${algorithm}, evaluated`, runs: [evaluations], smoothing: 1 };
  return curveSvg(evaluations.length > 0 ? [training, evaluated] : [training], {
    title: env,
    subtitle: `seed ${seed}, ${device}; mean return of the episodes that ended in each update, and its moving mean`,
    smoothing: smoothingFor(curve.length),
  });
}

/** A window of about a thirtieth of the points, odd. */
export function smoothingFor(points: number): number {
  return 2 * Math.min(15, Math.floor(points / 60)) + 1;
}

function wallTime(): number {
  return Date.now() / 1000;
}
