import { expect, it } from "vitest";
import { learnToCatch, makeCatch } from "../../examples/own-environment.ts";

it("an own environment is learned, and its policy acts on raw observations", async () => {
  const policy = await learnToCatch(40_000);
  const env = makeCatch();
  const caught = Array.from({ length: 50 }, (_, seed) => {
    let { observation } = env.reset({ seed: 1000 + seed });
    for (;;) {
      const result = env.step(policy.act(observation) as number);
      if (result.terminated) return result.reward;
      observation = result.observation;
    }
  });
  expect(caught.filter((reward) => reward === 1).length).toBeGreaterThanOrEqual(45);
});
