import { describe, expect, test } from "vitest";
import { createTrainer, evaluate, load, makeEnv, makeVectorEnv } from "../../src/index.ts";
import { mujocoTasks } from "../../src/envs/mujoco/catalogue.ts";
import { SharedModel, Simulation } from "../../src/envs/mujoco/simulation.ts";
import { Draws } from "../../src/envs/mujoco/task.ts";
import { cosine, logarithm, sine } from "../../src/math/elementary.ts";
import { sha256 } from "../../src/io/sha256.ts";
import { handleCount, useMujoco } from "../../src/mujoco.ts";
import { loadMujoco } from "../support/mujoco.ts";
import { numbers } from "../support/values.ts";

const names = Object.keys(mujocoTasks);
const wave = (size: number, t: number): number[] =>
  Array.from({ length: size }, (_, i) => ((t * 7 + i * 3) % 11) / 5 - 1);

describe("copies side by side", () => {
  test.each(names)("%s goes on from a saved state to the same bits", async (name) => {
    const first = await makeVectorEnv(name, { count: 2, seed: 4, maxEpisodeSteps: 12 });
    const size = first.actions.length;
    for (let t = 0; t < 7; t++) first.step(wave(size, t));
    const saved = first.save();
    const second = await makeVectorEnv(name, { count: 2, seed: 99, maxEpisodeSteps: 12 });
    second.restore(saved);
    for (let t = 7; t < 20; t++) {
      first.step(wave(size, t));
      second.step(wave(size, t));
      expect(second.observations).toEqual(first.observations);
      expect(second.finalObservations).toEqual(first.finalObservations);
      expect(second.rewards).toEqual(first.rewards);
      expect(second.truncated).toEqual(first.truncated);
    }
    first.dispose();
    second.dispose();
  });

  test("begin the next episode in the step that ends one, and keep its final observation", async () => {
    const env = await makeVectorEnv("Swimmer-v5", { count: 3, seed: 1, maxEpisodeSteps: 4 });
    for (let t = 1; t <= 8; t++) {
      env.step(wave(6, t));
      expect([...env.truncated]).toEqual(t % 4 === 0 ? [1, 1, 1] : [0, 0, 0]);
      expect([...env.terminated]).toEqual([0, 0, 0]);
      const same = env.observations.every((x, i) => x === env.finalObservations[i]);
      expect(same).toBe(t % 4 !== 0);
    }
    env.dispose();
  });

  test("a copy lives through the same episodes however many there are", async () => {
    const one = await makeVectorEnv("Hopper-v5", { count: 1 });
    const three = await makeVectorEnv("Hopper-v5", { count: 3 });
    for (let t = 0; t < 60; t++) {
      one.step(wave(3, t));
      three.step([...wave(3, t), ...wave(3, t + 1), ...wave(3, t + 2)]);
      expect(three.observations.slice(0, 11)).toEqual(one.observations);
    }
    one.dispose();
    three.dispose();
  });

  test("handles are freed, twice safely, and the model with the last copy", async () => {
    const before = handleCount();
    const env = await makeVectorEnv("Ant-v5", { count: 3 });
    expect(handleCount()).toBe(before + 4);
    env.dispose();
    env.dispose();
    const single = await makeEnv("Hopper-v5");
    single.close();
    single.close();
    expect(handleCount()).toBe(before);
    await expect(makeVectorEnv("Hopper-v5", { count: 0 })).rejects.toMatchObject({ code: "invalid-option" });
    const unknown = createTrainer("Hopper-v5", { algorithm: "mdpp" });
    await expect(unknown).rejects.toMatchObject({ code: "unknown-algorithm" });
    expect(handleCount()).toBe(before);
    expect(() => single.reset()).toThrowError(expect.objectContaining({ code: "disposed" }));
    await expect(makeEnv("Hopper-v5", { frameSkip: 0 })).rejects.toMatchObject({ code: "invalid-option" });
    expect(handleCount()).toBe(before);
  });

  test("the same bits in every runtime", async () => {
    const all = new Float32Array(40 * 3);
    for (const [i, name] of ["Hopper-v5", "HalfCheetah-v5", "Humanoid-v5"].entries()) {
      const env = await makeVectorEnv(name, { seed: 5 });
      for (let t = 0; t < 40; t++) env.step(wave(env.actions.length, t).map((x) => x / 3));
      all.set(env.observations.subarray(0, 11), 40 * i);
      env.dispose();
    }
    const sameBits = "c0dfecc89f8f7bdfb8f3fe0c9b1254998652540cd25afa3e2f2c6b051786e5b2";
    expect(sha256(new Uint8Array(all.buffer))).toBe(sameBits);
  });
});


