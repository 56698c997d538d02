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
export declare function meanWithConfidence(values: readonly number[]): {
    mean: number;
    halfWidth: number;
};
/**
 * The 0.975 quantile of Student's t with n degrees of freedom: tabled up to 10, beyond that by the Cornish-Fisher
 * expansion around the normal quantile z (Abramowitz and Stegun, 26.7.5), which is right to four decimals there.
 */
export declare function studentT975(n: number): number;
/** The middle value, or the mean of the middle two. */
export declare function median(values: readonly number[]): number;
/** Replaces each value by the mean of the `window` values around it (fewer at both ends); window 1 changes nothing. */
export declare function movingMean(points: readonly CurvePoint[], window: number): CurvePoint[];
/**
 * The mean of several runs and its interval, at up to `count` steps that all runs cover; between its own points a run
 * is interpolated linearly. Points whose value is not finite (no episode had ended yet) are left out first.
 */
export declare function bandOf(runs: readonly (readonly CurvePoint[])[], interval: Interval, count: number): CurveBand[];
/** The points that can be drawn: finite, and of a size whose differences and sums are finite too. */
export declare function finitePoints(points: readonly CurvePoint[]): CurvePoint[];
