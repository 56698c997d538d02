import { describe, expect, test } from "vitest";
import { list, makeEnv } from "../../src/index.ts";
import { tasks } from "../../src/envs/mujoco/tasks.ts";
import { golden, type MujocoEpisode } from "../golden/mujoco.ts";
import { loadMujoco } from "../support/mujoco.ts";

// Rewards and observations of two steps of each task, worked out from the recorded states: the first two steps of an
// episode, or the second and third where a velocity needs what was recorded of the step before. Gymnasium's formulas
// stand here once more, in plain arithmetic on numbers that MuJoCo recorded.

interface Step {
  readonly dt: number;
  readonly action: readonly number[];
  readonly before: { readonly qpos: readonly number[] };
  readonly qpos: readonly number[];
  readonly qvel: readonly number[];
  /** Recorded arrays of this step and of the one before. */
  readonly recorded: (name: "cfrc_ext" | "cinert" | "cvel" | "qfrc_actuator" | "xipos") => readonly number[];
  readonly recordedBefore: (name: "xipos") => readonly number[];
  readonly mass: readonly number[];
  readonly timestep: number;
  /** Places of bodies, and of the first site, as MuJoCo itself has them after this step and the one before. */
  readonly xpos: readonly number[];
  readonly xposBefore: readonly number[];
  readonly site: readonly number[];
}

interface Worked {
  readonly reward: number;
  readonly observation: readonly number[];
  readonly terminated?: boolean;
}

const square = (x: number): number => x * x;
const squares = (values: readonly number[]): number => values.reduce((sum, x) => sum + square(x), 0);
const clipped = (values: readonly number[], bound: number): number[] =>
  values.map((x) => Math.max(-bound, Math.min(bound, x)));
const forward = ({ dt, before, qpos }: Step): number => (qpos[0]! - before.qpos[0]!) / dt;

const worked: Record<string, (step: Step) => Worked> = {
  "Hopper-v5": (step) => {
    const [, z, angle] = step.qpos;
    const healthy = z! > 0.7 && Math.abs(angle!) < 0.2;
    return {
      reward: forward(step) + (healthy ? 1 : 0) - 1e-3 * squares(step.action),
      observation: [...step.qpos.slice(1), ...clipped(step.qvel, 10)],
      terminated: !healthy,
    };
  },
  "Walker2d-v5": (step) => {
    const [, z, angle] = step.qpos;
    const healthy = z! > 0.8 && z! < 2 && Math.abs(angle!) < 1;
    return {
      reward: forward(step) + (healthy ? 1 : 0) - 1e-3 * squares(step.action),
      observation: [...step.qpos.slice(1), ...clipped(step.qvel, 10)],
      terminated: !healthy,
    };
  },
  "HalfCheetah-v5": (step) => ({
    reward: forward(step) - 0.1 * squares(step.action),
    observation: [...step.qpos.slice(1), ...step.qvel],
  }),
  "Ant-v5": (step) => {
    const contact = clipped(step.recorded("cfrc_ext"), 1);
    const healthy = step.qpos[2]! >= 0.2 && step.qpos[2]! <= 1;
    return {
      // The torso's place is body 1's, not qpos: MuJoCo computed it in the last stage of its integrator.
      reward: (step.xpos[3]! - step.xposBefore[3]!) / step.dt + (healthy ? 1 : 0) - 0.5 * squares(step.action) -
        5e-4 * squares(contact),
      observation: [...step.qpos.slice(2), ...step.qvel, ...contact.slice(6)],
      terminated: !healthy,
    };
  },
  "Humanoid-v5": (step) => {
    const total = step.mass.reduce((sum, mass) => sum + mass, 0);
    const center = (xipos: readonly number[]): number =>
      step.mass.reduce((sum, mass, body) => sum + mass * xipos[3 * body]!, 0) / total;
    const velocity = (center(step.recorded("xipos")) - center(step.recordedBefore("xipos"))) / step.dt;
    const healthy = step.qpos[2]! > 1 && step.qpos[2]! < 2;
    const contact = Math.min(10, 5e-7 * squares(step.recorded("cfrc_ext")));
    return {
      reward: 1.25 * velocity + (healthy ? 5 : 0) - 0.1 * squares(step.action) - contact,
      observation: humanoidObservation(step),
      terminated: !healthy,
    };
  },
  "HumanoidStandup-v5": (step) => ({
    reward: step.qpos[2]! / step.timestep + 1 - 0.1 * squares(step.action) -
      Math.min(10, 5e-7 * squares(step.recorded("cfrc_ext"))),
    observation: humanoidObservation(step),
  }),
  "InvertedPendulum-v5": ({ qpos, qvel }) => {
    const fallen = Math.abs(qpos[1]!) > 0.2;
    return { reward: fallen ? 0 : 1, observation: [...qpos, ...qvel], terminated: fallen };
  },
  "InvertedDoublePendulum-v5": ({ qpos, qvel, site: [tipX, , tipY] }) => {
    const [x, first, second] = qpos as [number, number, number];
    expect(tipX).toBeCloseTo(x + 0.6 * Math.sin(first) + 0.6 * Math.sin(first + second), 2);
    expect(tipY).toBeCloseTo(0.6 * Math.cos(first) + 0.6 * Math.cos(first + second), 2);
    const penalties = 0.01 * square(tipX!) + square(tipY! - 2) + 1e-3 * square(qvel[1]!) + 5e-3 * square(qvel[2]!);
    return {
      reward: (tipY! > 1 ? 10 : 0) - penalties,
      // The constraint force at the cart is 0 inside of the rail.
      observation: [x, Math.sin(first), Math.sin(second), Math.cos(first), Math.cos(second), ...clipped(qvel, 10), 0],
      terminated: tipY! <= 1,
    };
  },
  "Swimmer-v5": (step) => ({
    reward: forward(step) - 1e-4 * squares(step.action),
    observation: [...step.qpos.slice(2), ...step.qvel],
  }),
  "Reacher-v5": ({ qpos, qvel, action, xpos }) => {
    const [first, second, targetX, targetY] = qpos as [number, number, number, number];
    // Bodies 3 and 4: the tip at the end of two links, and the target.
    const away = [xpos[9]! - xpos[12]!, xpos[10]! - xpos[13]!];
    expect(away[0]).toBeCloseTo(0.1 * Math.cos(first) + 0.11 * Math.cos(first + second) - targetX, 3);
    expect(away[1]).toBeCloseTo(0.1 * Math.sin(first) + 0.11 * Math.sin(first + second) - targetY, 3);
    return {
      reward: -Math.sqrt(squares(away)) - squares(action),
      observation: [
        Math.cos(first), Math.cos(second), Math.sin(first), Math.sin(second), targetX, targetY, qvel[0]!, qvel[1]!,
        ...away,
      ],
    };
  },
};

