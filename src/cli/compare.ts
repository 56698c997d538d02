/** `bregman compare`: several algorithms on one environment, several seeds each, side by side on the cores. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { meanWithConfidence } from "../io/curve-statistics.ts";
import { curveSvg } from "../io/svg-curve.ts";
import { type Arguments, type CommandSpec, parseSettings } from "./arguments.ts";
import { type ChildResult, runChildren } from "./child-runs.ts";
import { replaceFile } from "./files.ts";
import { idOf, type Library } from "./library.ts";
import { clearLine, liveLine } from "./progress.ts";
import { readCurve, smoothingFor } from "./run-folder.ts";
import { decimal, duration, grouped, table } from "./table.ts";
import type { Terminal } from "./terminal.ts";
import { threadsOf, TRAINING_OPTIONS, type TrainSummary } from "./train.ts";
import {
  checkAlgorithm, checkEnvironment, childWords, failureOf, namesIn, summaryOf, threadsBeside,
} from "./training-jobs.ts";

/** Where a default differs from that of a single run. */
const helpHere: Readonly<Record<string, string>> = {
  device: "wasm (default: same bits everywhere), webgpu or auto",
  threads: "threads of each run: 1 to 64 or auto (default: 1 where runs go side by side); no result depends on it",
};

export const compareSpec: CommandSpec = {
  name: "compare",
  positionals: "ENV",
  summary: "Trains several algorithms with several seeds each and compares their evaluations.",
  options: [
    { name: "algorithms", value: "A,B,...", help: "see bregman list algorithms (default: mdpo,ppo,trpo)" },
    { name: "seeds", value: "N", help: "seeds 0 to N-1 for each algorithm (default 5)" },
    ...TRAINING_OPTIONS.map((option) => ({ ...option, help: helpHere[option.name] ?? option.help })),
    { name: "jobs", value: "N", help: "runs side by side (default: the number of cores); no result depends on it" },
    { name: "out", value: "DIR", help: "keep every run's folder there, all curves in one SVG, and the table;\n" +
      "given again, it continues where it was stopped" },
    { name: "json", help: "print the comparison as one JSON object on the last line" },
    { name: "quiet", help: "no progress" },
  ],
};

interface Job {
  readonly algorithm: string;
  readonly seed: number;
  /** The run's folder, where runs are kept. */
  readonly folder: string | undefined;
  readonly words: readonly string[];
}

/** One row of the table: an algorithm over its seeds. */
export interface ComparisonRow {
  readonly algorithm: string;
  /** Mean over seeds of the evaluations' mean returns, and its 95% confidence interval (Student's t). */
  readonly mean: number;
  readonly interval: readonly [low: number, high: number];
  readonly stepsPerSecond: number;
  readonly runs: readonly TrainSummary[];
}

/** Runs the command. Returns 0, 1 when a run failed, 130 when interrupted. */
export async function compareCommand(given: Arguments, library: Library, terminal: Terminal): Promise<number> {
  const env = given.positionals[0]!;
  const algorithms = namesIn("algorithms", given.text("algorithms") ?? "mdpo,ppo,trpo");
  const seeds = given.integer("seeds", 1) ?? 5;
  const parallel = given.integer("jobs", 1) ?? availableParallelism();
  const out = given.text("out");
  checkEnvironment(env, library);
  const known = library.list("algorithms").map(idOf);
  for (const algorithm of algorithms) checkAlgorithm(algorithm, known);
  const jobs = algorithms.flatMap((algorithm) => Array.from({ length: seeds }, (_, seed) =>
    makeJob(given, env, algorithm, seed, out, threadsOf(given) ?? threadsBeside(parallel))));
  const report = given.flag("quiet") ? () => {} : reporter(jobs, terminal);
  const started = performance.now();
  const results = await runChildren(jobs.map(({ words }) => words), parallel, terminal.interrupted, { onEnd: report });
  clearLine(terminal);
  if (terminal.interrupted.aborted) {
    const hint = out === undefined ? "" : "; the same command continues where it stopped";
    terminal.complain(`bregman: interrupted${hint}`);
    return 130;
  }
  const failures = jobs.flatMap(({ algorithm, seed }, i) =>
    (results[i]!.code === 0 ? [] : [`${algorithm} seed ${seed}: ${failureOf(results[i]!)}`]));
  const rows = algorithms.flatMap((algorithm) => rowOf(algorithm, jobs, results));
  const seconds = Math.round(performance.now() - started) / 1000;
  if (out !== undefined && rows.length > 0) writeComparison(out, env, rows, jobs, seeds);
  if (given.flag("json")) {
    terminal.write(`${JSON.stringify({ env, seeds, algorithms: rows, failures, seconds, out: out ?? null })}\n`);
  } else {
    terminal.write(comparisonTable(rows));
    if (out !== undefined && rows.length > 0) terminal.write(`\nwritten to ${out}, all curves in ${curveFile(out)}\n`);
  }
  for (const failure of failures) terminal.complain(`bregman: ${failure}`);
  return failures.length > 0 ? 1 : 0;
}

