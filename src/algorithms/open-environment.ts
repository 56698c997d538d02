import type { WasmInstance } from "../devices/wasm-instance.ts";
import { BregmanError } from "../error.ts";
import { agentCount } from "../envs/agents.ts";
import { createBuiltinVectorEnvironment } from "../envs/builtin.ts";
import type { EnvironmentSource } from "../envs/environment.ts";
import { checkEnvironmentShape } from "../envs/environment-checks.ts";
import { isMujocoTask } from "../envs/mujoco/catalogue.ts";
import { openMujoco } from "../envs/mujoco/open-mujoco.ts";
import { createObjectVectorEnvironment } from "../envs/object-vector-environment.ts";
import { defineEnvironment } from "../envs/registry.ts";
import type { Space } from "../envs/spaces.ts";
import type { VectorEnvironment } from "../envs/vector-environment.ts";
import { imported } from "./module-reference.ts";
import type { EnvironmentArgument } from "./trainer-options.ts";

/** An environment before its copies are made in a trainer's memory. */
export interface OpenedEnvironment {
  readonly name: string;
  readonly builtin: boolean;
  /** Whether more than one copy can be made. */
  readonly copies: boolean;
  /** How many agents act in one copy; 1 where it is left out. */
  readonly agents?: number;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** `count` copies, with as many lanes as there are agents in them. */
  create(instance: WasmInstance, count: number, seed: number): VectorEnvironment;
}

/**
 * Throws `unknown-environment` for a name that does not exist, `invalid-environment` for an object that is none,
 * `missing-dependency` for a MuJoCo task without MuJoCo, `not-found` for a module that cannot be loaded.
 */
export async function openEnvironment(
  given: EnvironmentArgument | undefined, options: Readonly<Record<string, unknown>> = {},
): Promise<OpenedEnvironment> {
  const argument = await imported(given);
  if (isMujocoTask(argument)) {
    return { name: argument, builtin: true, copies: true, ...await openMujoco(argument, options) };
  }
  if (typeof argument === "string") {
    const { name, observationSpace, actionSpace } = defineEnvironment(argument, options);
    return {
      name, builtin: true, copies: true, observationSpace, actionSpace,
      create: (instance, count, seed) => createBuiltinVectorEnvironment(instance, name, { count, seed, ...options }),
    };
  }
  if (argument === undefined) {
    throw new BregmanError("unknown-environment",
      "an environment is needed: a name from list(\"envs\"), or an object of your own");
  }
  const copies = typeof argument === "function";
  const probe = copies ? argument() : argument;
  checkEnvironmentShape(probe);
  const { observationSpace, actionSpace, name = "own environment" } = probe;
  // The probe is the first copy, so that a function that counts its copies sees no extra one.
  let unused: typeof probe | undefined = probe;
  const source: EnvironmentSource = copies
    ? () => {
      const made = unused ?? argument();
      unused = undefined;
      return made;
    }
    : probe;
  return {
    name, builtin: false, copies, agents: agentCount(probe), observationSpace, actionSpace,
    create(instance, count, seed) {
      const environment = createObjectVectorEnvironment(instance, source, { count, seed });
      environment.reset(seed);
      return environment;
    },
  };
}