describe("one environment", () => {
  test("has the first states that Gymnasium describes", async () => {
    const env = await makeEnv("HalfCheetah-v5");
    const velocities: number[] = [];
    for (let seed = 0; seed < 200; seed++) {
      env.reset({ seed });
      const [qpos, qvel] = [env.state.subarray(0, 9), env.state.subarray(9)];
      expect(qpos.every((x) => Math.abs(x) <= 0.1)).toBe(true);
      velocities.push(...qvel);
    }
    const variance = velocities.reduce((sum, x) => sum + x * x, 0) / velocities.length;
    expect(Math.sqrt(variance)).toBeGreaterThan(0.095);
    expect(Math.sqrt(variance)).toBeLessThan(0.105);
    env.close();
    const reacher = await makeEnv("Reacher-v5");
    for (let seed = 0; seed < 50; seed++) {
      const { observation } = reacher.reset({ seed });
      expect(observation[4] ** 2 + observation[5] ** 2).toBeLessThan(0.04);
      expect([...reacher.state.slice(6)]).toEqual([0, 0]);
    }
    reacher.close();
  });

  test("a restored one draws the episodes that would have come next", async () => {
    const [one, other] = [await makeEnv("Hopper-v5", { seed: 5 }), await makeEnv("Hopper-v5", { seed: 6 })];
    one.reset();
    one.step([0, 0, 0]);
    other.restore(one.save());
    expect(other.reset()).toEqual(one.reset());
    one.close();
    other.close();
  });

  test("writing the state forgets what came before: the same steps follow", async () => {
    const [one, other] = [await makeEnv("Walker2d-v5"), await makeEnv("Walker2d-v5")];
    one.reset({ seed: 1 });
    other.reset({ seed: 2 });
    for (let t = 0; t < 5; t++) one.step(wave(6, t));
    const state = one.state;
    one.state = state;
    other.state = state;
    for (let t = 0; t < 5; t++) expect(one.step(wave(6, t))).toEqual(other.step(wave(6, t)));
    one.close();
    other.close();
  });

  test("limits the controls to the box, and takes the costs of the action that was given", async () => {
    const [inside, outside] = [await makeEnv("HalfCheetah-v5"), await makeEnv("HalfCheetah-v5")];
    inside.reset({ seed: 3 });
    outside.reset({ seed: 3 });
    const [a, b] = [inside.step([1, 1, -1, 1, 0, 0]), outside.step([2, 1, -5, 1, 0, 0])];
    expect(b.observation).toEqual(a.observation);
    expect(a.reward - b.reward).toBeCloseTo(0.1 * (4 + 25 - 1 - 1), 12);
    // Side by side, as in training, actions are clipped before: costs are those of the clipped ones.
    const copies = await makeVectorEnv("HalfCheetah-v5", { seed: 3 });
    copies.step([2, 1, -5, 1, 0, 0]);
    const clipped = await makeVectorEnv("HalfCheetah-v5", { seed: 3 });
    clipped.step([1, 1, -1, 1, 0, 0]);
    expect(copies.rewards).toEqual(clipped.rewards);
    for (const env of [copies, clipped]) env.dispose();
    for (const env of [inside, outside]) env.close();
  });

  test("options change what Gymnasium's change", async () => {
    const sizeOf = async (name: string, options: object): Promise<number> => {
      const env = await makeEnv(name, options);
      const { observation } = env.reset({ seed: 0 });
      env.close();
      return observation.length;
    };
    expect(await sizeOf("Ant-v5", { includeContactForcesInObservation: false })).toBe(27);
    expect(await sizeOf("Ant-v5", { excludeCurrentPositionsFromObservation: false })).toBe(107);
    expect(await sizeOf("Humanoid-v5", { includeInertiasInObservation: false })).toBe(348 - 130);
    const still = { resetNoiseScale: 0, controlCostWeight: 0, forwardRewardWeight: 0 };
    const rewardOf = async (options: object): Promise<number> => {
      const env = await makeEnv("Hopper-v5", { ...still, healthyZRange: [1.3, 2], ...options });
      env.reset();
      const { reward } = env.step([0, 0, 0]);
      env.close();
      return reward;
    };
    expect(await rewardOf({})).toBe(0);
    expect(await rewardOf({ healthyRewardAlways: true, healthyReward: 3 })).toBe(3);
  });

  test("bad options and actions are named, with what is accepted", async () => {
    const make = (options: object) => makeEnv("Hopper-v5", options);
    await expect(make({ healthyRewards: 2 })).rejects.toMatchObject(
      { code: "unknown-option", message: expect.stringContaining("healthyReward") });
    await expect(make({ healthyReward: "2" })).rejects.toMatchObject({ code: "invalid-option" });
    await expect(make({ healthyZRange: [2, 1] })).rejects.toMatchObject(
      { code: "invalid-option", message: expect.stringContaining("range") });
    await expect(make({ maxEpisodeSteps: 0 })).rejects.toMatchObject({ code: "invalid-option" });
    await expect(makeEnv("Hoper-v5")).rejects.toMatchObject(
      { code: "unknown-environment", message: expect.stringContaining("Hopper-v5") });
    const env = await make({});
    const coded = (code: string) => expect.objectContaining({ code });
    expect(() => env.step([0, 0, 0])).toThrowError(coded("invalid-state"));
    env.reset();
    expect(() => env.step([0, NaN, 0])).toThrowError(coded("invalid-action"));
    expect(() => env.step([0, 0])).toThrowError(coded("invalid-action"));
    expect(() => (env.state = new Array(5).fill(0))).toThrowError(coded("invalid-state"));
    env.close();
  });
});

