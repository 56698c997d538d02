import { expect, it } from "vitest";
import { algorithms } from "../../src/algorithms/registry.ts";
import { createTrainer } from "../../src/index.ts";
import { countedOptions } from "../support/counted-training.ts";
import { countIterations, rows, sizesOf } from "../support/counted-iterations.ts";
import { maskedWalk } from "../support/training-environments.ts";

it("every algorithm has its counts", () => {
  expect(Object.keys(rows)).toEqual(algorithms.map(({ id }) => id));
});

countIterations("continuous");

it.each(["mdpo", "ppo", "sac"])("%s where actions are forbidden: 20 iterations and a checkpoint take no memory",
  async (algorithm) => {
    const trainer = await createTrainer(maskedWalk, { ...countedOptions, algorithm, device: "wasm", steps: 1e6 });
    const before = sizesOf(trainer);
    for (let i = 0; i < 20; i++) await trainer.update();
    await trainer.checkpoint();
    expect(sizesOf(trainer)).toEqual(before);
    trainer.dispose();
  });
