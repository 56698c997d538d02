/** What the records of a reproduction say: a row for each task and label, beside the paper's result. */
import { meanWithConfidence, median } from "../../io/curve-statistics.ts";
import { readProgress } from "../run-folder.ts";
import type { CodeLevel, PlannedRun } from "./plan.ts";
import { type PublishedResult, publishedResult } from "./published.ts";
import { inOrder, type RunRecord } from "./records.ts";
import { publishedLabel, sameRunsAs } from "./variants.ts";

/** A task and a label over their seeds. */
export interface ReportRow {
  readonly env: string;
  readonly label: string;
  readonly codeLevel: CodeLevel;
  readonly seeds: number;
  /** Environment steps of a run. */
  readonly steps: number;
  readonly mean: number;
  /** 95%, Student's t with one degree of freedom fewer than seeds; null for a single seed. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly median: number;
  readonly published: PublishedResult | null;
  /** The label whose runs these are, where its own would repeat them. */
  readonly sameRunsAs: string | null;
}

/** A run that has begun and has no record yet. */
export interface UnfinishedRun {
  readonly name: string;
  readonly step: number;
  readonly plannedSteps: number;
  readonly stepsPerSecond: number;
}

export interface Report {
  readonly rows: readonly ReportRow[];
  readonly unfinished: readonly UnfinishedRun[];
}

/** `plan`: the runs whose folders are looked at for unfinished ones. */
export function makeReport(records: readonly RunRecord[], plan: readonly PlannedRun[]): Report {
  const groups = groupsOf(records);
  const rows = groups.flatMap((group) => {
    const { env, label, codeLevel } = group[0]!;
    const repeated = repeatedBy(label, env, codeLevel, groups);
    return [rowOf(group, label, null), ...repeated.map((other) => rowOf(group, other, label))];
  });
  return { rows, unfinished: plan.flatMap((run) => unfinishedRun(run, records)) };
}

/** Records of one task, label and level, in the order of the tables. */
function groupsOf(records: readonly RunRecord[]): RunRecord[][] {
  const groups = new Map<string, RunRecord[]>();
  for (const record of inOrder(records)) {
    const key = `${record.env}/${record.label}/${record.codeLevel}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()];
}

/** Labels that have no runs of their own because these are the same. */
function repeatedBy(label: string, env: string, codeLevel: string, groups: readonly RunRecord[][]): string[] {
  const other = label.replace("-kl", "-tsallis");
  const hasOwn = groups.some(([first]) =>
    first!.env === env && first!.label === other && first!.codeLevel === codeLevel);
  return !hasOwn && sameRunsAs(other, env) === label ? [other] : [];
}

function rowOf(group: readonly RunRecord[], label: string, repeated: string | null): ReportRow {
  const { env, codeLevel, steps } = group[0]!;
  const scores = group.map(({ evaluation }) => evaluation.mean);
  const { mean, halfWidth } = meanWithConfidence(scores);
  return {
    env, label, codeLevel, seeds: group.length, steps, mean,
    interval: group.length > 1 ? [mean - halfWidth, mean + halfWidth] : null,
    median: median(scores), published: publishedResult(env, publishedLabel(label), codeLevel) ?? null,
    sameRunsAs: repeated,
  };
}

function unfinishedRun(run: PlannedRun, records: readonly RunRecord[]): UnfinishedRun[] {
  const { env, label, codeLevel, seed, name, folder, steps } = run;
  const isDone = records.some((record) =>
    record.env === env && record.label === label && record.codeLevel === codeLevel && record.seed === seed);
  const progress = isDone ? undefined : readProgress(folder);
  if (!progress) return [];
  const stepsPerSecond = progress.seconds > 0 ? Math.round(progress.step / progress.seconds) : 0;
  return [{ name, step: progress.step, plannedSteps: steps, stepsPerSecond }];
}
