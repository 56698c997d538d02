import { fault } from "./contract.ts";
import type { Info, OwnEnvironment, ResetOptions, ResetResult, StepResult } from "./environment.ts";
import { checkResetResult, checkStepResult } from "./environment-checks.ts";
import { describe } from "./spaces.ts";

// One environment as the agents in it see it: an ordinary one has one agent. What it returns is checked.

/** How many agents act in an environment. */
export function agentCount({ agents = 1 }: OwnEnvironment): number {
  return typeof agents === "number" ? agents : agents.length;
}

/** "agent red", for messages; undefined where there is no other. */
export function agentName({ agents }: OwnEnvironment, index: number): string | undefined {
  if (agents === undefined) return undefined;
  return `agent ${typeof agents === "number" ? index : agents[index]}`;
}

/** Begins an episode: what each agent is given. */
export function resetAgents(environment: OwnEnvironment, options: ResetOptions, where: string): ResetResult<any>[] {
  if (environment.agents === undefined) {
    const result = environment.reset(options);
    checkResetResult(result, where);
    return [result];
  }
  const result = arraysOf(environment, environment.reset(options), ["observations"], "reset", where);
  return Array.from({ length: agentCount(environment) }, (_, i) =>
    ({ observation: result.observations[i], info: result.infos?.[i] ?? {} }));
}

/** One step: what each agent is given, and undefined for those that are out (`isOut`, 0 or 1 an agent). */
export function stepAgents(
  environment: OwnEnvironment, actions: readonly unknown[], isOut: ArrayLike<number>, where: (agent: number) => string,
): (StepResult<any> | undefined)[] {
  if (environment.agents === undefined) {
    const result = environment.step(actions[0]);
    checkStepResult(result, where(0));
    return [result];
  }
  const given = environment.step(actions.map((action, i) => (isOut[i] ? undefined : action)));
  const fields = ["observations", "rewards", "terminated", "truncated"] as const;
  const result = arraysOf(environment, given, fields, "step", where(-1));
  return actions.map((_, i) => {
    if (isOut[i]) return undefined;
    const own = {
      observation: result.observations[i], reward: result.rewards[i] as number, info: result.infos?.[i] ?? {},
      terminated: result.terminated[i] as boolean, truncated: result.truncated[i] as boolean,
    };
    checkStepResult(own, where(i));
    return own;
  });
}

type Arrays<Field extends string> = Record<Field, ArrayLike<unknown>> & { infos?: ArrayLike<Info | undefined> };

function arraysOf<Field extends string>(
  environment: OwnEnvironment, result: unknown, fields: readonly Field[], method: string, where: string,
): Arrays<Field> {
  const count = agentCount(environment);
  const hasLength = (value: unknown): boolean => (value as ArrayLike<unknown> | null | undefined)?.length === count;
  for (const field of fields) {
    const value = (result as Record<string, unknown> | null | undefined)?.[field];
    if (hasLength(value)) continue;
    const rule = result instanceof Promise ? "synchronous" : "agents";
    throw fault(rule, where, `${method}: ${field}: expected ${count} entries, got ${describe(value ?? result)}`);
  }
  return result as Arrays<Field>;
}
