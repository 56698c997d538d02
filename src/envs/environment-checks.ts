import { BregmanError } from "../error.ts";
import type { Environment, ResetResult, StepResult } from "./environment.ts";
import { whyOutside } from "./space-values.ts";
import type { Space } from "./spaces.ts";
import { describe, validateSpace } from "./spaces.ts";

// What an environment of the user must hold to. Each check throws a `BregmanError`; `where` names environment, copy and
// step.

/**
 * Throws unless `environment` has what an environment needs, its spaces are well-formed and its actions can be chosen.
 */
export function checkEnvironmentShape(environment: unknown): asserts environment is Environment {
  if (typeof environment !== "object" || environment === null || environment instanceof Promise) {
    throw new BregmanError("invalid-environment",
      `environment: expected { observationSpace, actionSpace, reset, step }, got ${describe(environment)}`);
  }
  const given = environment as Partial<Environment>;
  const name = given.name ?? "own environment";
  for (const field of ["observationSpace", "actionSpace"] as const) {
    if (given[field] === undefined) throw new BregmanError("invalid-environment", `${name}: ${field} is missing`);
    validateSpace(given[field], `${name}: ${field}`);
  }
  for (const method of ["reset", "step"] as const) {
    if (typeof given[method] !== "function") {
      throw new BregmanError("invalid-environment",
        `${name}: ${method}: expected a function, got ${describe(given[method])}`);
    }
  }
  const { kind } = given.actionSpace!;
  if (kind === "dict" || kind === "tuple") {
    throw new BregmanError("invalid-space",
      `${name}: actionSpace: expected box, discrete, multi-discrete or multi-binary, got ${kind}`);
  }
}

/** Throws `invalid-environment` unless `result` is { observation, info }; `info` may be missing. */
export function checkResetResult(result: unknown, where: string): asserts result is ResetResult<any> {
  checkFields(result, ["observation"], "reset", where);
}

/**
 * Throws unless `result` is { observation, reward, terminated, truncated, info }, `info` optional; `invalid-reward` for
 * a reward that is no finite number.
 */
export function checkStepResult(result: unknown, where: string): asserts result is StepResult<any> {
  checkFields(result, ["observation", "reward", "terminated", "truncated"], "step", where);
  const given = result as StepResult;
  if (!Number.isFinite(given.reward)) {
    throw new BregmanError("invalid-reward",
      `${where}: reward: expected a finite number, got ${describe(given.reward)}`);
  }
  for (const flag of ["terminated", "truncated"] as const) {
    if (typeof given[flag] !== "boolean") {
      throw new BregmanError("invalid-environment",
        `${where}: ${flag}: expected true or false, got ${describe(given[flag])}`);
    }
  }
}

/** The mask in a result, where there is one; environments may leave `info` out altogether. */
export function actionMaskOf(result: ResetResult | StepResult): ArrayLike<number> | undefined {
  return result.info?.actionMask ?? undefined;
}

function checkFields(result: unknown, fields: readonly string[], method: string, where: string): void {
  if (typeof result !== "object" || result === null || result instanceof Promise) {
    const hint = result instanceof Promise ? "; environments are synchronous" : "";
    throw new BregmanError("invalid-environment",
      `${where}: ${method}: expected { ${fields.join(", ")}, info }, got ${describe(result)}${hint}`);
  }
  for (const field of fields) {
    if ((result as Record<string, unknown>)[field] === undefined) {
      throw new BregmanError("invalid-environment", `${where}: ${method}: the result has no ${field}`);
    }
  }
}

/** Throws `invalid-observation`, naming the element, unless `value` belongs to `space` and is finite. */
export function checkObservation(space: Space, value: unknown, where: string): void {
  const why = whyNotFinite(value) ?? whyOutside(space, value);
  if (why !== undefined) throw new BregmanError("invalid-observation", `${where}: observation: ${why}`);
}

/** Which number in a value is NaN or infinite, also after rounding to float32. */
function whyNotFinite(value: unknown): string | undefined {
  if (typeof value === "number") {
    return Number.isFinite(Math.fround(value)) ? undefined : `expected a finite number, got ${value}`;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    const numbers = value as ArrayLike<unknown>;
    for (let i = 0; i < numbers.length; i++) {
      const why = whyNotFinite(numbers[i]);
      if (why !== undefined) return `element ${i}: ${why}`;
    }
    return undefined;
  }
  for (const [key, part] of Object.entries(value)) {
    const why = whyNotFinite(part);
    if (why !== undefined) return `${key}: ${why}`;
  }
  return undefined;
}

/** Throws `invalid-environment` unless `mask` has a 0 or 1 per choice and leaves every choice open. */
export function checkMask(mask: ArrayLike<number>, heads: readonly number[], where: string): void {
  const size = heads.reduce((sum, n) => sum + n, 0);
  if (typeof mask !== "object" || mask.length !== size) {
    throw new BregmanError("invalid-environment",
      `${where}: info.actionMask: expected ${size} values of 0 or 1, got ${describe(mask)}`);
  }
  let at = 0;
  for (const n of heads) {
    let allowed = false;
    for (let i = 0; i < n; i++) allowed ||= Boolean(mask[at + i]);
    if (!allowed) {
      throw new BregmanError("invalid-environment",
        `${where}: info.actionMask: elements ${at} to ${at + n - 1} allow nothing`);
    }
    at += n;
  }
}
