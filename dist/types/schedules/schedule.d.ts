/**
 * A number that follows the course of training: constant, on a line, or multiplied by a factor from iteration to
 * iteration.
 */
export type Schedule = number | LinearSchedule | GeometricSchedule;
/** from at iteration 0, moving evenly towards `to`, which it would reach after the last iteration. */
export interface LinearSchedule {
    readonly kind?: "linear";
    readonly from: number;
    readonly to: number;
}
/** from, from factor, from factor^2, ...; never past `limit` where one is given. */
export interface GeometricSchedule {
    readonly kind: "geometric";
    readonly from: number;
    readonly factor: number;
    readonly limit?: number;
}
/**
 * The value at iteration k = 0, 1, ... of n. Linear: from + (to - from) k / n. MDPO's step size { from: 1, to: 0 } is
 * thus t_k = 1 - k/n, the paper's "annealed from 1 to 0", and 1/n in the last iteration; beyond it stays there, so that
 * 1/t_k is at most n. Throws `invalid-option` for a malformed schedule or iteration.
 */
export declare function evaluateSchedule(schedule: Schedule, iteration: number, iterations: number): number;
/** The value of a schedule of step sizes t, never so small that 1/t overflows. */
export declare function evaluateStepSize(schedule: Schedule, iteration: number, iterations: number): number;
/**
 * The step size of the MDPO authors' code: t_k = 1 - (k - 1)/n, which begins at 1 + 1/n (their iterations run from 0 to
 * n). Their code lets it reach 0 in iteration n + 1, and divides by it; here it stays at 1/n from there on.
 */
export declare function paperCodeStepSize(iteration: number, iterations: number): number;
/** Throws `invalid-option` unless `schedule` is one; `field` names it in the message. */
export declare function checkSchedule(schedule: unknown, field?: string): asserts schedule is Schedule;
