import type { Environment, StepResult } from "../../src/envs/environment.ts";
import type { Space } from "../../src/envs/spaces.ts";

/**
 * A walk on 0..9 from the middle, with a seeded first push; ends at either side. The faults of tests are put over it.
 */
export function lineWalk(faults: Record<string, unknown> = {}): Environment {
  let position = 5;
  let steps = 0;
  let random = 1;
  const next = () => (random = (random * 48271) % 2147483647);
  return {
    name: "LineWalk",
    observationSpace: { kind: "box", shape: [2], low: [0, 0], high: [9, 100] },
    actionSpace: { kind: "discrete", n: 2 },
    reset({ seed } = {}) {
      if (seed !== undefined) random = (seed % 2147483646) + 1;
      position = 3 + (next() % 4);
      steps = 0;
      return { observation: [position, steps], info: {} };
    },
    step(action: number): StepResult {
      position += action === 1 ? 1 : -1;
      steps++;
      const terminated = position === 0 || position === 9;
      const reward = position === 9 ? 1 : 0;
      return { observation: [position, steps], reward, terminated, truncated: steps >= 50, info: {} };
    },
    save: () => new Uint8Array(Int32Array.of(position, steps, random).buffer),
    restore(bytes: Uint8Array) {
      [position, steps, random] = new Int32Array(bytes.slice().buffer) as unknown as [number, number, number];
    },
    ...faults,
  };
}

/** An environment that gives constant values of any spaces; `result` overrides parts of what step returns. */
export function constant(
  observationSpace: Space, observation: unknown, actionSpace: Space, result: object = {},
): Environment {
  return {
    name: "Constant",
    observationSpace,
    actionSpace,
    reset: () => ({ observation, info: {} }),
    step: () => ({ observation, reward: 0, terminated: false, truncated: false, info: {}, ...result }),
  };
}
