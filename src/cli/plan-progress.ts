/** How a plan of many runs is going, and when it will be done, from the steps that each run has recorded. */
import { readProgress } from "./run-folder.ts";
import { duration, grouped } from "./table.ts";

export interface PlanJob {
  readonly name: string;
  readonly folder: string;
  readonly steps: number;
  /** What runs of a like speed have in common, the most specific first. */
  readonly kinds: readonly string[];
}

/** Steps a second that runs of a kind were seen to make. */
export type Rates = ReadonlyMap<string, readonly number[]>;

interface Sample {
  readonly step: number;
  /** In milliseconds. */
  readonly at: number;
}

/** A run's rate is that of its last minutes: warming up, an off-policy run is faster than later. */
const WINDOW_MS = 120_000;

export interface PlanProgress {
  start(index: number): void;
  end(index: number): void;
  /** One line: runs done, those that are going on, the rate of all together, the time left. */
  describe(): string;
}

/** `known` are rates from earlier runs; `now` gives milliseconds. */
export function createPlanProgress(
  jobs: readonly PlanJob[], lanes: number, known: Rates, now: () => number = () => performance.now(),
): PlanProgress {
  const rates = new Map([...known].map(([kind, values]) => [kind, [...values]]));
  const running = new Map<number, { readonly start: Sample; recent: Sample[] }>();
  const ended = new Set<number>();

  function sample(index: number): Sample {
    return { step: readProgress(jobs[index]!.folder)?.step ?? 0, at: now() };
  }

  /** Over all that a run does, evaluations too; undefined in its first moments. */
  function rateOf(index: number): number | undefined {
    const run = running.get(index)!;
    const latest = sample(index);
    run.recent = [...run.recent, latest];
    while (run.recent.length > 2 && run.recent[1]!.at <= latest.at - WINDOW_MS) run.recent.shift();
    return rateBetween(run.recent[0]!, latest) ?? rateBetween(run.start, latest);
  }

  function describe(): string {
    const going = [...running.keys()].map((index) => {
      const rate = rateOf(index);
      return { job: jobs[index]!, step: running.get(index)!.recent.at(-1)!.step, rate };
    });
    const current = new Map([...rates].map(([kind, values]) => [kind, [...values]]));
    for (const { job, rate } of going) addRate(current, job, rate);
    const secondsFor = (job: PlanJob, step: number, rate = expectedRate(job, current)) =>
      (rate === undefined ? undefined : Math.max(0, job.steps - step) / rate);
    const left = timeLeft(
      going.map(({ job, step, rate }) => secondsFor(job, step, rate)),
      jobs.flatMap((job, i) => (ended.has(i) || running.has(i) ? [] : [secondsFor(job, sample(i).step)])),
      lanes,
    );
    const shares = going.map(({ job, step }) => `${job.name} ${Math.min(100, Math.floor((100 * step) / job.steps))}%`);
    const together = going.reduce((sum, { rate }) => sum + (rate ?? 0), 0);
    return [
      `${ended.size} of ${jobs.length} runs`, ...(shares.length > 0 ? [shares.join(", ")] : []),
      ...(together > 0 ? [`${grouped(together)} steps/s`] : []),
      left === undefined ? "time left not known yet" : `about ${duration(left)} left`,
    ].join("  ");
  }

  return {
    start(index) {
      const start = sample(index);
      running.set(index, { start, recent: [start] });
    },
    end(index) {
      addRate(rates, jobs[index]!, rateBetween(running.get(index)!.start, sample(index)));
      running.delete(index);
      ended.add(index);
    },
    describe,
  };
}

/** Steps a second; undefined where there was no step. */
function rateBetween(from: Sample, to: Sample): number | undefined {
  return to.step > from.step ? (1000 * (to.step - from.step)) / Math.max(1, to.at - from.at) : undefined;
}

function addRate(rates: Map<string, number[]>, { kinds }: PlanJob, rate: number | undefined): void {
  if (rate === undefined) return;
  for (const kind of kinds) rates.set(kind, [...(rates.get(kind) ?? []), rate]);
}

/** The mean rate of the most specific kind that was seen. */
export function expectedRate({ kinds }: Pick<PlanJob, "kinds">, rates: Rates): number | undefined {
  const values = kinds.map((kind) => rates.get(kind)).find((each) => each !== undefined && each.length > 0);
  return values && values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Seconds until the last job ends, when `lanes` work side by side and each takes the next waiting job as soon as it is
 * free. Undefined when a job's time is not known.
 */
export function timeLeft(
  running: readonly (number | undefined)[], waiting: readonly (number | undefined)[], lanes: number,
): number | undefined {
  if ([...running, ...waiting].includes(undefined)) return undefined;
  const free = Array.from({ length: Math.max(lanes, running.length) }, (_, i) => running[i] ?? 0);
  for (const seconds of waiting) {
    const next = free.indexOf(Math.min(...free));
    free[next]! += seconds!;
  }
  return Math.max(0, ...free);
}
