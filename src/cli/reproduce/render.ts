/** A report as people read it: a table on the terminal, the page reproduce.md, and the figure reproduce.svg. */
import { panelGridSvg } from "../../io/svg-curve.ts";
import { readEvaluations } from "../run-folder.ts";
import { decimal, grouped, markdownTable, table } from "../table.ts";
import type { CodeLevel, PlannedRun } from "./plan.ts";
import { otherResults, type PublishedResult } from "./published.ts";
import { inOrder, type RunRecord } from "./records.ts";
import type { Report, ReportRow, UnfinishedRun } from "./report.ts";

const RIGHT = ["seeds", "steps", "mean", "95% \u00b1", "median", "paper"];
const HEADER = ["task", "algorithm", "level", ...RIGHT, "evidence"];

function cells(row: ReportRow): string[] {
  const { env, label, codeLevel, seeds, steps, mean, interval, published } = row;
  return [
    env, row.sameRunsAs === null ? label : `${label} (is ${row.sameRunsAs})`, codeLevel, String(seeds), grouped(steps),
    decimal(mean), interval === null ? "-" : decimal((interval[1] - interval[0]) / 2), decimal(row.median),
    published ? `${published.mean} \u00b1 ${published.halfWidth}` : "-", published ? evidenceOf(published) : "-",
  ];
}

function evidenceOf({ meanEvidence, intervalEvidence }: PublishedResult): string {
  return meanEvidence === intervalEvidence ? meanEvidence : `${meanEvidence}, interval ${intervalEvidence}`;
}

/** For the terminal. */
export function reportText({ rows, unfinished }: Report): string {
  if (rows.length === 0 && unfinished.length === 0) return "no run has finished yet\n";
  const lines = unfinished.map((run) => `unfinished  ${unfinishedText(run)}\n`);
  return (rows.length > 0 ? table(HEADER, rows.map(cells), RIGHT) : "") + lines.join("");
}

function unfinishedText({ name, step, plannedSteps, stepsPerSecond }: UnfinishedRun): string {
  return `${name}: step ${grouped(step)} of ${grouped(plannedSteps)}, ${grouped(stepsPerSecond)} steps/s`;
}

const NOTES = `Our scores are undiscounted returns of the deterministic policy, means over 100 episodes from seeds that
training never used. The interval is Student's t over seeds at 95 %, with one degree of freedom fewer than there are
seeds.

The column "paper" is Tomar et al., Mirror Descent Policy Optimization: 5 seeds, 1.96 standard errors, the -v2 tasks of
OpenAI Gym, 10 million steps for the on-policy methods (mdpo, trpo, ppo). Tasks of another version are other tasks:
observations, contact costs and the reward of the last step differ. "confirmed": read in the paper's text or in a note
on it; "recalled": from memory, not read again; "-": not known.

Each run stands in records.jsonl with the command that does it again, its version and the hash of its parameters;
\`bregman reproduce mdpo --verify TASK/LABEL/LEVEL/SEED\` does so and compares.
`;

/** The file reproduce.md. */
export function reportMarkdown({ rows, unfinished }: Report, records: readonly RunRecord[]): string {
  const tasks = [...new Set(rows.map(({ env }) => env))];
  const sections = tasks.flatMap((task) => {
    const own = rows.filter(({ env }) => env === task);
    return [`## ${task}`, "", markdownTable(HEADER.slice(1), own.map((row) => cells(row).slice(1)), RIGHT)];
  });
  const waiting = unfinished.length === 0 ? []
    : ["## Unfinished, and not counted", "", ...unfinished.map((run) => `- ${unfinishedText(run)}`), ""];
  const versions = [...new Set(records.map(({ version, commit }) => version + (commit ? ` (${commit})` : "")))];
  const machines = [...new Set(records.map(({ machine, runtime }) => `${machine}, ${runtime}`))];
  return [
    "# Mirror Descent Policy Optimization, reproduced", "",
    `${records.length} runs of bregman ${versions.join(", ")} on ${machines.join("; ")}.`, "", NOTES,
    ...(rows.length > 0 ? ["![learning curves](reproduce.svg)", ""] : []),
    ...sections, ...waiting, ...besideOthers(rows),
  ].join("\n");
}

/** Our rows beside what other libraries report. */
function besideOthers(rows: readonly ReportRow[]): string[] {
  const lines = rows.filter(({ codeLevel }) => codeLevel === "loaded").flatMap((row) =>
    otherResults(row.env, row.label).map(({ library, source, mean, spread }) => [
      row.env, row.label, library, `${mean} \u00b1 ${spread}`, grouped(mean - spread), decimal(row.median),
      grouped(row.steps), source,
    ]));
  if (lines.length === 0) return [];
  const right = ["theirs", "mean - spread", "our median", "our steps"];
  return [
    "## Beside other libraries", "",
    "Theirs after 1 million steps, \u00b1 their spread over seeds, on earlier versions of the tasks.", "",
    markdownTable(["task", "algorithm", "library", ...right, "source"], lines, right),
  ];
}

/** One panel a task, a curve for each label; runs without a record are drawn where a label has no other. */
export function reportSvg(records: readonly RunRecord[], plan: readonly PlannedRun[]): string {
  const finished = inOrder(records).map((record) => ({
    ...record, points: record.curve.map(([step, value]) => ({ step, value })),
  }));
  const started = plan.map((run) => ({
    ...run, points: readEvaluations(run.folder).map(({ step, mean }) => ({ step, value: mean })),
  }));
  const nameOf = ({ label, codeLevel }: { label: string; codeLevel: CodeLevel }) =>
    (codeLevel === "minimal" ? `${label}, minimal` : label);
  const hasRecord = (run: PlannedRun) => finished.some((each) => each.env === run.env && nameOf(each) === nameOf(run));
  const drawn = [...finished, ...started.filter((run) => run.points.length > 0 && !hasRecord(run))];
  const panels = [...new Set(drawn.map(({ env }) => env))].map((env) => {
    const own = drawn.filter((each) => each.env === env);
    const names = [...new Set(own.map(nameOf))];
    const runsOf = (name: string) => own.filter((each) => nameOf(each) === name).map(({ points }) => points);
    return { title: env, curves: names.map((name) => ({ name, runs: runsOf(name) })) };
  });
  return panelGridSvg(panels, {
    title: "Mirror descent policy optimization and its relatives",
    subtitle: "return of the deterministic policy: mean over seeds, and its 95% confidence interval",
    ...(panels.length === 1 ? { columns: 1, panelWidth: 800, panelHeight: 400 }
      : { columns: panels.length > 4 ? 3 : 2 }),
  });
}
