// An environment of one's own is a plain object with spaces, `reset` and `step`; a function that makes one lets copies
// run in parallel. This one: a thrown ball is to be caught by moving a paddle left, right, or not at all.
import { checkEnv, train, type Environment, type Policy } from "bregman";

export function makeCatch(): Environment<number[], number> {
  const [width, height] = [9, 10];
  let [ball, drop, paddle, random] = [0, 0, 0, 1];
  const observation = () => [ball / width, drop / height, paddle / width];
  return {
    name: "Catch",
    observationSpace: { kind: "box", shape: [3], low: 0, high: 1 },
    actionSpace: { kind: "discrete", n: 3 },
    reset({ seed } = {}) {
      if (seed !== undefined) random = (seed % 2147483646) + 1;   // all randomness comes from the seed
      random = (random * 48271) % 2147483647;
      [ball, drop, paddle] = [random % width, 0, Math.floor(width / 2)];
      return { observation: observation(), info: {} };
    },
    step(action) {
      paddle = Math.min(width - 1, Math.max(0, paddle + action - 1));
      drop += 1;
      const terminated = drop === height - 1;
      const reward = terminated ? (paddle === ball ? 1 : -1) : 0;
      return { observation: observation(), reward, terminated, truncated: false, info: {} };
    },
  };
}

/** Checks the environment and trains on it. */
export async function learnToCatch(steps: number): Promise<Policy> {
  checkEnv(makeCatch);   // throws, naming every fault
  const { policy } = await train(makeCatch, { algorithm: "mdpo", steps, seed: 0 });
  return policy;         // policy.act([0.4, 0.2, 0.5]) is 0, 1 or 2
}
