import { BregmanError, messageOf } from "../error.ts";
import type { RandomSource } from "../random/streams.ts";
import { randomSource } from "../random/streams.ts";
import { agentCount, agentName, resetAgents, stepAgents } from "./agents.ts";
import { contract, fault, faultOf, misnamed, type Problem } from "./contract.ts";
import type { EnvironmentSource, OwnEnvironment, ResetResult } from "./environment.ts";
import {
  actionMaskOf, checkEnvironmentShape, checkMask, checkMaskPresence, checkMethod, checkObservation, checkSpace, nameOf,
} from "./environment-checks.ts";
import { sample, sameValue } from "./space-values.ts";
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

/** A running episode: what each agent may do, who is out, and the observations that were returned last. */
interface Episode {
  readonly isMasked: boolean;
  masks: Mask[];
  readonly out: Uint8Array;
  returned: { readonly value: unknown; readonly copy: unknown; readonly where: string }[];
}

interface Passage {
  /** Everything the environment returned, in order. */
  readonly trace: readonly unknown[];
  readonly ended: boolean;
}

/**
 * Checks an environment as Gymnasium's checker does: its spaces are well-formed; `reset` and `step` return all fields
 * with the right types, fresh observations inside the observation space and finite rewards; the same seed and actions
 * give the same passage; resets without a seed go on with the stream; `save` and `restore`, where given, continue to
 * the same values; action masks fit; `close` is safe twice. It closes the environment it was given: pass a function
 * that makes one to keep yours.
 *
 * @returns a report, when all is well
 * @throws BregmanError `invalid-environment`; its message and `problems` tell for each fault what was seen and where,
 * the line of the contract that it breaks (with a stable `rule`), and how to mend it
 */
export function checkEnv(
  source: EnvironmentSource, { steps = 200, seed = 0 }: { steps?: number; seed?: number } = {},
): EnvironmentReport {
  const problems: Problem[] = [];
  const notes: string[] = [];
  const attempt = <T>(action: () => T, where = ""): T | undefined => {
    try {
      return action();
    } catch (error) {
      const problem = problemOf(error, where);
      if (!problems.some(({ rule, seen }) => rule === problem.rule && seen === problem.seen)) problems.push(problem);
      return undefined;
    }
  };

  const environment = attempt(() => (typeof source === "function" ? source() : source), "the function that makes it");
  if (problems.length === 0) checkParts(environment, attempt);
  const name = typeof environment === "object" && environment ? nameOf(environment) : "environment";
  if (problems.length > 0 || !environment) throw failure(name, problems);

  const first = attempt(() => passage(environment, steps, seed));
  const second = first && attempt(() => passage(environment, steps, seed));
  if (first && second) {
    attempt(() => checkSame(first, second));
    const other = attempt(() => passage(environment, steps, seed + 1));
    if (other && sameValue(first.trace[0], other.trace[0])) notes.push("another seed gave the same first observation");
    if (!first.ended) notes.push(`no episode ended within ${steps} steps`);
    attempt(() => checkSaving(environment, steps, seed), "save and restore");
  }
  attempt(() => {
    environment.close?.();
    try {
      environment.close?.();
    } catch (error) {
      throw fault("close", "close", `the second call threw: ${messageOf(error)}`);
    }
  }, "close");
  if (problems.length > 0) throw failure(name, problems);
  const resumable = typeof environment.save === "function" && typeof environment.restore === "function";
  return { name, steps, resumable, notes };
}

/** Each part for itself, so that all that is missing is told at once. */
function checkParts(environment: unknown, attempt: (action: () => void) => void): void {
  if (typeof environment === "object" && environment !== null && !(environment instanceof Promise)) {
    for (const field of ["observationSpace", "actionSpace"] as const) {
      attempt(() => checkSpace(environment, field, "environment"));
    }
    for (const method of ["reset", "step"] as const) attempt(() => checkMethod(environment, method, "environment"));
  }
  attempt(() => checkEnvironmentShape(environment));   // what is left: no object, agents that are no number
}

function problemOf(error: unknown, where: string): Problem {
  const known = faultOf(error) ?? { rule: "runs" as const, where, seen: `threw: ${messageOf(error)}` };
  const [promise, mend] = contract[known.rule];
  return { rule: known.rule, where: known.where, seen: known.seen, contract: promise, mend: known.mend ?? mend };
}

function failure(name: string, problems: readonly Problem[]): BregmanError {
  const list = problems.map(({ rule, where, seen, contract: promise, mend }) =>
    `\n- ${where}: ${seen}\n  ${rule}: "${promise}" To mend it: ${mend}.`).join("");
  const count = `${problems.length} problem${problems.length > 1 ? "s" : ""}`;
  return new BregmanError("invalid-environment", `${name}: ${count}:${list}`, { problems });
}

/** A seeded reset, then random allowed actions, with resets where episodes end; every result is checked and copied. */
function passage(environment: OwnEnvironment, steps: number, seed: number): Passage {
  const trace: unknown[] = [];
  const episode = begin(environment, "reset", trace, { seed });
  const ended = walk(environment, episode, steps, randomSource(seed, "evaluation"), trace);
  return { trace, ended };
}