function makeJob(
  given: Arguments, env: string, algorithm: string, seed: number, out: string | undefined,
  threads: "auto" | number | undefined,
): Job {
  const folder = out === undefined ? undefined : join(out, algorithm, `seed-${seed}`);
  const words = childWords({
    env, algorithm, seed, steps: given.integer("steps", 1), envs: given.integer("envs", 1),
    codeLevel: given.text("code-level"), fidelity: given.text("fidelity"), device: given.text("device") ?? "wasm",
    hyperparameters: parseSettings(given.all("set")),
  }, folder, threads);
  return { algorithm, seed, folder, words };
}

/** Says how each run ended, and on a terminal how many are still to come. */
function reporter(jobs: readonly Job[], terminal: Terminal): (index: number, result: ChildResult) => void {
  const started = performance.now();
  let ended = 0;
  liveLine(terminal, `0 of ${jobs.length} runs`);
  return (index, result) => {
    ended++;
    clearLine(terminal);
    const { algorithm, seed } = jobs[index]!;
    const summary = summaryOf(result);
    terminal.write(`${algorithm} seed ${seed}: ${summary ? `return ${decimal(summary.evaluation.mean)}, ` +
      `${grouped(summary.steps)} steps, ${grouped(summary.stepsPerSecond)} steps/s` : "did not finish"}\n`);
    const left = ((performance.now() - started) / 1000 / ended) * (jobs.length - ended);
    if (ended < jobs.length) liveLine(terminal, `${ended} of ${jobs.length} runs  about ${duration(left)} left`);
  };
}

function rowOf(
  algorithm: string, jobs: readonly Job[], results: readonly (ChildResult | undefined)[],
): ComparisonRow[] {
  const runs = jobs.flatMap((job, i) => (job.algorithm === algorithm ? summaryOf(results[i]!) ?? [] : []));
  if (runs.length === 0) return [];
  const { mean, halfWidth } = meanWithConfidence(runs.map(({ evaluation }) => evaluation.mean));
  const stepsPerSecond = Math.round(runs.reduce((sum, run) => sum + run.stepsPerSecond, 0) / runs.length);
  return [{ algorithm, mean, interval: [mean - halfWidth, mean + halfWidth], stepsPerSecond, runs }];
}

function comparisonTable(rows: readonly ComparisonRow[]): string {
  const right = ["return", "95% interval", "seeds", "steps", "steps/s"];
  return table(["algorithm", ...right], rows.map(({ algorithm, mean, interval: [low, high], stepsPerSecond, runs }) => [
    algorithm, decimal(mean), runs.length > 1 ? `${decimal(low)} to ${decimal(high)}` : "-", String(runs.length),
    grouped(runs[0]!.steps), grouped(stepsPerSecond),
  ]), right);
}

function writeComparison(
  out: string, env: string, rows: readonly ComparisonRow[], jobs: readonly Job[], seeds: number,
): void {
  const curves = rows.map(({ algorithm }) => ({
    name: algorithm,
    runs: jobs.filter((job) => job.algorithm === algorithm).map(({ folder }) => readCurve(folder!)),
  }));
  const longest = Math.max(...curves.flatMap(({ runs }) => runs.map((run) => run.length)));
  const subtitle = seeds > 1 ? `mean return in training over ${seeds} seeds, with its 95% confidence interval`
    : "mean return in training, seed 0";
  replaceFile(curveFile(out), curveSvg(curves, { title: env, subtitle, smoothing: smoothingFor(longest) }));
  replaceFile(join(out, "comparison.json"), `${JSON.stringify({ env, seeds, algorithms: rows }, null, 2)}\n`);
}

function curveFile(out: string): string {
  return join(out, "curve.svg");
}
