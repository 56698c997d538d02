/** Runs the runs of a plan as children, a core each, and says how it goes. */
import { type ChildResult, runChildren } from "../child-runs.ts";
import { createPlanProgress, type PlanJob, type Rates } from "../plan-progress.ts";
import { clearLine, liveLine } from "../progress.ts";
import { decimal, grouped } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { childWords, summaryOf, threadsBeside, type TrainingRun } from "../training-jobs.ts";

/** A run with a folder that shows how far it is. */
export interface FolderRun extends TrainingRun {
  readonly name: string;
  readonly folder: string;
  readonly steps: number;
}

export interface RunPlanOptions {
  readonly parallel: number;
  readonly quiet: boolean;
  readonly known: Rates;
  onEnd(index: number, result: ChildResult): void;
}

const LIVE_EVERY_MS = 1000;
const PLAIN_EVERY_MS = 60_000;

/** What runs of a like speed have in common. */
export function kindsOf({ env, algorithm, codeLevel }: TrainingRun): string[] {
  return [`${env} ${algorithm} ${codeLevel}`, `${env} ${algorithm}`, algorithm, ""];
}

/** Runs all; those that an interrupt kept from ending have no result. */
export async function runPlan(
  runs: readonly FolderRun[], terminal: Terminal, { parallel, quiet, known, onEnd }: RunPlanOptions,
): Promise<(ChildResult | undefined)[]> {
  const jobs = runs.map((run): PlanJob => ({ ...run, kinds: kindsOf(run) }));
  const progress = createPlanProgress(jobs, parallel, known);
  const say = (line: string) => {
    if (quiet) return;
    clearLine(terminal);
    terminal.write(`${line}\n`);
  };
  const show = () => {
    if (quiet) return;
    if (terminal.isInteractive) liveLine(terminal, progress.describe());
    else say(progress.describe());
  };
  const timer = setInterval(show, terminal.isInteractive ? LIVE_EVERY_MS : PLAIN_EVERY_MS);
  try {
    const words = runs.map((run) => childWords(run, run.folder, threadsBeside(parallel)));
    return await runChildren(words, parallel, terminal.interrupted, {
      onStart: (index) => progress.start(index),
      onEnd(index, result) {
        progress.end(index);
        onEnd(index, result);
        if (terminal.interrupted.aborted) return;
        say(`${runs[index]!.name}: ${outcome(result)}`);
        show();
      },
    });
  } finally {
    clearInterval(timer);
    clearLine(terminal);
  }
}

function outcome(result: ChildResult): string {
  const summary = summaryOf(result);
  if (!summary) return "did not finish";
  const { evaluation, steps, stepsPerSecond } = summary;
  return `return ${decimal(evaluation.mean)}, ${grouped(steps)} steps, ${grouped(stepsPerSecond)} steps/s`;
}