/** Random allowed actions, from a running episode on; returns whether an episode ended. */
function walk(
  environment: OwnEnvironment, from: Episode, steps: number, random: RandomSource, trace: unknown[],
): boolean {
  let episode = from;
  let ended = false;
  for (let step = 1; step <= steps; step++) {
    const at = (agent: number) => located(environment, `step ${step}`, agent);
    const actions = episode.masks.map((mask) => sample(environment.actionSpace, random, mask));
    const results = running(at(-1), () => stepAgents(environment, actions, episode.out, at));
    checkUnchanged(episode, at(-1));
    episode.returned = [];
    results.forEach((result, agent) => {
      if (!result) return;
      const { observation, reward, terminated, truncated } = result;
      keep(environment, episode, observation, at(agent));
      const isOver = terminated || truncated;
      const mask = maskOf(environment, result, at(agent));
      if (!(isOver && mask === undefined)) checkMaskPresence(mask, episode.isMasked, at(agent));
      trace.push(structuredClone({ observation, reward, terminated, truncated }));
      episode.masks[agent] = isOver ? undefined : mask;
      if (isOver) episode.out[agent] = 1;
    });
    if (episode.out.includes(0)) continue;
    ended = true;
    episode = begin(environment, `step ${step}, reset`, trace, {}, episode);
  }
  return ended;
}

function begin(
  environment: OwnEnvironment, where: string, trace: unknown[], options: { seed?: number }, before?: Episode,
): Episode {
  const results = running(where, () => resetAgents(environment, options, where));
  if (before) checkUnchanged(before, where);
  const at = (agent: number) => located(environment, where, agent);
  const masks = results.map((result, agent) => maskOf(environment, result, at(agent)));
  const isMasked = before ? before.isMasked : masks[0] !== undefined;
  const episode: Episode = { isMasked, masks, out: new Uint8Array(agentCount(environment)), returned: [] };
  results.forEach(({ observation }, agent) => {
    checkMaskPresence(masks[agent], isMasked, at(agent));
    keep(environment, episode, observation, at(agent));
  });
  trace.push(structuredClone(results.map(({ observation }) => observation)));
  return episode;
}

/** Checks an observation, and remembers it to see later that it stayed as it was. */
function keep(environment: OwnEnvironment, episode: Episode, value: unknown, where: string): void {
  checkObservation(environment.observationSpace, value, where);
  episode.returned.push({ value, copy: structuredClone(value), where });
}

function checkUnchanged({ returned }: Episode, now: string): void {
  for (const { value, copy, where } of returned) {
    if (sameValue(value, copy)) continue;
    throw fault("observation-fresh", now, `the observation that ${where} had returned was overwritten`);
  }
}

/** The mask in a result, checked; none where there are no choices. */
function maskOf(environment: OwnEnvironment, result: ResetResult, where: string): Mask {
  const heads = choices(environment.actionSpace);
  if (!heads) return undefined;
  const mask = actionMaskOf(result);
  const other = mask === undefined && result.info && misnamed(result.info, "actionMask", ["mask"]);
  if (other) {
    throw fault("mask-name", where, `info has ${other}, which nobody reads`, { mend: `rename ${other} to actionMask` });
  }
  if (mask !== undefined) checkMask(mask, heads, where);
  return mask;
}

function located(environment: OwnEnvironment, where: string, agent: number): string {
  const name = agent < 0 ? undefined : agentName(environment, agent);
  return name ? `${where}, ${name}` : where;
}

/** Calls the environment; what it throws itself is a fault too. */
function running<T>(where: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (faultOf(error)) throw error;
    throw fault("runs", where, `threw: ${messageOf(error)}`);
  }
}

function checkSame(first: Passage, second: Passage): void {
  if (sameValue(first.trace, second.trace)) return;
  const step = first.trace.findIndex((value, i) => !sameValue(value, second.trace[i]));
  throw fault("seed", step === 0 ? "reset" : `result ${step}`,
    `the same seed and actions gave another ${step === 0 ? "first observation" : "passage"}`);
}

/** What follows `restore` must be what followed `save`. */
function checkSaving(environment: OwnEnvironment, steps: number, seed: number): void {
  const { save, restore } = environment;
  if (!save && !restore) return;
  if (typeof save !== "function" || typeof restore !== "function") {
    throw fault("save-and-restore", "environment", `expected save and restore, got ${save ? "save" : "restore"} alone`);
  }
  const start = begin(environment, "reset", [], { seed });
  const bytes = environment.save!();
  if (!(bytes instanceof Uint8Array)) throw fault("save-bytes", "save", "expected a Uint8Array");
  const kept = bytes.slice();
  const follow = () => {
    const trace: unknown[] = [];
    const episode = { ...start, masks: [...start.masks], out: start.out.slice(), returned: [] };
    walk(environment, episode, Math.min(steps, 20), randomSource(seed, "evaluation", 1), trace);
    return trace;
  };
  const before = follow();
  environment.restore!(kept);
  if (!sameValue(before, follow())) {
    throw fault("restore", "restore", "after restore the same actions gave another passage than after save");
  }
}
