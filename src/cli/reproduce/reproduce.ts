/** `bregman reproduce`: a paper's comparison as a plan of runs, and its table beside the published numbers. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { BregmanError, nearest } from "../../error.ts";
import type { Arguments, CommandSpec } from "../arguments.ts";
import { makeFolder, readFile, replaceFile } from "../files.ts";
import { lockFolder, unlockFolder } from "../folder-lock.ts";
import type { Library } from "../library.ts";
import { expectedRate, type Rates, timeLeft } from "../plan-progress.ts";
import { dropCheckpoint } from "../run-folder.ts";
import { duration, grouped, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { commandLine, failureOf, summaryOf } from "../training-jobs.ts";
import { makePlan, type PlannedRun, runName } from "./plan.ts";
import {
  makeRecord, readOwnRecord, readRecords, recordsFile, type RunRecord, writeOwnRecord, writeRecords,
} from "./records.ts";
import { reportMarkdown, reportSvg, reportText } from "./render.ts";
import { makeReport } from "./report.ts";
import { kindsOf, runPlan } from "./run-plan.ts";
import { codeVariants, paperTasks, paperVariants } from "./variants.ts";
import { verifyCommand } from "./verify.ts";

const PAPERS = ["mdpo"];
const labels = (variants: typeof paperVariants) => variants.map(({ label }) => label).join(", ");

export const reproduceSpec: CommandSpec = {
  name: "reproduce",
  positionals: "PAPER",
  summary: "Runs a paper's comparison and shows it beside the published numbers. PAPER: mdpo.",
  options: [
    { name: "tasks", value: "A,B,...", help: `see bregman list envs (default: ${paperTasks.join(", ")})` },
    { name: "algorithms", value: "A,B,...", help: `labels (default: ${labels(paperVariants)};\n` +
      `with the authors' code's departures: ${labels(codeVariants)}) or ids` },
    { name: "seeds", value: "N", help: "seeds 0 to N-1 (default 5)" },
    { name: "steps", value: "N", help: "of every run (default: 10 million on-policy, 1 million off-policy)" },
    { name: "code-level", value: "LEVEL", help: "loaded (default), minimal or both" },
    { name: "set", value: "KEY=VALUE", help: "a hyperparameter of every run; repeatable" },
    { name: "envs", value: "N", help: "parallel copies of the environment in every run" },
    { name: "device", value: "DEVICE", help: "wasm (default: same bits everywhere), webgpu or auto" },
    { name: "evaluate-every", value: "N", help: "steps between evaluations, each with a checkpoint\n" +
      "(default: a twentieth of the run)" },
    { name: "evaluate-episodes", value: "K", help: "episodes of such an evaluation (default 10)" },
    { name: "jobs", value: "N", help: "runs side by side (default: the number of cores); no result depends on it" },
    { name: "out", value: "DIR", help: "default runs/reproduce-mdpo; given again, the plan continues there" },
    { name: "list", help: "print the plan and how long it takes, and run nothing" },
    { name: "report", help: "make table, page and figure from the records in DIR, and run nothing" },
    { name: "verify", value: "RECORD", help: "do a recorded run again and compare its hash: TASK/LABEL/LEVEL/SEED,\n" +
      "or FILE:LINE; exit code 0 when they are equal, 1 when not" },
    { name: "json", help: "print the result as one JSON object on the last line" },
    { name: "quiet", help: "no progress" },
  ],
  notes: "DIR holds records.jsonl (a line a finished run), report.json, reproduce.md, reproduce.svg and the folders of\n" +
    "the runs; examples/browser/reproduce.html?records=DIR does them again in a page.\n" +
    "A finished off-policy run gives up its checkpoint, which holds the replay ring; its policy stays.\n\n" +
    "  bregman reproduce mdpo --list\n" +
    "  bregman reproduce mdpo --tasks Hopper-v5 --algorithms mdpo,trpo,ppo --seeds 3 --steps 1_000_000\n" +
    "  bregman reproduce mdpo --verify Hopper-v5/mdpo/loaded/0",
};

/** Runs the command. Returns 0, 1 when a run failed or a verified hash differs, 130 when interrupted. */
export async function reproduceCommand(given: Arguments, library: Library, terminal: Terminal): Promise<number> {
  const paper = given.positionals[0]!;
  if (!PAPERS.includes(paper)) {
    throw new BregmanError("invalid-option",
      `reproduce ${paper}: did you mean ${nearest(paper, PAPERS, 1)[0]}? Accepted: ${PAPERS.join(", ")}`);
  }
  const out = given.text("out") ?? `runs/reproduce-${paper}`;
  if (given.text("verify") !== undefined) return verifyCommand(given, out, terminal);
  const plan = makePlan(given, library, out);
  const parallel = given.integer("jobs", 1) ?? availableParallelism();
  const place = { out, parallel, plan, json: given.flag("json"), quiet: given.flag("quiet"), terminal };
  if (given.flag("list")) return listPlan(place, recordsOf(out, plan));
  if (given.flag("report")) {
    const records = recordsOf(out, plan);
    if (records.length > 0) writeReport(place, records);
    show(place, records, []);
    return 0;
  }
  makeFolder(out);
  await lockFolder(out);
  try {
    return await runAll(place);
  } finally {
    unlockFolder(out);
  }
}

