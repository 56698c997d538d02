import { describe, expect, test } from "vitest";
import { makeEnv } from "../../src/index.ts";
import { tasks } from "../../src/envs/mujoco/tasks.ts";
import { golden, type MujocoTaskRecording } from "../golden/mujoco.ts";
import { loadMujoco } from "../support/mujoco.ts";

type Field = number | ArrayLike<number> | { readonly value: number };

const numbersOf = (field: Field): unknown =>
  typeof field === "number" ? field : "value" in field ? field.value : Array.from(field);

/** Fields of the recording that MuJoCo keeps among its options. */
const options = ["timestep", "integrator", "solver", "iterations", "cone"];

/** The fields of a compiled model that are not the recorded ones to the last bit. */
async function differingFields(name: string, { model: recorded }: MujocoTaskRecording): Promise<string[]> {
  const mujoco = await loadMujoco();
  const task = tasks[name]!;
  const model = mujoco.MjModel.from_xml_string(task.model(task.defaults)) as any;
  const { opt } = model;
  const pairs = [
    ...Object.entries(recorded).filter(([field]) => field !== "opt")
      .map(([field, value]) => [field, options.includes(field) ? opt[field] : model[field], value] as const),
    ...Object.entries(recorded.opt).map(([field, value]) => [`opt.${field}`, opt[field], value] as const),
  ];
  expect(pairs.length).toBeGreaterThan(70);
  const differing = pairs.filter(([, own, value]) => JSON.stringify(numbersOf(own as Field)) !== JSON.stringify(value));
  model.delete();
  return differing.map(([field]) => field);
}

describe.each(Object.entries(golden.tasks))("%s", (name, recording) => {
  test("compiles to the reference model, every array to the last bit", async () => {
    expect(await differingFields(name, recording)).toEqual([]);
  });

  test("follows the recorded episodes within 1e-9 in positions and velocities", async () => {
    const env = await makeEnv(name, { maxEpisodeSteps: null, ...neverEnding(name) });
    for (const { qpos0, qvel0, actions, qpos, qvel } of recording.episodes) {
      env.reset({ seed: 0 });
      env.state = [...qpos0, ...qvel0];
      actions.forEach((action, t) => {
        env.step(action);
        const wanted = [...qpos[t]!, ...qvel[t]!];
        const worst = env.state.reduce((largest, x, i) => Math.max(largest, Math.abs(x - wanted[i]!)), 0);
        expect(worst, `step ${t}`).toBeLessThanOrEqual(1e-9);
      });
    }
    env.close();
  });
});

/** Recordings go on where an episode would end. */
function neverEnding(name: string): object {
  return "terminateWhenUnhealthy" in tasks[name]!.defaults ? { terminateWhenUnhealthy: false } : {};
}
