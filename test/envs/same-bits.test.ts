import { expect, test } from "vitest";
import { makeVectorEnv } from "../../src/envs/make-env.ts";
import { environmentNames } from "../../src/envs/registry.ts";
import { sample } from "../../src/envs/space-values.ts";
import { randomSource } from "../../src/random/streams.ts";

/** FNV-1a over bytes. */
function digest(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** The state of five copies after 1000 random steps with seed 7: the same in every engine and on every machine. */
const expected: Record<string, string> = {
  "CartPole-v1": "84809d5f",
  "Acrobot-v1": "849fcbb3",
  "MountainCar-v0": "620c3e0f",
  "MountainCarContinuous-v0": "91dc41e3",
  "Pendulum-v1": "373f3434",
  "FrozenLake-v1": "5857f4be",
  "FrozenLake8x8-v1": "459d06b4",
  "CliffWalking-v1": "498288cc",
  "Bandit-v0": "d454a4a8",
};

test.each(environmentNames)("%s ends in the same bits in every engine", async (name) => {
  const env = await makeVectorEnv(name, { count: 5, seed: 7 });
  const random = randomSource(7, "evaluation");
  for (let i = 0; i < 1000; i++) {
    for (let copy = 0; copy < 5; copy++) {
      const action = sample(env.actionSpace, random);
      env.actions[copy] = typeof action === "number" ? action : (action as Float32Array)[0]!;
    }
    env.step();
  }
  expect(digest(env.save())).toBe(expected[name]);
});
