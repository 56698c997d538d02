import { expect, it } from "vitest";
import { makeCatch, policy, summary } from "../../examples/own-environment.ts";

it("an own environment is learned, and its policy acts on raw observations", () => {
  expect(summary.meanReturn).toBeGreaterThan(0.8);
  const env = makeCatch();
  const caught = Array.from({ length: 50 }, (_, seed) => {
    let { observation } = env.reset({ seed: 1000 + seed });
    for (;;) {
      const result = env.step(policy.act(observation));
      if (result.terminated) return result.reward;
      observation = result.observation;
    }
  });
  expect(caught.filter((reward) => reward === 1).length).toBeGreaterThanOrEqual(48);
});
