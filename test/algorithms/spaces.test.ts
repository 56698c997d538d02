import { describe, expect, it } from "vitest";
import { train } from "../../src/index.ts";
import { maskedWalk, target } from "../support/training-environments.ts";

describe("every kind of space trains", () => {
  const box = { kind: "box", shape: [2], low: -1, high: 1 } as const;
  it.each([
    ["multi-discrete actions",
      target(box, [0.5, -0.5], { kind: "multi-discrete", nvec: [2, 3] }, (a) => a[0] === 1 && a[1] === 2), [1, 2]],
    ["multi-binary actions", target(box, [0.5, -0.5], { kind: "multi-binary", n: 2 }, (a) => a[0] === 0 && a[1] === 1),
      [0, 1]],
    ["discrete actions from 3", target(box, [0.5, -0.5], { kind: "discrete", n: 2, start: 3 }, (a) => a === 4), 4],
    ["dict observations", target({ kind: "dict", spaces: { where: box, which: { kind: "discrete", n: 3, start: 1 } } },
      { where: [0.1, 0.2], which: 2 }, { kind: "discrete", n: 2 }, (a) => a === 0), 0],
    ["tuple observations", target({ kind: "tuple", spaces: [box, { kind: "multi-binary", n: 2 }] },
      [[0.1, 0.2], [1, 0]], { kind: "discrete", n: 2 }, (a) => a === 1), 1],
    ["multi-discrete observations", target({ kind: "multi-discrete", nvec: [2, 3] }, [1, 2], { kind: "discrete", n: 2 },
      (a) => a === 1), 1],
    ["multi-binary observations", target({ kind: "multi-binary", n: 3 }, [1, 0, 1], { kind: "discrete", n: 2 },
      (a) => a === 0), 0],
    ["a box of rank 2", target({ kind: "box", shape: [2, 2], low: 0, high: 9 }, [1, 2, 3, 4],
      { kind: "discrete", n: 2 }, (a) => a === 0), 0],
  ] as const)("%s", async (_, environment, best) => {
    const observation = environment().reset().observation;
    const { policy, history } = await train(environment, {
      envs: 4, steps: 2560, hyperparameters: { horizon: 32, learningRate: 0.02, networks: { hidden: [16] } },
    });
    expect(history[history.length - 1]!.meanReturn).toBeGreaterThan(history[0]!.meanReturn!);
    const action = policy.act(observation);
    expect(typeof action === "number" ? action : [...action]).toEqual(best);
  });

  it("continuous actions reach the environment inside their box", async () => {
    const seen: number[] = [];
    const environment = target(box, [0.5, 0.5], { kind: "box", shape: [1], low: -0.25, high: 0.5 }, (a) => {
      seen.push(a[0]);
      return a[0] > 0.3;
    });
    for (const squash of [false, true]) {
      const hyperparameters = { horizon: 32, squash, networks: { hidden: [8] } };
      await train(environment, { envs: 2, steps: 256, hyperparameters });
    }
    expect([Math.min(...seen), Math.max(...seen)]).toEqual([-0.25, 0.5]);
  });

  it("action masks are honoured: the walk throws where a forbidden action is chosen", async () => {
    for (const algorithm of ["mdpo", "ppo", "trpo"]) {
      const { policy, history } = await train(maskedWalk, {
        algorithm, envs: 4, steps: 2560,
        hyperparameters: { horizon: 32, learningRate: 0.01, networks: { hidden: [16] } },
      });
      expect(history[history.length - 1]!.meanLength).toBeLessThan(15);
      expect(policy.act(0, { actionMask: [1, 0, 1] })).toBe(7);
    }
  });

  it("a plain object is one copy", async () => {
    const { summary } = await train(maskedWalk(),
      { steps: 64, hyperparameters: { horizon: 32, networks: { hidden: [8] } } });
    expect(summary).toMatchObject({ env: "MaskedWalk", steps: 64 });
    await expect(train(maskedWalk(), { envs: 2 })).rejects.toMatchObject({ code: "invalid-option" });
  });
});
