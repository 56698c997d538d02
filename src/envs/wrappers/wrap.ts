import { BregmanError } from "../../error.ts";
import { agentCount, resetAgents, stepAgents } from "../agents.ts";
import type {
  AgentsEnvironment, Environment, OwnEnvironment, ResetOptions, ResetResult, StepResult,
} from "../environment.ts";
import { nameOf } from "../environment-checks.ts";
import { packState, unpackState } from "../saved-state.ts";
import type { Space } from "../spaces.ts";

/** What a wrapper does to the results of one agent's episodes. */
export interface Change {
  reset?(result: ResetResult<any>): ResetResult<any>;
  step?(result: StepResult<any>): StepResult<any>;
  /** What it remembers between steps. */
  readonly state?: Float64Array | Float32Array;
}

/** One agent or several, as what was wrapped. */
export type Wrapped<Own extends OwnEnvironment> = Own extends { readonly agents: number | readonly string[] }
  ? AgentsEnvironment : Environment;

/**
 * The environment with changed results: `create` makes the change for each agent. Spaces that are not given, action
 * masks, `close`, and `save` and `restore` (where both exist) are the environment's own; what the change remembers is
 * saved with them.
 */
export function wrap<Own extends OwnEnvironment>(
  environment: Own, create: () => Change, observationSpace: Space = environment.observationSpace,
): Wrapped<Own> {
  const changes = Array.from({ length: agentCount(environment) }, create);
  const name = nameOf(environment);
  const reset = (options: ResetOptions): ResetResult<any>[] =>
    resetAgents(environment, options, `${name}, reset`).map((result, i) => changes[i]!.reset?.(result) ?? result);
  const step = (actions: readonly unknown[]): (StepResult<any> | undefined)[] => {
    const isOut = actions.map((action) => Number(action === undefined));
    const results = stepAgents(environment, actions, isOut, () => `${name}, step`);
    return results.map((result, i) => result && (changes[i]!.step?.(result) ?? result));
  };
  const { agents } = environment;
  const face = agents === undefined ? one(reset, step) : { agents, ...all(reset, step) };
  return {
    ...(environment.name !== undefined && { name }),
    observationSpace,
    actionSpace: environment.actionSpace,
    ...face,
    close: () => environment.close?.(),
    ...saving(environment, changes),
  } as Environment | AgentsEnvironment as Wrapped<Own>;
}

type Reset = (options: ResetOptions) => ResetResult<any>[];
type Step = (actions: readonly unknown[]) => (StepResult<any> | undefined)[];

function one(reset: Reset, step: Step): Pick<Environment, "reset" | "step"> {
  return { reset: (options = {}) => reset(options)[0]!, step: (action: unknown) => step([action])[0]! };
}

function all(reset: Reset, step: Step): Pick<AgentsEnvironment, "reset" | "step"> {
  return {
    reset(options = {}) {
      const results = reset(options);
      return { observations: results.map(({ observation }) => observation), infos: results.map(({ info }) => info) };
    },
    step(actions) {
      const results = step(actions);
      return {
        observations: results.map((result) => result?.observation),
        rewards: results.map((result) => result?.reward ?? 0),
        terminated: results.map((result) => result?.terminated ?? false),
        truncated: results.map((result) => result?.truncated ?? false),
        infos: results.map((result) => result?.info),
      };
    },
  };
}

function saving(environment: OwnEnvironment, changes: readonly Change[]): Pick<Environment, "save" | "restore"> {
  if (typeof environment.save !== "function" || typeof environment.restore !== "function") return {};
  const owner = `${nameOf(environment)}, wrapped`;
  const states = changes.flatMap(({ state }) => state ?? []).map(bytesOf);
  return {
    save: () => packState(owner, [environment.save!(), ...states]),
    restore(bytes) {
      const [inner, ...saved] = unpackState(owner, bytes);
      if (saved.length !== states.length || saved.some(({ length }, i) => length !== states[i]!.length)) {
        throw new BregmanError("checkpoint-mismatch", `${owner}: the state was saved with other wrappers`);
      }
      environment.restore!(inner!);
      states.forEach((state, i) => state.set(saved[i]!));
    },
  };
}

/** The same memory, as bytes. */
function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Throws `invalid-option` unless `value` is a whole number of at least 1. */
export function checkPositive(what: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new BregmanError("invalid-option", `${what}: expected a whole number of at least 1, got ${String(value)}`);
}
