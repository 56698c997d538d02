import { describe, expect, it } from "vitest";
import { checkEnv, evaluate, train } from "../../src/index.ts";
import { ownTasks } from "../support/own-environments.ts";

// Environments of one's own, with nothing said about them. `npm run learning` has all of them with more steps and
// seeds; here those that are learned within seconds.

const quick = ["KeyAndDoor", "MazeGrid"];

describe("without hyperparameters", () => {
  for (const { name, make, learned } of ownTasks.filter((task) => quick.includes(task.name))) {
    it.each(["mdpo", "ppo", "trpo"])(`${name} is learned by %s`, async (algorithm) => {
      const { policy } = await train(make, { algorithm, steps: 30_000, device: "wasm" });
      const { mean } = await evaluate(policy, make);
      expect(mean).toBeGreaterThanOrEqual(learned);
    });
  }
});

it.each(ownTasks)("$name is a sound environment", async ({ make }) => {
  await checkEnv(make());
});

it("evaluation ends where a policy runs in circles and nothing ends the episode", async () => {
  const { policy } = await train("CliffWalking-v1", { steps: 64, envs: 1, device: "wasm" });
  const { meanLength } = await evaluate(policy, undefined, { episodes: 3, maxEpisodeSteps: 200 });
  expect(meanLength).toBeLessThanOrEqual(200);
});