interface Reproduction {
  readonly plan: readonly PlannedRun[];
  readonly out: string;
  readonly parallel: number;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly terminal: Terminal;
}

/** Runs what has no record yet. */
async function runAll(reproduction: Reproduction): Promise<number> {
  const { plan, out, parallel, quiet, terminal } = reproduction;
  const records = recordsOf(out, plan);
  checkSamePlan(out, plan, records);
  writeRecords(out, records);
  const waiting = plan.filter(({ name }) => !records.some((record) => runName(record) === name));
  const before = plan.length - waiting.length;
  if (!quiet) terminal.write(`${plan.length} runs in ${out}${before > 0 ? `, ${before} of them done before` : ""}\n`);
  const failures: string[] = [];
  await runPlan(waiting, terminal, {
    parallel, quiet, known: ratesOf(records),
    onEnd(index, result) {
      const run = waiting[index]!;
      const summary = summaryOf(result);
      if (summary) {
        const record = makeRecord(run, summary);
        writeOwnRecord(run.folder, record);
        if (run.usesReplay) dropCheckpoint(run.folder);
        records.push(record);
        writeRecords(out, records);
        writeReport(reproduction, records);
      } else if (!terminal.interrupted.aborted) {
        failures.push(`${run.name}: ${failureOf(result)}`);
      }
    },
  });
  if (terminal.interrupted.aborted) {
    terminal.complain("bregman: interrupted; the same command continues where it stopped");
    return 130;
  }
  writeReport(reproduction, records);
  show(reproduction, records, failures);
  for (const failure of grouping(failures)) terminal.complain(`bregman: ${failure}`);
  return failures.length > 0 ? 1 : 0;
}

/** The folder's records, and those that the folders of planned runs keep and records.jsonl lacks. */
function recordsOf(out: string, plan: readonly PlannedRun[]): RunRecord[] {
  const records = readRecords(recordsFile(out));
  const names = new Set(records.map(runName));
  return [...records, ...plan.flatMap(({ name, folder }) => (names.has(name) ? [] : readOwnRecord(folder) ?? []))];
}

/**
 * A folder holds runs of one plan: further tasks, labels and seeds may join it, but a run that is there stays what it
 * is. Throws `checkpoint-mismatch` otherwise; else writes down what the plan adds.
 */
