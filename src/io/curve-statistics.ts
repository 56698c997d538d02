/** From the learning curves of several seeds to one mean curve with an interval: what `svg-curve` draws. */

/** One recorded value of a run, at an environment step. */
export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** The runs' mean at a step, and the interval that is shaded around it. */
export interface CurveBand {
  readonly step: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What the shaded area shows: the 95% confidence interval of the mean over seeds, their whole range, or nothing. */
export type Interval = "confidence" | "range" | "none";

/** Mean, and half the width of its 95% confidence interval (Student's t; 0 for a single value). */
export function meanWithConfidence(values: readonly number[]): { mean: number; halfWidth: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, halfWidth: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, halfWidth: studentT975(n - 1) * Math.sqrt(squares / (n - 1) / n) };
}

/** The 0.975 quantile of Student's t with 1 to 10 degrees of freedom. */
const T_SMALL = [
  12.706204736, 4.302652730, 3.182446305, 2.776445105, 2.570581836, 2.446911851, 2.364624252, 2.306004135,
  2.262157163, 2.228138852,
];

/**
 * The 0.975 quantile of Student's t with n degrees of freedom: tabled up to 10, beyond that by the Cornish-Fisher
 * expansion around the normal quantile z (Abramowitz and Stegun, 26.7.5), which is right to four decimals there.
 */
export function studentT975(n: number): number {
  if (n <= T_SMALL.length) return T_SMALL[n - 1]!;
  const z = 1.959963985;
  const z2 = z * z;
  const g1 = (z2 + 1) * z / 4;
  const g2 = ((5 * z2 + 16) * z2 + 3) * z / 96;
  const g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384;
  const g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z / 92160;
  return z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
}

/** The middle value, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** Replaces each value by the mean of the `window` values around it (fewer at both ends); window 1 changes nothing. */
export function movingMean(points: readonly CurvePoint[], window: number): CurvePoint[] {
  const reach = Math.floor((window - 1) / 2);
  const sums = [0];
  for (const { value } of points) sums.push(sums[sums.length - 1]! + value);
  return points.map(({ step }, i) => {
    const from = Math.max(0, i - reach);
    const to = Math.min(points.length, i + reach + 1);
    return { step, value: (sums[to]! - sums[from]!) / (to - from) };
  });
}

/**
 * The mean of several runs and its interval, at up to `count` steps that all runs cover; between its own points a run
 * is interpolated linearly. Points whose value is not finite (no episode had ended yet) are left out first.
 */
export function bandOf(runs: readonly (readonly CurvePoint[])[], interval: Interval, count: number): CurveBand[] {
  const clean = runs.map(finitePoints).filter((run) => run.length > 0);
  if (clean.length === 0) return [];
  const steps = commonSteps(clean, count);
  const columns = clean.map((run) => interpolate(run, steps));
  return steps.map((step, i) => {
    const values = columns.map((column) => column[i]!);
    const { mean, halfWidth } = meanWithConfidence(values);
    if (interval === "range") return { step, mean, low: Math.min(...values), high: Math.max(...values) };
    const reach = interval === "confidence" ? halfWidth : 0;
    return { step, mean, low: mean - reach, high: mean + reach };
  });
}

/** The points that can be drawn: finite, and of a size whose differences and sums are finite too. */
export function finitePoints(points: readonly CurvePoint[]): CurvePoint[] {
  return points.filter(({ step, value }) => Number.isFinite(step) && Math.abs(value) < 1e100);
}

/** The first run's own steps where they are few, else an even grid; cut to the steps that every run has reached. */
function commonSteps(runs: readonly (readonly CurvePoint[])[], count: number): number[] {
  const from = Math.max(...runs.map((run) => run[0]!.step));
  const to = Math.min(...runs.map((run) => run[run.length - 1]!.step));
  const own = runs[0]!.map(({ step }) => step).filter((step) => step >= from && step <= to);
  if (own.length <= count) return own;
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

function interpolate(run: readonly CurvePoint[], steps: readonly number[]): number[] {
  let right = 0;
  return steps.map((step) => {
    while (right < run.length - 1 && run[right]!.step < step) right++;
    const after = run[right]!;
    const before = run[Math.max(0, right - 1)]!;
    if (after.step <= step || after.step === before.step) return after.value;
    const share = (step - before.step) / (after.step - before.step);
    return before.value + share * (after.value - before.value);
  });
}