function humanoidObservation({ qpos, qvel, recorded }: Step): number[] {
  return [
    ...qpos.slice(2), ...qvel, ...recorded("cinert").slice(10), ...recorded("cvel").slice(6),
    ...recorded("qfrc_actuator").slice(6), ...recorded("cfrc_ext").slice(6),
  ];
}

interface Places {
  readonly xpos: readonly number[];
  readonly site: readonly number[];
}

/** Where MuJoCo puts bodies and the first site: at the start of an episode, and after each of its first steps. */
async function placesOf(name: string, episode: MujocoEpisode, steps: number): Promise<Places[]> {
  const mujoco = await loadMujoco();
  const task = tasks[name]!;
  const model = mujoco.MjModel.from_xml_string(task.model(task.defaults));
  const data = new mujoco.MjData(model);
  data.qpos.set(episode.qpos0);
  data.qvel.set(episode.qvel0);
  mujoco.mj_forward(model, data);
  const places = (): Places => ({ xpos: Array.from(data.xpos), site: Array.from(data.site_xpos) });
  const all = [places()];
  for (let t = 0; t < steps; t++) {
    data.ctrl.set(episode.actions[t]!);
    for (let i = 0; i < golden.tasks[name]!.frameSkip; i++) mujoco.mj_step(model, data);
    all.push(places());
  }
  data.delete();
  model.delete();
  return all;
}

function stepOf(name: string, episode: MujocoEpisode, t: number, places: readonly Places[]): Step {
  const { frameSkip, model } = golden.tasks[name]!;
  return {
    dt: model.timestep * frameSkip, timestep: model.timestep, mass: model.body_mass,
    action: episode.actions[t]!,
    before: { qpos: t === 0 ? episode.qpos0 : episode.qpos[t - 1]! },
    qpos: episode.qpos[t]!, qvel: episode.qvel[t]!,
    xpos: places[t + 1]!.xpos, xposBefore: places[t]!.xpos, site: places[t + 1]!.site,
    recorded: (array) => episode[array]![t]!,
    recordedBefore: (array) => episode[array]![t - 1]!,
  };
}

describe.each(Object.entries(worked))("%s", (name, work) => {
  test("gives the reward, observation and end that two recorded steps work out to", async () => {
    const { episodes } = golden.tasks[name]!;
    const env = await makeEnv(name);
    for (const episode of episodes.slice(0, 2)) {
      env.reset({ seed: 0 });
      env.state = [...episode.qpos0, ...episode.qvel0];
      const places = await placesOf(name, episode, 3);
      for (let t = 0; t < 3; t++) {
        const { observation, reward, terminated } = env.step(episode.actions[t]!);
        const wanted = t === 0 && name === "Humanoid-v5" ? undefined : work(stepOf(name, episode, t, places));
        if (wanted) {
          expect(reward, `reward, step ${t}`).toBeCloseTo(wanted.reward, 8);
          expect(observation.length).toBe(wanted.observation.length);
          const scale = (x: number): number => Math.max(1, Math.abs(x));
          wanted.observation.forEach((value, i) => {
            const difference = Math.abs(observation[i]! - value) / scale(value);
            expect(difference, `observation[${i}], step ${t}`).toBeLessThan(1e-6);
          });
          expect(terminated).toBe(wanted.terminated ?? false);
        }
        if (terminated) break;
      }
    }
    env.close();
  });

  test("is listed with its sizes, limits and every option that it has", async () => {
    const entry = list("envs").find((each) => each.name === name)!;
    const env = await makeEnv(name);
    expect(entry.observationSpace).toEqual(env.observationSpace);
    expect(entry.actionSpace).toEqual(env.actionSpace);
    expect(entry.maxEpisodeSteps).toBe(env.maxEpisodeSteps);
    expect([...entry.options].sort()).toEqual(Object.keys(tasks[name]!.defaults).sort());
    env.close();
  });
});
