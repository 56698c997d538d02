import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TrainSummary } from "../../src/cli/train.ts";
import { buildCommandLine, type CommandLine } from "./harness.ts";

let cli: CommandLine;
beforeAll(async () => { cli = await buildCommandLine(); });
afterAll(() => cli.remove());

const inFolder = (path: string) => join(cli.folder, path);
const lines = (text: string) => text.trimEnd().split("\n");
const summaryOf = (stdout: string) => JSON.parse(lines(stdout).at(-1)!) as TrainSummary;

/** What does not depend on the clock or on the folder. */
function lasting(summary: TrainSummary): Partial<TrainSummary> {
  const { seconds: _1, stepsPerSecond: _2, out: _3, ...rest } = summary;
  return rest;
}

describe("exit codes and messages", () => {
  it.each<[string[], number, RegExp]>([
    [["trian"], 2, /^bregman: unknown command "trian"; did you mean train\?/],
    [["train"], 2, /^bregman: ENV is missing/],
    [["train", "E", "--stesp", "1"], 2, /^bregman: unknown option --stesp of train; did you mean --steps\?$/],
    [["train", "E", "--steps", "0"], 2, /^bregman: --steps must be a whole number of at least 1, given "0"$/],
    [["train", "E", "--set", "x"], 2, /^bregman: --set needs key=value/],
    [["train", "Unknown-v0"], 2, /^bregman: unknown environment "Unknown-v0"$/],
    [["train", "E", "--device", "webgpu"], 1, /^bregman: there is no GPU$/],
    [["train", "E", "--algorithm", "broken"], 1, /^bregman: NaN in the loss$/],
    [["train", "--resume", "no/where"], 1, /^bregman: --resume no\/where: there is no such folder$/],
    [["train", "E", "--out", "a", "--resume", "b"], 2, /^bregman: --out a and --resume b differ/],
    [["evaluate"], 2, /^bregman: FILE is missing/],
    [["evaluate", "nothing.safetensors"], 1, /^bregman: nothing.safetensors does not exist$/],
    [["evaluate", "cli.mjs"], 1, /^bregman: not a checkpoint$/],
    [["compare", "Cartpole-v1"], 2, /^bregman: unknown environment "Cartpole-v1"; nearest: CartPole-v1/],
    [["compare", "CartPole-v1", "--algorithms", "mdpo,pop"], 2, /^bregman: unknown algorithm "pop"; nearest: ppo/],
    [["list", "algorithm"], 2, /^bregman: list algorithm: did you mean algorithms\?/],
    [["help", "trian"], 2, /did you mean train/],
  ])("%j ends with %i and one line", async (words, code, message) => {
    const ended = await cli.run(words);
    expect(ended.stderr.trimEnd()).toMatch(message);
    expect(lines(ended.stderr)).toHaveLength(1);
    expect(ended.code).toBe(code);
  });

  it("prints help on stdout with exit code 0, and without a command on stderr with 2", async () => {
    for (const words of [["--help"], ["help"], ["help", "train"], ["train", "--help"], ["train", "-h"]]) {
      const ended = await cli.run(words);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      expect(ended.stdout).toContain("bregman train [ENV]");
    }
    expect(await cli.run([])).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("train", () => {
  it("shows progress in plain lines, then the result", async () => {
    const { code, stdout, stderr } = await cli.run(["train", "CartPole-v1", "--steps", "2000"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const all = lines(stdout);
    expect(all[0]).toBe("mdpo on CartPole-v1, 2,000 steps, seed 0, wasm (a fake)");
    const progress = /^step [\d,]+ of 2,000 \(\d+%\)  return \S+  [\d,]+ steps\/s  \d+:\d\d left$/;
    expect(all.filter((line) => progress.test(line))).toHaveLength(11);
    expect(stdout).toMatch(/^evaluation +return \d+\.\d ± 0\.5 over 100 episodes/m);
    expect(stdout).not.toContain("\x1b");
  });

  it("prints the summary as the last line with --json, and nothing else when quiet", async () => {
    const { stdout } = await cli.run(["train", "CartPole-v1", "--steps=500", "--seed", "3", "--json", "--quiet"]);
    expect(lines(stdout)).toHaveLength(1);
    expect(Object.keys(summaryOf(stdout))).toEqual(["env", "algorithm", "device", "deviceReason", "seed", "steps",
      "seconds", "stepsPerSecond", "meanReturn", "evaluation", "parametersHash", "stateHash", "out"]);
    expect(summaryOf(stdout)).toMatchObject({ env: "CartPole-v1", algorithm: "mdpo", seed: 3, steps: 500, out: null,
      evaluation: { episodes: 100, std: 0.5 } });
    const again = summaryOf((await cli.run(["train", "CartPole-v1", "--steps=500", "--seed", "3", "--json"])).stdout);
    expect(lasting(again)).toEqual(lasting(summaryOf(stdout)));
  });

  it("writes the folder of the run, and --resume of a finished run prints the result again", async () => {
    const first = await cli.run(["train", "CartPole-v1", "--steps=3000", "--out", "runs/a/", "--json"]);
    expect(readdirSync(inFolder("runs")).sort()).toEqual(["a"]);
    expect(readdirSync(inFolder("runs/a")).sort()).toEqual(
      ["checkpoint.safetensors", "curve.svg", "events.out.tfevents.bregman", "metrics.jsonl", "policy.safetensors"]);
    expect(lines(readFileSync(inFolder("runs/a/metrics.jsonl"), "utf8"))).toHaveLength(30);
    const again = await cli.run(["train", "--resume", "runs/a", "--json"]);
    expect(again.code).toBe(0);
    expect(lasting(summaryOf(again.stdout))).toEqual(lasting(summaryOf(first.stdout)));
    expect(summaryOf(again.stdout).seconds).toBe(summaryOf(first.stdout).seconds);
    const evaluated = await cli.run(["evaluate", "runs/a", "--json"]);
    expect(JSON.parse(evaluated.stdout)).toMatchObject(
      { file: "runs/a/policy.safetensors", episodes: 100, parametersHash: summaryOf(first.stdout).parametersHash });
  });

  it("moves an earlier run of the same name aside and says so", async () => {
    for (const expected of ["", "bregman: the run that was in runs/b is now in runs/b.1"]) {
      const ended = await cli.run(["train", "CartPole-v1", "--out", "runs/b", "--quiet"]);
      expect(ended.code).toBe(0);
      expect(ended.stderr.trimEnd()).toBe(expected);
    }
  });

  it("refuses to use a folder that holds something else", async () => {
    mkdirSync(inFolder("mine"));
    writeFileSync(inFolder("mine/thesis.txt"), "dear");
    const ended = await cli.run(["train", "CartPole-v1", "--out", "mine"]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("--out mine: the folder has other files in it");
    expect(readdirSync(inFolder("mine"))).toEqual(["thesis.txt"]);
  });

  it("refuses to resume as something else", async () => {
    await cli.run(["train", "CartPole-v1", "--out", "runs/c"]);
    for (const words of [["Pendulum-v1"], ["--seed", "1"], ["--algorithm", "ppo"], ["--steps", "7"]]) {
      expect((await cli.run(["train", ...words, "--resume", "runs/c"])).code).toBe(1);
    }
    expect((await cli.run(["train", "CartPole-v1", "--seed=0", "--steps=1000", "--resume", "runs/c"])).code).toBe(0);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("on %s writes the checkpoint, ends with 130, and goes on to the same state",
    async (signal) => {
      const whole = summaryOf((await cli.run(["train", "E", "--steps=20000", "--json"])).stdout);
      const out = `runs/${signal}`;
      const running = cli.start(["train", "E", "--steps=20000", "--out", out], { FAKE_UPDATE_MS: "5" });
      await running.shows("step 2,");
      running.kill(signal);
      const ended = await running.ended;
      expect(ended.code).toBe(130);
      expect(ended.stderr).toMatch(/^bregman: interrupted at step [\d,]+; to continue: bregman train --resume runs\/S/);
      expect(lines(ended.stderr)).toHaveLength(1);
      const resumed = await cli.run(["train", "--resume", out, "--json"]);
      expect(lasting(summaryOf(resumed.stdout))).toEqual(lasting(whole));
      const steps = lines(readFileSync(inFolder(`${out}/metrics.jsonl`), "utf8"))
        .map((line) => (JSON.parse(line) as { step: number }).step);
      expect(steps).toEqual(Array.from({ length: 200 }, (_, i) => 100 * (i + 1)));
    });

  it("survives SIGKILL at any moment: the folder is absent or resumes to the same state and records", async () => {
    const whole = summaryOf((await cli.run(["train", "E", "--steps=20000", "--json"])).stdout);
    for (let attempt = 0; attempt < 8; attempt++) {
      const out = `runs/killed-${attempt}`;
      const running = cli.start(["train", "E", "--steps=20000", "--out", out, "--checkpoint-every", "0"],
        { FAKE_UPDATE_MS: "1" });
      await new Promise((resolve) => setTimeout(resolve, 60 + 45 * attempt));
      running.kill("SIGKILL");
      await running.ended;
      if (!existsSync(inFolder(out))) continue;
      const resumed = await cli.run(["train", "--resume", out, "--json", "--quiet"]);
      expect(lasting(summaryOf(resumed.stdout))).toEqual(lasting(whole));
      expect(lines(readFileSync(inFolder(`${out}/metrics.jsonl`), "utf8"))).toHaveLength(200);
      expect(readdirSync(inFolder(out)).filter((name) => name.startsWith("."))).toEqual([]);
    }
  });

  it("says that nothing was kept when it is interrupted without --out", async () => {
    const running = cli.start(["train", "E", "--steps=100000"], { FAKE_UPDATE_MS: "5" });
    await running.shows("mdpo on E");
    running.kill("SIGINT");
    const ended = await running.ended;
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain("nothing was written");
  });

  it("finishes its folder when the reader of stdout goes away, without a word", async () => {
    const running = cli.start(["train", "E", "--steps=4000", "--out", "runs/pipe"], { FAKE_UPDATE_MS: "5" });
    await running.shows("mdpo on E");
    running.closeStdout();
    expect(await running.ended).toMatchObject({ code: 0, stderr: "" });
    expect(lines(readFileSync(inFolder("runs/pipe/metrics.jsonl"), "utf8"))).toHaveLength(40);
  });

  it("stops early when the reader of stdout goes away and nothing is kept", async () => {
    const running = cli.start(["train", "E", "--steps=10000000"], { FAKE_UPDATE_MS: "1" });
    await running.shows("mdpo on E");
    running.closeStdout();
    expect((await running.ended).code).toBe(130);
  }, 30_000);
});

describe("list", () => {
  it("prints a table of one kind and everything there is", async () => {
    const { stdout } = await cli.run(["list", "algorithms"]);   // a method's choices come first, however long
    expect(lines(stdout).slice(0, 2)).toEqual([
      "id      map                                     solver  paper",
      "mdpo    a mirror map whose name is rather long  adam    mdpo's paper",
    ]);
    expect((await cli.run(["list", "envs"])).stdout).toBe("name         actionSpace  maxEpisodeSteps\n" +
      "CartPole-v1  discrete 2   500\nPendulum-v1  box 1        -\n");
    expect((await cli.run(["list"])).stdout).toMatch(/^algorithms\n\nid[\s\S]*envs\n\nname[\s\S]*estimators/);
  });

  it("prints JSON, infinities as words", async () => {
    expect((JSON.parse((await cli.run(["list", "envs", "--json"])).stdout) as unknown[])[0]).toEqual(
      { name: "CartPole-v1", actionSpace: { kind: "discrete", n: 2 }, maxEpisodeSteps: 500, high: ["Infinity"] });
    expect(Object.keys(JSON.parse((await cli.run(["list", "--json"])).stdout) as object)).toEqual(
      ["algorithms", "envs", "objectives", "estimators", "exact"]);
  });
});

describe("compare", () => {
  const words = ["compare", "CartPole-v1", "--algorithms", "mdpo,ppo", "--seeds", "3", "--steps", "1000"];
  interface Comparison { algorithms: { algorithm: string; mean: number; runs: TrainSummary[] }[]; failures: string[] }
  const comparisonOf = (stdout: string) => JSON.parse(lines(stdout).at(-1)!) as Comparison;
  const results = ({ algorithms }: Comparison) => algorithms.map((row) => ({ ...row, runs: row.runs.map(lasting),
    stepsPerSecond: 0 }));

  it("prints a table and gives the same results however many run side by side", async () => {
    const { code, stdout } = await cli.run([...words, "--quiet"]);
    expect(code).toBe(0);
    expect(lines(stdout)[0]).toMatch(/^algorithm +return +95% interval +seeds +steps +steps\/s$/);
    expect(lines(stdout).slice(1).map((line) => line.split(" ")[0])).toEqual(["mdpo", "ppo"]);
    const one = comparisonOf((await cli.run([...words, "--jobs=1", "--json"])).stdout);
    const four = comparisonOf((await cli.run([...words, "--jobs=4", "--json"])).stdout);
    expect(results(one)).toEqual(results(four));
    expect(one.algorithms.map(({ runs }) => runs.map(({ seed }) => seed))).toEqual([[0, 1, 2], [0, 1, 2]]);
  });

  it("keeps every run and draws all curves in one picture; given again, it continues", async () => {
    const first = await cli.run([...words, "--out", "cmp", "--json"]);
    const svg = readFileSync(inFolder("cmp/curve.svg"), "utf8");
    for (const part of [">mdpo<", ">ppo<", "over 3 seeds"]) expect(svg).toContain(part);
    expect(svg.match(/fill-opacity/g)).toHaveLength(2);
    rmSync(inFolder("cmp/ppo/seed-1"), { recursive: true });
    rmSync(inFolder("cmp/curve.svg"));
    const again = await cli.run([...words, "--out", "cmp", "--json"]);
    expect(results(comparisonOf(again.stdout))).toEqual(results(comparisonOf(first.stdout)));
    expect(readFileSync(inFolder("cmp/curve.svg"), "utf8")).toBe(svg);
    expect(readdirSync(inFolder("cmp/ppo")).sort()).toEqual(["seed-0", "seed-1", "seed-2"]);
  });

  it("reports a run that fails, finishes the others, and ends with 1", async () => {
    const ended = await cli.run(["compare", "CartPole-v1", "--algorithms=mdpo,broken", "--seeds=2", "--json"]);
    expect(ended.code).toBe(1);
    expect(lines(ended.stderr)).toEqual(
      ["bregman: broken seed 0: NaN in the loss", "bregman: broken seed 1: NaN in the loss"]);
    expect(comparisonOf(ended.stdout).algorithms.map(({ algorithm }) => algorithm)).toEqual(["mdpo"]);
  });

  it("passes an interrupt on to its runs and continues later", async () => {
    const long = ["compare", "CartPole-v1", "--algorithms=mdpo", "--seeds=2", "--steps=20000", "--out=stopped",
      "--json"];
    const running = cli.start(long, { FAKE_UPDATE_MS: "20" });
    while (!existsSync(inFolder("stopped/mdpo/seed-0"))) await new Promise((resolve) => setTimeout(resolve, 20));
    running.kill("SIGINT");
    expect((await running.ended).code).toBe(130);
    const again = comparisonOf((await cli.run(long)).stdout);
    expect(again.algorithms[0]!.runs.map(({ steps }) => steps)).toEqual([20000, 20000]);
  });
});
