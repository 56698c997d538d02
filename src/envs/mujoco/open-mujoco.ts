import type { WasmInstance } from "../../devices/wasm-instance.ts";
import { fileBeside } from "../../file-beside.ts";
import { createObjectVectorEnvironment } from "../object-vector-environment.ts";
import type { SingleEnvironment } from "../single-environment.ts";
import type { Space } from "../spaces.ts";
import type { VectorEnvironment } from "../vector-environment.ts";

/** A MuJoCo task whose sizes are known. */
export interface OpenedMujoco {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** One copy; its first `reset()` without a seed is seeded with `seed`. */
  single(seed: number): SingleEnvironment;
  create(instance: WasmInstance, count: number, seed: number): VectorEnvironment;
}

/**
 * Loads the entry "bregman/mujoco" and MuJoCo, when the first such task is asked for: pages that train something else
 * never fetch them.
 */
export async function openMujoco(name: string, options: object = {}): Promise<OpenedMujoco> {
  const { mujocoSource } = await fileBeside("mujoco.js", "a MuJoCo task", import("../../mujoco.ts"));
  const { observationSpace, actionSpace, copies } =
    await mujocoSource(name, options as Readonly<Record<string, unknown>>);
  return {
    observationSpace, actionSpace,
    single: (seed) => copies()(seed),
    create(instance, count, seed) {
      const make = copies();
      const environment = createObjectVectorEnvironment(instance, () => make(), { count, seed });
      environment.reset(seed);
      return environment;
    },
  };
}
