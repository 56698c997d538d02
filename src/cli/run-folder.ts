/**
 * The folder of a training run: policy.safetensors, checkpoint.safetensors, metrics.jsonl, TensorBoard events and
 * curve.svg.
 *
 * The folder appears with its first checkpoint inside. Records are on the disk before the checkpoint that follows them,
 * so a resumed run finds every record up to its checkpoint and drops those that came after it.
 */
import { existsSync, readdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { BregmanError } from "../error.ts";
import type { CurvePoint } from "../io/curve-statistics.ts";
import { curveSvg } from "../io/svg-curve.ts";
import { bytesUpToStep, eventFileStart, scalarEvent } from "../io/tensorboard.ts";
import { createFolder, openAppended, readFile, removeUnfinished, replaceFile } from "./files.ts";
import type { TrainerSummary, UpdateRecord } from "./library.ts";

const CHECKPOINT = "checkpoint.safetensors";
const POLICY = "policy.safetensors";
const METRICS = "metrics.jsonl";
const EVENTS = "events.out.tfevents.bregman";
const CURVE = "curve.svg";

/** A line of metrics.jsonl: the update record, and the seconds of training up to it (over all resumptions). */
export interface MetricsRecord extends UpdateRecord {
  readonly seconds: number;
}

export interface RunFolder {
  readonly path: string;
  /** The last record that was kept when the folder was opened, if any. */
  readonly last: MetricsRecord | undefined;
  append(record: MetricsRecord): void;
  /** Hands the records to the operating system, for those who watch the files grow. */
  flush(): void;
  /** Brings everything to the disk: the records, then the checkpoint, then policy and curve. */
  save(checkpoint: Uint8Array, policy: Uint8Array, summary: TrainerSummary): void;
  close(): void;
}

/** Reads the checkpoint of a folder. Throws `not-found` when there is none. */
export function readCheckpoint(path: string): Uint8Array {
  if (!existsSync(path)) throw new BregmanError("not-found", `--resume ${path}: there is no such folder`);
  if (!existsSync(join(path, CHECKPOINT))) {
    throw new BregmanError("not-found", `--resume ${path}: the folder has no ${CHECKPOINT}`);
  }
  return readFile(join(path, CHECKPOINT));
}

/**
 * Makes the folder of a new run. A finished or interrupted run of that name is not lost: it is moved aside, to the
 * first free name of DIR.1, DIR.2, ..., which is returned. Throws `io-failure` when something else has that name.
 */
export function createRunFolder(
  path: string, checkpoint: Uint8Array,
): { folder: RunFolder; movedTo: string | undefined } {
  const movedTo = moveAside(path);
  const events = eventFileStart(wallTime());
  createFolder(resolve(path), { [CHECKPOINT]: checkpoint, [METRICS]: new Uint8Array(0), [EVENTS]: events });
  return { folder: openRunFolder(path, 0), movedTo };
}

/** Throws `io-failure` when the folder of a new run could not be made because something that is no run has its name. */
export function checkRunFolderIsFree(path: string): void {
  if (!existsSync(path) || isRun(path)) return;
  const entries = entriesOf(path);
  if (entries?.length === 0) return;
  throw new BregmanError("io-failure", entries === undefined ? `--out ${path} is a file`
    : `--out ${path}: the folder has other files in it; give a new one`);
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

function isRun(path: string): boolean {
  return existsSync(join(path, CHECKPOINT));
}

function entriesOf(path: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}

/** Opens the folder of a run at the step of its checkpoint; what was recorded after it is dropped. */
export function openRunFolder(path: string, step: number): RunFolder {
  removeUnfinished(path);
  const kept = readMetrics(path, step);
  const metrics = openAppended(join(path, METRICS), kept.bytes);
  const eventBytes = existsSync(join(path, EVENTS)) ? bytesUpToStep(readFile(join(path, EVENTS)), step) : 0;
  const events = openAppended(join(path, EVENTS), eventBytes);
  if (eventBytes === 0) events.append(eventFileStart(wallTime()));
  const curve: CurvePoint[] = kept.records.map(curvePoint);
  return {
    path,
    last: kept.records.at(-1),
    append(record) {
      metrics.append(`${JSON.stringify(record)}\n`);
      events.append(scalarEvent(record.step, wallTime(), scalarsOf(record)));
      curve.push(curvePoint(record));
    },
    flush() {
      metrics.flush();
      events.flush();
    },
    save(checkpoint, policy, summary) {
      metrics.flush(true);
      events.flush(true);
      replaceFile(join(path, CHECKPOINT), checkpoint);
      replaceFile(join(path, POLICY), policy);
      replaceFile(join(path, CURVE), drawRun(curve, summary));
    },
    close() {
      metrics.close();
      events.close();
    },
  };
}

/** The learning curve that a run's folder holds, in its steps and mean returns. */
export function readCurve(path: string): CurvePoint[] {
  return readMetrics(path, Infinity).records.map(curvePoint);
}

/** The whole, valid lines of metrics.jsonl up to a step, and how many bytes they take. */
function readMetrics(path: string, step: number): { records: MetricsRecord[]; bytes: number } {
  const file = join(path, METRICS);
  if (!existsSync(file)) return { records: [], bytes: 0 };
  const content = readFile(file);
  const records: MetricsRecord[] = [];
  let bytes = 0;
  for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, bytes)) {
    const record = parseRecord(new TextDecoder().decode(content.subarray(bytes, end)));
    if (record === undefined || record.step > step) break;
    records.push(record);
    bytes = end + 1;
  }
  return { records, bytes };
}

function parseRecord(line: string): MetricsRecord | undefined {
  try {
    const record = JSON.parse(line) as MetricsRecord | null;
    return typeof record?.step === "number" && typeof record.seconds === "number" ? record : undefined;
  } catch {
    return undefined;
  }
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

function drawRun(curve: readonly CurvePoint[], { env, algorithm, seed, device }: TrainerSummary): string {
  return curveSvg([{ name: algorithm, runs: [curve] }], {
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
