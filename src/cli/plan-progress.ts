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

interface Running {
  /** Where this process saw it start. */
  readonly fromStep: number;
  readonly startedAt: number;
}

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
  const running = new Map<number, Running>();
  const ended = new Set<number>();

  function stepOf({ folder }: PlanJob): number {
    return readProgress(folder)?.step ?? 0;
  }

  /** Over all that a run does, evaluations too; undefined in its first moments. */
  function rateOf(index: number): number | undefined {
    const { fromStep, startedAt } = running.get(index)!;
    const steps = stepOf(jobs[index]!) - fromStep;
    return steps > 0 ? (1000 * steps) / Math.max(1, now() - startedAt) : undefined;
  }

  function describe(): string {
    const going = [...running.keys()].map((index) => ({ job: jobs[index]!, index, rate: rateOf(index) }));
    const current = new Map([...rates].map(([kind, values]) => [kind, [...values]]));
    for (const { job, rate } of going) addRate(current, job, rate);
    const secondsFor = (job: PlanJob, rate: number | undefined) => {
      const expected = rate ?? expectedRate(job, current);
      return expected === undefined ? undefined : Math.max(0, job.steps - stepOf(job)) / expected;
    };
    const left = timeLeft(
      going.map(({ job, rate }) => secondsFor(job, rate)),
      jobs.flatMap((job, i) => (ended.has(i) || running.has(i) ? [] : [secondsFor(job, undefined)])),
      lanes,
    );
    const shares = going.map(({ job }) => `${job.name} ${Math.floor((100 * stepOf(job)) / job.steps)}%`);
    const together = going.reduce((sum, { rate }) => sum + (rate ?? 0), 0);
    return [
      `${ended.size} of ${jobs.length} runs`, ...(shares.length > 0 ? [shares.join(", ")] : []),
      ...(together > 0 ? [`${grouped(together)} steps/s`] : []),
      left === undefined ? "time left not known yet" : `about ${duration(left)} left`,
    ].join("  ");
  }

  return {
    start(index) {
      running.set(index, { fromStep: stepOf(jobs[index]!), startedAt: now() });
    },
    end(index) {
      addRate(rates, jobs[index]!, rateOf(index));
      running.delete(index);
      ended.add(index);
    },
    describe,
  };
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
