import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCheckpoint } from "../../src/algorithms/checkpoint.ts";
import { createTrainer, load } from "../../src/index.ts";
import type { TrainSummary } from "../../src/cli/train.ts";
import { numbers } from "../support/values.ts";
import { buildCommandLine, type CommandLine } from "./harness.ts";

// A run that is ended by SIGKILL at ten moments, and resumed each time, against one that nobody disturbed.

let cli: CommandLine;
beforeAll(async () => { cli = await buildCommandLine("src/index.ts"); });
afterAll(() => cli.remove());

const kills = 10;
const updates = 150;
/** 4 copies x 32 steps an update; a checkpoint after each of them, so that many kills fall into the writing of one. */
const run = [
  "train", "CartPole-v1", "--seed", "5", "--envs", "4", "--steps", String(updates * 128), "--device", "wasm",
  "--set", "horizon=32", "--set", "innerSteps=5", "--set", "networks={\"hidden\":[16]}", "--set", "valueEpochs=2",
  "--checkpoint-every", "0",
];
const seed = Date.now() % 100_000;

const summaryOf = (stdout: string): TrainSummary => JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as TrainSummary;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The steps of metrics.jsonl. */
const recorded = (folder: string): number[] =>
  readFileSync(join(folder, "metrics.jsonl"), "utf8").trimEnd().split("\n").filter(Boolean)
    .map((line) => JSON.parse(line).step as number);

/** Whatever the moment, what is on the disk can be used. Returns the iteration that was reached. */
async function checkFolder(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const bytes = new Uint8Array(readFileSync(join(folder, "checkpoint.safetensors")));
  const { iteration } = readCheckpoint(bytes);
  const trainer = await createTrainer(undefined, { resume: bytes });
  expect(trainer.iteration).toBe(iteration);
  trainer.dispose();
  const policy = join(folder, "policy.safetensors");
  if (existsSync(policy)) {
    expect((await load(new Uint8Array(readFileSync(policy)))).parametersHash()).toMatch(/^[0-9a-f]{64}$/);
  }
  return iteration;
}

describe("a run that is killed", () => {
  it(`${kills} times at random moments (seed ${seed}) ends with the state of one that was not`, async () => {
    const undisturbed = await cli.run([...run, "--out", "whole", "--json", "--quiet"]);
    expect(undisturbed.stderr).toBe("");
    const whole = summaryOf(undisturbed.stdout);

    const folder = join(cli.folder, "killed");
    const next = numbers(seed);
    const reached: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const process = cli.start(existsSync(folder) ? ["train", "--resume", "killed", "--checkpoint-every", "0"]
        : [...run, "--out", "killed"]);
      // Two of ten while the process starts; the others while it trains and writes.
      if (kill % 5 === 4) await pause(400 * next());
      else {
        await Promise.race([process.shows("CartPole-v1"), process.ended]);
        await pause(100 * next());
      }
      process.kill("SIGKILL");
      await process.ended;
      reached.push(await checkFolder(folder));
    }
    const ascending = [...reached].sort((a, b) => a - b);
    expect(reached).toEqual(ascending);
    expect(reached.at(-1)).toBeGreaterThan(0);

    const resumed = await cli.run(["train", "--resume", "killed", "--json", "--quiet"]);
    expect(resumed.stderr).toBe("");
    const { stateHash, parametersHash, evaluation, steps, meanReturn } = summaryOf(resumed.stdout);
    expect({ stateHash, parametersHash, evaluation, steps, meanReturn }).toEqual({
      stateHash: whole.stateHash, parametersHash: whole.parametersHash, evaluation: whole.evaluation,
      steps: whole.steps, meanReturn: whole.meanReturn,
    });
    // No update is missing from the record, and none is in it twice.
    expect(recorded(folder)).toEqual(recorded(join(cli.folder, "whole")));
    expect(recorded(folder)).toHaveLength(updates);
    expect(readdirSync(folder).filter((name) => name.includes("unfinished"))).toEqual([]);
    console.log(`killed at iterations ${reached.join(", ")} of ${updates}`);
  }, 120_000);
});
