/** The loop of `bregman train`: updates, and between them records, evaluations, checkpoints and a word to the user. */
import type { Evaluation, Library, Trainer, UpdateRecord } from "./library.ts";
import type { Progress } from "./progress.ts";
import type { EvaluationPlan, RunFolder } from "./run-folder.ts";
import { decimal, grouped } from "./table.ts";
import { breathe, type Terminal } from "./terminal.ts";

export interface TrainingLoop {
  readonly library: Library;
  readonly terminal: Terminal;
  readonly trainer: Trainer;
  readonly folder: RunFolder | undefined;
  /** Undefined: none is shown. */
  readonly progress: Progress | undefined;
  /** Seconds between checkpoints; undefined: 10, or so many that writing them takes a twentieth of the time. */
  readonly checkpointEvery: number | undefined;
  readonly evaluationPlan: EvaluationPlan | undefined;
}

export interface LoopResult {
  /** Of training, over all resumptions; evaluations are left out. */
  readonly seconds: number;
  /** The last record with a mean return, if any has one. */
  readonly last: UpdateRecord | undefined;
}

/** Signals and timers get their turn this often. */
const BREATHE_EVERY_MS = 30;
const FLUSH_EVERY_MS = 1000;
const CHECKPOINT_EVERY_MS = 10_000;
const CHECKPOINT_COST = 20;

/** Updates until the steps are done, or somebody interrupts, or nobody is left who could see the result. */
export async function trainUntilDone(loop: TrainingLoop): Promise<LoopResult> {
  const { terminal, trainer, folder, progress, evaluationPlan } = loop;
  const earlier = folder?.last?.seconds ?? 0;
  const started = performance.now();
  let evaluatingMs = 0;
  let last: UpdateRecord | undefined = folder?.last;
  let seconds = earlier;
  let step = trainer.summary().steps;
  const breath = every(BREATHE_EVERY_MS);
  const flush = every(FLUSH_EVERY_MS);
  const checkpoint = every((loop.checkpointEvery ?? CHECKPOINT_EVERY_MS / 1000) * 1000);
  while (!trainer.isDone && !terminal.interrupted.aborted && (folder || !terminal.isDeserted())) {
    const record = await trainer.update();
    seconds = earlier + (performance.now() - started - evaluatingMs) / 1000;
    last = record.meanReturn === null || Number.isNaN(record.meanReturn) ? last ?? record : record;
    folder?.append({ ...record, seconds });
    progress?.update(record);
    const evaluates = !trainer.isDone && crosses(step, record.step, evaluationPlan?.evaluateEvery);
    step = record.step;
    if (evaluates) evaluatingMs += await timed(() => evaluateNow(loop, step));
    if (folder && flush.isDue()) {
      folder.flush();
      flush.restart();
    }
    if (folder && !trainer.isDone && (evaluates || checkpoint.isDue())) {
      const writingMs = await timed(async () =>
        folder.save(await trainer.checkpoint(), trainer.policy.save(), trainer.summary()));
      if (loop.checkpointEvery === undefined) {
        checkpoint.intervalMs = Math.max(CHECKPOINT_EVERY_MS, CHECKPOINT_COST * writingMs);
      }
      checkpoint.restart();
    }
    if (breath.isDue()) {
      await breathe();
      breath.restart();
    }
  }
  progress?.clear();
  return { seconds, last };
}

/** Whether a multiple of `interval` lies in (from, to]: a rule that a resumed run follows to the same steps. */
function crosses(from: number, to: number, interval: number | undefined): boolean {
  return interval !== undefined && Math.floor(to / interval) > Math.floor(from / interval);
}

/** The live policy plays on an instance and with seeds of its own: training goes on as if nothing had been. */
async function evaluateNow(loop: TrainingLoop, step: number): Promise<void> {
  const { folder, terminal, progress, evaluationPlan } = loop;
  const { episodes, mean, std } = await evaluateTrained(loop, evaluationPlan!.evaluateEpisodes);
  folder?.appendEvaluation({ step, episodes, mean, std });
  if (!progress) return;
  progress.clear();
  terminal.write(`evaluation at step ${grouped(step)}: return ${decimal(mean)} \u00b1 ${decimal(std)} ` +
    `over ${episodes} episodes\n`);
}

/** Evaluates a trainer's policy on episodes that training never sees. */
export function evaluateTrained(
  { library, trainer }: Pick<TrainingLoop, "library" | "trainer">, episodes: number,
): Promise<Evaluation> {
  const { env, seed } = trainer.summary();
  return library.evaluate(trainer.policy, env, { episodes, seed });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Something to be done about every `intervalMs`. */
function every(intervalMs: number) {
  let last = performance.now();
  return {
    intervalMs,
    isDue() { return performance.now() - last >= this.intervalMs; },
    restart() { last = performance.now(); },
  };
}
