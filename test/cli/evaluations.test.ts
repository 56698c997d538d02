import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCheckpoint } from "../../src/algorithms/checkpoint.ts";
import type { EvaluationRecord } from "../../src/cli/run-folder.ts";
import type { TrainSummary } from "../../src/cli/train.ts";
import { buildCommandLine, type CommandLine } from "./harness.ts";

// Runs that are evaluated while they train; and folders that one process at a time writes.

let fake: CommandLine;
let real: CommandLine;
beforeAll(async () => {
  [fake, real] = await Promise.all([buildCommandLine(), buildCommandLine("src/index.ts")]);
});
afterAll(() => {
  fake.remove();
  real.remove();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const lines = (text: string) => text.trimEnd().split("\n");
const summaryOf = (stdout: string) => JSON.parse(lines(stdout).at(-1)!) as TrainSummary;
const evaluationsIn = (cli: CommandLine, folder: string) =>
  lines(readFileSync(join(cli.folder, folder, "evaluations.jsonl"), "utf8"))
    .map((line) => JSON.parse(line) as EvaluationRecord);

describe("train --evaluate-every", () => {
  const plan = ["--evaluate-every", "250", "--evaluate-episodes", "3"];
  const words = ["train", "E", "--steps", "1000", ...plan];

  it("evaluates when a multiple is passed, and at the end over 100 episodes", async () => {
    const { stdout, stderr } = await fake.run([...words, "--out", "a"]);
    expect(stderr).toBe("");
    const records = evaluationsIn(fake, "a");
    // 100 steps an update: 250, 500 and 750 are passed at 300, 500 and 800.
    expect(records.map(({ step, episodes }) => [step, episodes])).toEqual([[300, 3], [500, 3], [800, 3], [1000, 100]]);
    expect(lines(stdout).filter((line) => line.startsWith("evaluation at step "))).toHaveLength(3);
    expect(stdout).toContain(`evaluation at step 300: return ${records[0]!.mean.toFixed(1)} ± 0.5 over 3 episodes`);
    expect(readFileSync(join(fake.folder, "a/curve.svg"), "utf8")).toContain(">mdpo, evaluated<");
  });

  it("continues with the same plan, and repeats nothing when the run is complete", async () => {
    await fake.run([...words, "--out", "b", "--quiet"]);
    const before = evaluationsIn(fake, "b");
    await fake.run(["train", "--resume", "b", "--quiet"]);
    expect(evaluationsIn(fake, "b")).toEqual(before);
    const other = await fake.run(["train", "--resume", "b", "--evaluate-every", "100"]);
    expect(other.code).toBe(1);
    expect(other.stderr).toContain("the run in b has --evaluate-every 250 --evaluate-episodes 3; leave them out");
    expect((await fake.run(["train", "--resume", "b", ...plan])).code).toBe(0);
  });

  it("needs --evaluate-every for --evaluate-episodes", async () => {
    expect(await fake.run(["train", "E", "--evaluate-episodes", "3"])).toMatchObject(
      { code: 2, stderr: "bregman: --evaluate-episodes needs --evaluate-every N, which says when\n" });
  });

  it("has the same evaluations after interruptions and kills as without", async () => {
    const long = ["train", "E", "--steps", "6000", "--evaluate-every", "500", "--checkpoint-every", "0", "--quiet"];
    await fake.run([...long, "--out", "whole"]);
    const start = () => fake.start(existsSync(join(fake.folder, "torn")) ? ["train", "--resume", "torn", "--quiet"]
      : [...long, "--out", "torn"], { FAKE_UPDATE_MS: "4" });
    for (const signal of ["SIGINT", "SIGKILL", "SIGKILL", "SIGINT"] as const) {
      const running = start();
      await pause(190);
      running.kill(signal);
      await running.ended;
    }
    expect((await start().ended).code).toBe(0);
    expect(evaluationsIn(fake, "torn")).toEqual(evaluationsIn(fake, "whole"));
  });

  const tiny = ["train", "CartPole-v1", "--envs", "4", "--set", "horizon=32", "--set", "innerSteps=2",
    "--set", "valueEpochs=1", "--set", "networks={\"hidden\":[8]}", "--device", "wasm", "--seed", "3"];

  it("leaves the bits of training as they are", async () => {
    const short = [...tiny, "--steps", "1280", "--json", "--quiet"];
    const plain = summaryOf((await real.run(short)).stdout);
    const evaluated = summaryOf((await real.run([...short, "--evaluate-every", "200", "--out", "c"])).stdout);
    expect(evaluated.stateHash).toBe(plain.stateHash);
    expect(evaluated.evaluation).toEqual(plain.evaluation);
    const records = evaluationsIn(real, "c");
    // 128 steps an update.
    expect(records.map(({ step }) => step)).toEqual([256, 512, 640, 896, 1024, 1280]);
    expect(records.at(-1)).toEqual({ step: 1280, ...plain.evaluation });
  });

  it("writes a checkpoint with each evaluation, so that a kill loses one interval at most", async () => {
    const running = real.start([...tiny, "--steps", "1000000", "--evaluate-every", "1280", "--evaluate-episodes", "1",
      "--checkpoint-every", "100000", "--out", "d"]);
    await running.shows("evaluation at step 2,560");
    await running.shows("evaluation at step 3,840");
    running.kill("SIGKILL");
    await running.ended;
    const { iteration } = readCheckpoint(new Uint8Array(readFileSync(join(real.folder, "d/checkpoint.safetensors"))));
    expect(iteration * 128).toBeGreaterThanOrEqual(2560);
    expect((iteration * 128) % 1280).toBe(0);
  });
});

describe("a folder that a run is writing", () => {
  it("is refused to others until that run ends, however it ends", async () => {
    const running = fake.start(["train", "E", "--steps", "100000", "--out", "busy"], { FAKE_UPDATE_MS: "5" });
    while (!existsSync(join(fake.folder, "busy"))) await pause(10);
    for (const words of [["--resume", "busy"], ["E", "--out", "busy"]]) {
      const refused = await fake.run(["train", ...words]);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain(`busy is in use: process ${running.pid} writes there`);
    }
    running.kill("SIGKILL");
    await running.ended;
    expect(readdirSync(join(fake.folder, "busy"))).toContain("lock");
    const resumed = fake.start(["train", "--resume", "busy"], { FAKE_UPDATE_MS: "5" });
    await resumed.shows("step ");
    resumed.kill("SIGINT");
    expect((await resumed.ended).code).toBe(130);
    expect(readdirSync(join(fake.folder, "busy"))).not.toContain("lock");
  });

  it("is free when its lock says nothing that makes sense", async () => {
    await fake.run(["train", "E", "--out", "odd", "--quiet"]);
    for (const content of ["", "not a number", "0", "-7"]) {
      writeFileSync(join(fake.folder, "odd/lock"), content);
      expect((await fake.run(["train", "--resume", "odd", "--quiet"])).code).toBe(0);
    }
  });

  it("is left by the runs of a comparison that is killed, at once", async () => {
    const words = ["compare", "CartPole-v1", "--algorithms=mdpo", "--seeds=2", "--steps=20000", "--out=led",
      "--jobs=2"];
    const running = fake.start(words, { FAKE_UPDATE_MS: "10" });
    const folders = ["led/mdpo/seed-0", "led/mdpo/seed-1"].map((name) => join(fake.folder, name));
    while (!folders.every((folder) => existsSync(folder))) await pause(10);
    running.kill("SIGKILL");
    await running.ended;
    const began = performance.now();
    while (folders.some((folder) => readdirSync(folder).includes("lock")) && performance.now() - began < 10_000) {
      await pause(10);
    }
    expect(folders.flatMap((folder) => readdirSync(folder)).filter((name) => name === "lock")).toEqual([]);
    expect((await fake.run(words)).code).toBe(0);
  });
});