describe("when MuJoCo fails", () => {
  test("a diverging simulation is an error with MuJoCo's warning and the step", async () => {
    const env = await makeEnv("HalfCheetah-v5");
    env.reset({ seed: 0 });
    env.step([0, 0, 0, 0, 0, 0]);
    const state = env.state;
    for (const [velocity, pattern] of [[1e11, /step 2 .*velocity.*warning 4/], [9e9, /step \d+ .*warning [345]/]]) {
      env.reset({ seed: 0 });
      env.step([0, 0, 0, 0, 0, 0]);
      state[12] = velocity as number;
      env.state = state;
      const saved = env.save();
      const diverge = (): void => { for (let t = 0; t < 200; t++) env.step([1, -1, 1, -1, 1, -1]); };
      const error = { code: "simulation-diverged", message: expect.stringMatching(pattern as RegExp) };
      expect(diverge).toThrowError(expect.objectContaining(error));
      // There is nothing to go on from, and what was saved before goes on as it would have.
      expect(() => env.step([0, 0, 0, 0, 0, 0])).toThrowError(expect.objectContaining({ code: "invalid-state" }));
      env.restore(saved);
      expect(diverge).toThrowError(expect.objectContaining(error));
      env.reset({ seed: 0 });
      const good = env.save();
      expect(env.step([0, 0, 0, 0, 0, 0]).terminated).toBe(false);
      env.restore(good);
      expect(env.step([0, 0, 0, 0, 0, 0]).terminated).toBe(false);
    }
    env.close();
  });

  test("a broken model is an error with MuJoCo's words", async () => {
    const mujoco = await loadMujoco() as never;
    expect(() => new SharedModel(mujoco, "<mujoco><worldbody><bdy/></worldbody></mujoco>", "Broken")).toThrowError(
      expect.objectContaining(
        { code: "invalid-model", message: expect.stringMatching(/Broken.*unrecognized element/s) }));
    const shared = new SharedModel(mujoco, "<mujoco><worldbody/></mujoco>", "Empty");
    new Simulation(shared, "Empty").dispose();
  });

  test("without MuJoCo the error says how to install it", async () => {
    try {
      const failing = (): never => {
        throw new Error("no");
      };
      const absent = [() => Promise.resolve({}), () => Promise.reject(new Error("404")), {}, failing];
      for (const source of absent) {
        useMujoco(source);
        await expect(makeEnv("Hopper-v5")).rejects.toMatchObject(
          { code: "missing-dependency", message: expect.stringContaining("npm install @mujoco/mujoco") });
      }
    } finally {
      useMujoco(loadMujoco);
    }
  });

  test("it can be handed in as the module, its default export or what that gives", async () => {
    const asModule = { default: loadMujoco };
    const sources = [loadMujoco, loadMujoco(), () => loadMujoco(), asModule, async () => asModule];
    for (const source of sources) {
      useMujoco(source as object);
      const env = await makeEnv("Reacher-v5");
      expect(env.reset({ seed: 1 }).observation.length).toBe(10);
      env.close();
    }
    useMujoco(loadMujoco);
  });
});

describe("training on a task", () => {
  test.each(["mdpo", "sac"])("%s learns, saves, evaluates and resumes to the same bits", async (algorithm) => {
    const options = {
      algorithm, device: "wasm", steps: 192, seed: 1, envs: 2,
      hyperparameters: {
        horizon: 32, warmupSteps: 40, batchSize: 8, networks: { hidden: [8] }, valueMinibatchSize: 16,
      },
    } as const;
    const whole = await createTrainer("Hopper-v5", options);
    await whole.update();
    const checkpoint = await whole.checkpoint();
    await whole.update();
    const resumed = await createTrainer("Hopper-v5", { resume: checkpoint });
    await resumed.update();
    expect(resumed.stateHash()).toBe(whole.stateHash());
    const policy = await load(whole.policy.save());
    const { returns } = await evaluate(policy, "Hopper-v5", { episodes: 3 });
    expect(returns).toEqual((await evaluate(whole.policy, undefined, { episodes: 3 })).returns);
    for (const trainer of [whole, resumed]) trainer.dispose();
  });
});

describe("numbers without the host's functions", () => {
  test("sine, cosine and logarithm are within two units in the last place", () => {
    const next = numbers(3);
    for (let i = 0; i < 2000; i++) {
      const x = (next() - 0.5) * 200;
      expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThan(4e-16);
      expect(Math.abs(cosine(x) - Math.cos(x))).toBeLessThan(4e-16);
      const y = next() * (i % 2 ? 1 : 1e-6) + 1e-12;
      expect(Math.abs(logarithm(y) - Math.log(y))).toBeLessThan(4e-16 * Math.max(1, Math.abs(Math.log(y))));
    }
  });

  test("normal draws have the moments of a normal distribution", () => {
    const random = new Draws(1);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const moment = (k: number): number => values.reduce((sum, x) => sum + x ** k, 0) / values.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.02);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(3))).toBeLessThan(0.08);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });
});