function checkSamePlan(out: string, plan: readonly PlannedRun[], records: readonly RunRecord[]): void {
  const file = join(out, "plan.json");
  const known = {
    ...existsSync(file) ? parsePlan(file) : {},
    ...Object.fromEntries(records.map((record) => [runName(record), record.command])),
  };
  for (const run of plan) {
    const [before, now] = [known[run.name], commandLine(run)];
    if (before === undefined || before === now) continue;
    throw new BregmanError("checkpoint-mismatch",
      `${out} has another plan: ${run.name} is there as "${before}", and would be "${now}". ` +
      "Give the same options again, or another --out");
  }
  const all = { ...known, ...Object.fromEntries(plan.map((run) => [run.name, commandLine(run)])) };
  replaceFile(file, `${JSON.stringify(all, null, 1)}\n`);
}

function parsePlan(file: string): Record<string, string> {
  try {
    return JSON.parse(new TextDecoder().decode(readFile(file))) as Record<string, string>;
  } catch {
    throw new BregmanError("io-failure", `${file} is damaged; remove it, and its runs go by their own checkpoints`);
  }
}

function ratesOf(records: readonly RunRecord[]): Rates {
  const rates = new Map<string, number[]>();
  for (const record of records) {
    for (const kind of kindsOf(record)) rates.set(kind, [...(rates.get(kind) ?? []), record.stepsPerSecond]);
  }
  return rates;
}

/** Children that fail for one reason are named once. */
function grouping(failures: readonly string[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const failure of failures) {
    const cut = failure.indexOf(": ");
    const reason = failure.slice(cut + 2);
    byReason.set(reason, [...(byReason.get(reason) ?? []), failure.slice(0, cut)]);
  }
  return [...byReason].map(([reason, [first, ...rest]]) =>
    `${first}${rest.length > 0 ? ` and ${rest.length} other${rest.length > 1 ? "s" : ""}` : ""}: ${reason}`);
}

function writeReport({ out, plan }: Reproduction, records: readonly RunRecord[]): void {
  const report = makeReport(records, plan);
  replaceFile(join(out, "report.json"), `${JSON.stringify({ paper: "mdpo", ...report })}\n`);
  replaceFile(join(out, "reproduce.md"), reportMarkdown(report, records));
  replaceFile(join(out, "reproduce.svg"), reportSvg(records, plan));
}

function show({ out, plan, json, terminal }: Reproduction, records: readonly RunRecord[], failures: string[]): void {
  const report = makeReport(records, plan);
  if (json) terminal.write(`${JSON.stringify({ paper: "mdpo", ...report, failures, out })}\n`);
  else terminal.write(reportText(report));
}

/** `--list`: what would be run, and for how long. */
function listPlan({ plan, out, parallel, json, terminal }: Reproduction, records: readonly RunRecord[]): number {
  const rates = ratesOf(records);
  const isDone = ({ name }: PlannedRun) => records.some((record) => runName(record) === name);
  const secondsOf = (run: PlannedRun) => {
    const rate = expectedRate({ kinds: kindsOf(run) }, rates);
    return rate === undefined ? undefined : run.steps / rate;
  };
  const waiting = plan.filter((run) => !isDone(run));
  const seconds = timeLeft([], waiting.map(secondsOf), parallel);
  if (json) {
    const runs = plan.map((run) =>
      ({ name: run.name, command: commandLine(run), steps: run.steps, isDone: isDone(run) }));
    terminal.write(`${JSON.stringify({ paper: "mdpo", runs, seconds: seconds ?? null, out })}\n`);
    return 0;
  }
  const rows = plan.map((run) => [run.name, grouped(run.steps), isDone(run) ? "done" : "", commandLine(run)]);
  const steps = waiting.reduce((sum, run) => sum + run.steps, 0);
  const time = seconds === undefined ? "the time is known once the first runs have ended"
    : `about ${duration(seconds)} with ${parallel} side by side`;
  terminal.write(table(["run", "steps", "", "command"], rows, ["steps"]) +
    `${waiting.length} of ${plan.length} runs to do, ${grouped(steps)} steps; ${time}\n`);
  return 0;
}
