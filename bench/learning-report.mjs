// Tables of what `npm run learning` found.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { algorithms } from "./learning-tasks.mjs";

/** One entry a task: its rows (a method each: median, seeds, verdict) and the published runs beside them. */
export function summarize(tasks, runs) {
  return tasks.map((task) => {
    const own = runs.filter((run) => run.task === task.name);
    const methods = [...new Set(own.map(({ algorithm }) => algorithm))];
    const rows = methods.map((algorithm) => rowOf(task, algorithm, own.filter((run) => run.algorithm === algorithm)));
    return { task, rows };
  }).filter(({ rows }) => rows.length > 0);
}

function rowOf({ threshold, share }, algorithm, runs) {
  const scores = runs.map(({ evaluation }) => evaluation.mean);
  const reached = scores.filter((score) => score >= threshold).length;
  const median = medianOf(scores);
  const pass = share === undefined ? median >= threshold : reached >= share * scores.length;
  const seconds = medianOf(runs.map((run) => run.seconds));
  return { algorithm, median, scores, reached, pass, steps: runs[0].steps, seconds };
}

function medianOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

const digits = (score) => (Math.abs(score) < 10 ? score.toFixed(2) : score.toFixed(1));

function demandOf({ threshold, share }) {
  if (share === undefined) return `median at least ${threshold}`;
  return `at least ${threshold} for ${share === 1 ? "every seed" : `${share * 10} of 10 seeds`}`;
}

const row = (cells) => `| ${cells.join(" | ")} |`;

/** A task's table in Markdown. */
export function tableOf({ task, rows }) {
  const lines = [
    `### ${task.name}: ${demandOf(task)} (${task.note})`, "",
    "| method | median | each seed | steps | seconds | reached |", "| --- | --- | --- | --- | --- | --- |",
    ...rows.map(({ algorithm, median, scores, reached, pass, steps, seconds }) => row([
      algorithm, digits(median), scores.map(digits).join(", "), steps, seconds.toFixed(1),
      `${pass ? "yes" : "NO"} (${reached} of ${scores.length})`,
    ])),
    ...task.published.map(({ source, algorithm, score, steps }) =>
      row([`${algorithm}, published`, score, source, steps, "", ""])),
  ];
  return lines.join("\n");
}

/** Runs of other tasks, methods and seeds stay in learning.jsonl; learning.md is made from all of them. */
export function writeResults(out, tasks, runs) {
  mkdirSync(out, { recursive: true });
  const path = join(out, "learning.jsonl");
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  const keyOf = ({ task, algorithm, seed }) => `${task} ${algorithm} ${seed}`;
  const again = new Set(runs.map(keyOf));
  const before = lines.map((line) => JSON.parse(line)).filter((old) => !again.has(keyOf(old)));
  const taskAt = (run) => tasks.findIndex(({ name }) => name === run.task);
  const methodAt = ({ task, algorithm }) =>
    (tasks.find(({ name }) => name === task)?.algorithms ?? algorithms).indexOf(algorithm);
  const all = [...before, ...runs].sort((a, b) =>
    taskAt(a) - taskAt(b) || methodAt(a) - methodAt(b) || a.seed - b.seed);
  writeFileSync(path, all.map((run) => `${JSON.stringify(run)}\n`).join(""));
  writeFileSync(join(out, "learning.md"), [
    "# Learning", "",
    `\`npm run learning\`, version ${all[0]?.version}, ${all.length} runs. Scores are undiscounted returns, means over`,
    "100 episodes with the deterministic policy, from seeds that training never used. The seeds are 0, 1, 2, ... in",
    "the order of a row; each run with its own command and the hash of its parameters stands in learning.jsonl.",
    "Seconds are the median of a run on one core.", "",
    ...summarize(tasks, all).flatMap((entry) => [tableOf(entry), ""]),
  ].join("\n"));
}
