import { BregmanError } from "../error.ts";
import type { RandomSource } from "../random/streams.ts";
import { randomSource } from "../random/streams.ts";
import type { Environment, EnvironmentSource } from "./environment.ts";
import {
  actionMaskOf, checkEnvironmentShape, checkMask, checkObservation, checkResetResult, checkStepResult,
} from "./environment-checks.ts";
import { sameValue, sample } from "./space-values.ts";
import { choices } from "./spaces.ts";

/** What `checkEnv` looked at. */
export interface EnvironmentReport {
  readonly name: string;
  /** Steps taken per pass. */
  readonly steps: number;
  /** Whether training with it resumes to the same bits: it has `save` and `restore`. */
  readonly resumable: boolean;
  /** Remarks that do not make it invalid. */
  readonly notes: readonly string[];
}

type Mask = ArrayLike<number> | undefined;

interface Passage {
  /** Everything the environment returned, in order. */
  readonly trace: readonly unknown[];
  readonly ended: boolean;
}

/**
 * Checks an environment as Gymnasium's checker does: its spaces are well-formed; `reset` and `step` return all fields
 * with the right types, observations inside the observation space and finite rewards; the same seed and actions give
 * the same passage; resets without a seed go on with the stream; `save` and `restore`, where given, continue to the
 * same values; action masks fit; `close` is safe twice. It closes the environment it was given: pass a function that
 * makes one to keep yours.
 *
 * @returns a report, when all is well
 * @throws BregmanError `invalid-environment`, with every problem in the message and in `problems`
 */
export function checkEnv(
  source: EnvironmentSource, { steps = 200, seed = 0 }: { steps?: number; seed?: number } = {},
): EnvironmentReport {
  const problems: string[] = [];
  const notes: string[] = [];
  const environment = typeof source === "function" ? source() : source;
  const attempt = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!problems.includes(message)) problems.push(message);
      return undefined;
    }
  };

  attempt(() => checkEnvironmentShape(environment));
  if (problems.length > 0) throw failure("environment", problems);
  const name = environment.name ?? "own environment";

  const first = attempt(() => passage(environment, name, steps, seed));
  const second = first && attempt(() => passage(environment, name, steps, seed));
  if (first && second && !sameValue(first.trace, second.trace)) {
    const step = first.trace.findIndex((value, i) => !sameValue(value, second.trace[i]));
    const what = step === 0 ? "the observation of reset differs" : `it differs from result ${step} on`;
    problems.push(`${name}: the same seed and actions gave another passage: ${what}`);
  }
  if (first && second) {
    const other = attempt(() => passage(environment, name, steps, seed + 1));
    if (other && sameValue(first.trace[0], other.trace[0])) notes.push("another seed gave the same first observation");
    if (!first.ended) notes.push(`no episode ended within ${steps} steps`);
    attempt(() => checkSaving(environment, name, steps, seed));
  }
  attempt(() => {
    environment.close?.();
    environment.close?.();
  });
  if (problems.length > 0) throw failure(name, problems);
  const resumable = typeof environment.save === "function" && typeof environment.restore === "function";
  return { name, steps, resumable, notes };
}

function failure(name: string, problems: readonly string[]): BregmanError {
  const list = problems.map((problem) => `\n- ${problem}`).join("");
  const count = `${problems.length} problem${problems.length > 1 ? "s" : ""}`;
  return new BregmanError("invalid-environment", `${name}: ${count}:${list}`, { problems });
}

/** A seeded reset, then random allowed actions, with resets where episodes end; every result is checked and copied. */
function passage(environment: Environment, name: string, steps: number, seed: number): Passage {
  const trace: unknown[] = [];
  const mask = reset(environment, `${name}, reset`, trace, seed);
  const ended = walk(environment, name, steps, randomSource(seed, "evaluation"), mask, trace);
  return { trace, ended };
}

/** Random allowed actions, from a running episode on; returns whether an episode ended. */
function walk(
  environment: Environment, name: string, steps: number, random: RandomSource, mask: Mask,
  trace: unknown[],
): boolean {
  let ended = false;
  for (let step = 1; step <= steps; step++) {
    const where = `${name}, step ${step}`;
    const result = environment.step(chosen(environment, random, mask));
    checkStepResult(result, where);
    checkObservation(environment.observationSpace, result.observation, where);
    const { observation, reward, terminated, truncated } = result;
    trace.push(structuredClone({ observation, reward, terminated, truncated }));
    mask = checkedMask(environment, actionMaskOf(result), where);
    if (terminated || truncated) {
      ended = true;
      mask = reset(environment, `${where}, reset`, trace);
    }
  }
  return ended;
}

function reset(environment: Environment, where: string, trace: unknown[], seed?: number): Mask {
  const result = environment.reset(seed === undefined ? {} : { seed });
  checkResetResult(result, where);
  checkObservation(environment.observationSpace, result.observation, where);
  trace.push(structuredClone(result.observation));
  return checkedMask(environment, actionMaskOf(result), where);
}

function checkedMask(environment: Environment, mask: Mask, where: string): Mask {
  const heads = choices(environment.actionSpace);
  if (mask !== undefined && heads) checkMask(mask, heads, where);
  return heads ? mask : undefined;
}

/** A random action that the mask allows. */
function chosen(environment: Environment, random: RandomSource, mask: Mask): unknown {
  const { actionSpace } = environment;
  if (!mask) return sample(actionSpace, random);
  let at = 0;
  const picks = choices(actionSpace)!.map((n) => {
    const allowed = Array.from({ length: n }, (_, i) => i).filter((i) => mask[at + i]);
    at += n;
    return allowed[random.integer(allowed.length)]!;
  });
  return actionSpace.kind === "discrete" ? picks[0]! + (actionSpace.start ?? 0) : Int32Array.from(picks);
}

/** What follows `restore` must be what followed `save`. */
function checkSaving(environment: Environment, name: string, steps: number, seed: number): void {
  const { save, restore } = environment;
  if (!save && !restore) return;
  if (typeof save !== "function" || typeof restore !== "function") {
    throw new BregmanError("invalid-environment", `${name}: save and restore: expected both or none`);
  }
  const openingMask = reset(environment, `${name}, reset`, [], seed);
  const bytes = environment.save!();
  if (!(bytes instanceof Uint8Array)) {
    throw new BregmanError("invalid-environment",
      `${name}: save: expected a Uint8Array`);
  }
  const kept = bytes.slice();
  const follow = () => {
    const trace: unknown[] = [];
    walk(environment, name, Math.min(steps, 20), randomSource(seed, "evaluation", 1), openingMask, trace);
    return trace;
  };
  const before = follow();
  environment.restore!(kept);
  if (!sameValue(before, follow())) {
    throw new BregmanError("invalid-environment",
      `${name}: after restore the same actions gave another passage than after save`);
  }
}
