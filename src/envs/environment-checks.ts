import { messageOf } from "../error.ts";
import { fault, misnamed, type ContractRule } from "./contract.ts";
import type { Info, OwnEnvironment, ResetResult, StepResult } from "./environment.ts";
import { misfit } from "./space-values.ts";
import type { Space } from "./spaces.ts";
import { describe, validateSpace } from "./spaces.ts";

// What an environment of the user must hold to. Each check throws a `BregmanError` with the `rule` of the contract that
// was broken; `where` names environment, copy and step.

/**
 * Throws unless `environment` has what an environment needs, its spaces are well-formed and its actions can be chosen.
 */
export function checkEnvironmentShape(environment: unknown): asserts environment is OwnEnvironment {
  if (typeof environment !== "object" || environment === null || environment instanceof Promise) {
    const rule = environment instanceof Promise ? "synchronous" : "object";
    throw fault(rule, "environment",
      `expected { observationSpace, actionSpace, reset, step }, got ${describe(environment)}`);
  }
  const name = nameOf(environment);
  for (const field of ["observationSpace", "actionSpace"] as const) checkSpace(environment, field, name);
  for (const method of ["reset", "step"] as const) checkMethod(environment, method, name);
  const { agents } = environment as Partial<OwnEnvironment>;
  const count = Array.isArray(agents) ? agents.length : agents;
  if (count !== undefined && !(Number.isSafeInteger(count) && (count as number) > 0)) {
    throw fault("agents", name, `agents: expected a positive number, or names, got ${describe(agents)}`, {
      mend: "say how many agents there are, or give their names; leave it out for one",
    });
  }
}

export function nameOf(environment: object): string {
  return (environment as Partial<OwnEnvironment>).name ?? "own environment";
}

export function checkSpace(environment: object, field: "observationSpace" | "actionSpace", name: string): void {
  const space = (environment as Partial<OwnEnvironment>)[field];
  if (space === undefined) throw fault("spaces", name, `${field} is missing`, { mend: rename(environment, field) });
  try {
    validateSpace(space, field);
  } catch (error) {
    const seen = messageOf(error);
    throw fault(/: (low|high)\b/.test(seen) ? "bounds" : "spaces", name, seen, { code: "invalid-space" });
  }
}

export function checkMethod(environment: object, method: "reset" | "step", name: string): void {
  const given = (environment as Partial<OwnEnvironment>)[method];
  if (typeof given === "function") return;
  throw fault("methods", name, `${method}: expected a function, got ${describe(given)}`, {
    mend: given === undefined ? rename(environment, method) : undefined,
  });
}

/** "rename observation_space to observationSpace", where there is something of the kind. */
function rename(given: object, wanted: string, otherNames?: readonly string[]): string | undefined {
  const found = misnamed(given, wanted, otherNames);
  return found && `rename ${found} to ${wanted}`;
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
    throw fault("reward", where, `reward: expected a finite number, got ${describe(given.reward)}`, {
      code: "invalid-reward", mend: typeof given.reward === "string" ? "return a number, Number(reward)" : undefined,
    });
  }
  for (const flag of ["terminated", "truncated"] as const) {
    if (typeof given[flag] !== "boolean") {
      throw fault("flags", where, `${flag}: expected true or false, got ${describe(given[flag])}`);
    }
  }
}

/** The mask in a result, where there is one; environments may leave `info` out altogether. */
export function actionMaskOf({ info }: { info?: Info | undefined }): ArrayLike<number> | undefined {
  return info?.actionMask ?? undefined;
}

const otherNames: Record<string, readonly string[]> = {
  observation: ["obs", "state", "observations"], terminated: ["done"], truncated: ["timeout"], reward: ["rewards"],
};

function checkFields(result: unknown, fields: readonly string[], method: "reset" | "step", where: string): void {
  if (typeof result !== "object" || result === null || result instanceof Promise) {
    const [rule, hint] = result instanceof Promise ? ["synchronous", "; environments are synchronous"] as const
      : [`${method}-result`, ""] as const;
    throw fault(rule, where, `${method}: expected { ${fields.join(", ")}, info }, got ${describe(result)}${hint}`);
  }
  for (const field of fields) {
    if ((result as Record<string, unknown>)[field] !== undefined) continue;
    const seen = `${method}: the result has no ${field}`;
    if ("done" in result && (field === "terminated" || field === "truncated")) {
      throw fault("endings", where, `${seen}, but done`);
    }
    const isEnding = field === "terminated" || field === "truncated";
    throw fault(isEnding ? "endings" : `${method}-result`, where, seen, {
      mend: rename(result, field, otherNames[field]),
    });
  }
}

/** Throws `invalid-observation`, naming the element, unless `value` belongs to `space` and is finite. */
export function checkObservation(space: Space, value: unknown, where: string): void {
  const outside = misfit(space, value);
  const infinite = firstLeaf(value, isInfinite);
  if (!outside && !infinite) return;
  const fail = (rule: ContractRule, why: string): never => {
    throw fault(rule, where, `observation: ${why}`, { code: "invalid-observation" });
  };
  const odd = firstLeaf(value, isNoNumber);
  if (odd) fail("observation-numbers", `${odd.path}expected a number, got ${describe(odd.leaf)}`);
  if (infinite) fail("observation-finite", `${infinite.path}expected a finite number, got ${describe(infinite.leaf)}`);
  fail(outside!.what === "form" ? "observation-form" : "observation-range", outside!.why);
}

const isNoNumber = (leaf: unknown): boolean => typeof leaf !== "number";
const isInfinite = (leaf: unknown): boolean => !Number.isFinite(Math.fround(leaf as number));

/** The first leaf of a value that is `wanted`, with its path, "inventory: element 3: ". */
function firstLeaf(value: unknown, wanted: (leaf: unknown) => boolean): { path: string; leaf: unknown } | undefined {
  if (typeof value !== "object" || value === null) return wanted(value) ? { path: "", leaf: value } : undefined;
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    const elements = value as ArrayLike<unknown>;
    for (let i = 0; i < elements.length; i++) {
      const found = firstLeaf(elements[i], wanted);
      if (found) return { ...found, path: `element ${i}: ${found.path}` };
    }
    return undefined;
  }
  for (const [key, part] of Object.entries(value)) {
    const found = firstLeaf(part, wanted);
    if (found) return { ...found, path: `${key}: ${found.path}` };
  }
  return undefined;
}

/** Throws `invalid-environment` unless `mask` has a 0 or 1 per choice and leaves every choice open. */
export function checkMask(mask: ArrayLike<number>, heads: readonly number[], where: string): void {
  const size = heads.reduce((sum, n) => sum + n, 0);
  if (typeof mask !== "object" || mask.length !== size) {
    throw fault("mask-length", where, `info.actionMask: expected ${size} values of 0 or 1, got ${describe(mask)}`);
  }
  let at = 0;
  for (const n of heads) {
    let allowed = false;
    for (let i = 0; i < n; i++) allowed ||= Boolean(mask[at + i]);
    if (!allowed) {
      throw fault("mask-open", where, `info.actionMask: elements ${at} to ${at + n - 1} allow nothing`);
    }
    at += n;
  }
}

/** Throws where masks come that did not before, or the other way round. */
export function checkMaskPresence(mask: ArrayLike<number> | undefined, expected: boolean, where: string): void {
  if (expected === (mask !== undefined)) return;
  throw fault("mask-always", where, `info.actionMask: `
    + (mask ? "given, though the first reset gave none" : "missing, though the first reset gave one"));
}
