// Own environments to train on, small enough that an iteration takes milliseconds.
import type { Environment, StepResult } from "../../src/envs/environment.ts";
import type { Space } from "../../src/envs/spaces.ts";

/** A seeded stream: Lehmer's generator, whose state can be saved. */
const next = (random: number): number => (random * 48271) % 2147483647;

/**
 * A walk on 0..6 to the right end; actions count from 5 (stay, left, right), and `info.actionMask` forbids the step
 * over an end. Stepping over one is a fault of whoever chose it.
 */
export function maskedWalk(): Environment {
  let [position, steps, random] = [0, 0, 1];
  const result = () => ({
    observation: position,
    info: { actionMask: Uint8Array.of(1, Number(position > 0), Number(position < 6)) },
  });
  return {
    name: "MaskedWalk",
    observationSpace: { kind: "discrete", n: 7 },
    actionSpace: { kind: "discrete", n: 3, start: 5 },
    reset({ seed } = {}) {
      if (seed !== undefined) random = (seed % 2147483646) + 1;
      random = next(random);
      [position, steps] = [random % 3, 0];
      return result();
    },
    step(action: number): StepResult {
      if (action < 5 || action > 7) throw new Error(`action ${action} is outside of its space`);
      position += [0, -1, 1][action - 5]!;
      if (position < 0 || position > 6) throw new Error("a forbidden action was chosen");
      steps++;
      const terminated = position === 6;
      return { ...result(), reward: terminated ? 1 : -0.01, terminated, truncated: !terminated && steps >= 30 };
    },
    save: () => new Uint8Array(Int32Array.of(position, steps, random).buffer),
    restore(bytes) {
      [position, steps, random] = [...new Int32Array(bytes.slice().buffer)] as [number, number, number];
    },
  };
}

/** The same without `save` and `restore`. */
export function forgetfulWalk(): Environment {
  const { save: _save, restore: _restore, ...rest } = maskedWalk();
  return { ...rest, name: "ForgetfulWalk" };
}

/** Gives back `observation`, and a reward of 1 for the action that `isGood`; episodes are cut after eight steps. */
export function target(
  observationSpace: Space, observation: unknown, actionSpace: Space, isGood: (action: any) => boolean,
): () => Environment {
  return () => {
    let steps = 0;
    return {
      name: "Target",
      observationSpace,
      actionSpace,
      reset() {
        steps = 0;
        return { observation, info: {} };
      },
      step(action): StepResult {
        steps++;
        return { observation, reward: isGood(action) ? 1 : 0, terminated: false, truncated: steps % 8 === 0, info: {} };
      },
    };
  };
}
