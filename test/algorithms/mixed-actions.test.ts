import { describe, expect, it } from "vitest";
import { createTrainer, evaluate, load, train, type Environment } from "../../src/index.ts";
import { algorithms } from "../../src/algorithms/registry.ts";
import { isOffPolicy } from "../../src/algorithms/algorithm.ts";

// Actions as games have them: a stick, a trigger, a weapon.

interface Controls {
  move: Float32Array;
  fire: number;
  weapon: Int32Array;
}

/** Rewards moving to the right, firing (7) and the weapons 2 and 0; the mask forbids weapon 0 as the first choice. */
function shooter(masked = false): Environment<number[], Controls> {
  let steps = 0;
  const info = () => (masked ? { actionMask: [1, 1, 0, 1, 1, 1, 1] } : {});
  return {
    name: "Shooter",
    observationSpace: { kind: "box", shape: [1], low: 0, high: 1 },
    actionSpace: { kind: "dict", spaces: {
      move: { kind: "box", shape: [2], low: -1, high: 1 },
      fire: { kind: "discrete", n: 2, start: 6 },
      weapon: { kind: "multi-discrete", nvec: [3, 2] },
    } },
    reset() {
      steps = 0;
      return { observation: [0.5], info: info() };
    },
    step({ move, fire, weapon }) {
      if (fire < 6 || fire > 7 || Math.abs(move[0]!) > 1) throw new Error("an action outside of its space");
      if (masked && weapon[0] === 0) throw new Error("a forbidden action was chosen");
      steps++;
      const reward = (move[0]! + Number(fire === 7) + Number(weapon[0] === 2) + Number(weapon[1] === 0)) / 4;
      return { observation: [0.5], reward, terminated: false, truncated: steps === 8, info: info() };
    },
  };
}

const small = { horizon: 32, learningRate: 0.02, networks: { hidden: [16] } };

describe("an action of discrete and continuous parts", () => {
  const methods = algorithms.filter((algorithm) => !isOffPolicy(algorithm)).map(({ id }) => id);

  it.each(methods)("is taken by %s", async (algorithm) => {
    const { policy } = await train(() => shooter(), { algorithm, envs: 2, steps: 192, hyperparameters: small });
    const { move, fire, weapon } = policy.act<Controls>([0.5]);
    expect([move.length, weapon.length]).toEqual([2, 2]);
    expect([6, 7]).toContain(fire);
  });

  it.each(["mdpo", "ppo", "trpo", "a2c"])("is learned by %s, under a mask too", async (algorithm) => {
    const steps = algorithm === "a2c" ? 12_000 : 6_000;
    for (const masked of [false, true]) {
      const { policy } = await train(() => shooter(masked), { algorithm, envs: 4, steps, hyperparameters: small });
      const actionMask = masked ? [1, 1, 0, 1, 1, 1, 1] : undefined;
      const { move, fire, weapon } = policy.act<Controls>([0.5], { actionMask });
      expect(move[0]).toBeGreaterThan(0.3);
      expect([fire, ...weapon]).toEqual([7, 2, 0]);
    }
  });

  it("goes through a file, batches and an evaluation as it was", async () => {
    const { policy } = await train(() => shooter(), { envs: 2, steps: 2000, hyperparameters: small });
    const again = await load(policy.save());
    expect(again.parametersHash()).toBe(policy.parametersHash());
    expect(again.act([0.5])).toEqual(policy.act([0.5]));
    const { move, fire, weapon } = again.act<Controls>([0.5]);
    expect([...again.actBatch([[0.5], [0.5]], 2)]).toEqual([...move, fire, ...weapon, ...move, fire, ...weapon]);
    const { mean } = await evaluate(again, () => shooter(), { episodes: 3 });
    expect(mean).toBeGreaterThan(3);
    expect(() => again.act([0.5], { actionMask: [1] })).toThrow(/7 entries/);
    expect(() => again.act([0.5], { actionMask: [1, 1, 0, 0, 0, 1, 1] })).toThrow(/entries 2 to 4 .* allow nothing/);
  });

  it("resumes to the same bits", async () => {
    const options = { envs: 2, steps: 256, hyperparameters: { ...small, squash: true } };
    const whole = await train(() => shooter(), options);
    const half = await createTrainer(() => shooter(), options);
    await half.update();
    const saved = await half.checkpoint();
    half.dispose();
    // What this environment forgets, the steps of an episode, is at its start when an iteration ends.
    const rest = await train(() => shooter(), { resume: saved });
    expect(rest.policy.parametersHash()).toBe(whole.policy.parametersHash());
  });

  it.each(["sac", "td3", "mdpo-off-policy"])("is refused by %s, which says who takes it", async (algorithm) => {
    await expect(train(() => shooter(), { algorithm, steps: 100 })).rejects.toMatchObject({
      code: "invalid-space",
      message: expect.stringMatching(/these are dict; on-policy methods \(mdpo, ppo, \.\.\.\) take them/),
    });
  });

  it("wants independent noise, and a policy of the same parts", async () => {
    const exploration = { kind: "autoregressive", correlation: 0.5 } as const;
    await expect(train(() => shooter(), { steps: 100, hyperparameters: { exploration } })).rejects.toThrow(/dict/);
    const { policy } = await train(() => shooter(), { envs: 1, steps: 64, hyperparameters: small });
    const other = (): Environment => ({ ...shooter(), actionSpace: { kind: "dict", spaces: {
      move: { kind: "box", shape: [3], low: -1, high: 1 }, fire: { kind: "discrete", n: 2, start: 6 },
      weapon: { kind: "multi-discrete", nvec: [3, 2] },
    } } });
    await expect(evaluate(policy, other)).rejects.toThrow(/move: box of 3/);
  });
});
