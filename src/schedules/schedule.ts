import { BregmanError } from "../error.ts";

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
export function evaluateSchedule(schedule: Schedule, iteration: number, iterations: number): number {
  checkSchedule(schedule);
  checkIteration(iteration, iterations);
  if (typeof schedule === "number") return schedule;
  if (schedule.kind === "geometric") return geometric(schedule, iteration);
  const { from, to } = schedule;
  return to + (from - to) * ((iterations - Math.min(iteration, iterations - 1)) / iterations);
}

/** The value of a schedule of step sizes t, never so small that 1/t overflows. */
export function evaluateStepSize(schedule: Schedule, iteration: number, iterations: number): number {
  return Math.max(evaluateSchedule(schedule, iteration, iterations), 1e-6);
}

/**
 * The step size of the MDPO authors' code: t_k = 1 - (k - 1)/n, which begins at 1 + 1/n (their iterations run from 0 to
 * n). Their code lets it reach 0 in iteration n + 1, and divides by it; here it stays at 1/n from there on.
 */
export function paperCodeStepSize(iteration: number, iterations: number): number {
  checkIteration(iteration, iterations);
  return (iterations + 1 - Math.min(iteration, iterations)) / iterations;
}

/** Throws `invalid-option` unless `schedule` is one; `field` names it in the message. */
export function checkSchedule(schedule: unknown, field = "schedule"): asserts schedule is Schedule {
  const fail = (message: string): never => {
    throw new BregmanError("invalid-option", `${field}: ${message}`);
  };
  const finite = (value: unknown, name: string): void => {
    if (!Number.isFinite(value)) fail(`${name}expected a finite number, got ${String(value)}`);
  };
  if (typeof schedule === "number") return finite(schedule, "");
  if (typeof schedule !== "object" || schedule === null) {
    fail(`expected a number, { from, to } or { kind: "geometric", from, factor }, got ${String(schedule)}`);
  }
  const { kind = "linear", from, to, factor, limit } = schedule as Record<string, unknown>;
  finite(from, "from: ");
  if (kind === "linear") return finite(to, "to: ");
  if (kind !== "geometric") fail(`kind: expected "linear" or "geometric", got ${String(kind)}`);
  if (!Number.isFinite(factor) || (factor as number) <= 0) {
    fail(`factor: expected a positive number, got ${String(factor)}`);
  }
  if (limit !== undefined) finite(limit, "limit: ");
}

/**
 * from factor^k by repeated squaring: products alone are the same in every engine, the host's powers are not. Never
 * infinite.
 */
function geometric({ from, factor, limit }: GeometricSchedule, iteration: number): number {
  let power = 1;
  for (let square = factor, rest = iteration; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) power = Math.min(power * square, Number.MAX_VALUE);
  }
  const value = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, from * power));
  if (limit === undefined) return value;
  const grows = (factor >= 1) === (from >= 0);
  return grows ? Math.min(value, limit) : Math.max(value, limit);
}

function checkIteration(iteration: number, iterations: number): void {
  if (!Number.isSafeInteger(iterations) || iterations < 1) {
    throw new BregmanError("invalid-option", `iterations: expected a positive integer, got ${iterations}`);
  }
  if (!Number.isSafeInteger(iteration) || iteration < 0) {
    throw new BregmanError("invalid-option", `iteration: expected an integer from 0 on, got ${iteration}`);
  }
}
