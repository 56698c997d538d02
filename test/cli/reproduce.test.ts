import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/cli/reproduce/records.ts";
import type { Report } from "../../src/cli/reproduce/report.ts";
import { buildCommandLine, type CommandLine } from "./harness.ts";

// Plans of tiny runs, beside the small library of the command line's tests and beside the real one.

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
const last = (stdout: string) => JSON.parse(lines(stdout).at(-1)!) as Report & { failures: string[] };
const recordsIn = (cli: CommandLine, out: string) =>
  lines(readFileSync(join(cli.folder, out, "records.jsonl"), "utf8")).map((line) => JSON.parse(line) as RunRecord);
/** What does not depend on the clock. */
const lasting = (records: readonly RunRecord[]) =>
  records.map(({ seconds: _1, stepsPerSecond: _2, ...rest }) => rest);

const words = ["reproduce", "mdpo", "--tasks", "CartPole-v1,Pendulum-v1", "--algorithms", "mdpo,ppo", "--seeds", "2",
  "--steps", "2000", "--evaluate-every", "500"];
const long = ["reproduce", "mdpo", "--tasks", "CartPole-v1", "--algorithms", "mdpo,ppo", "--seeds", "1",
  "--steps", "6000", "--jobs", "2"];
const runFolder = (out: string, algorithm: string) =>
  join(fake.folder, out, "runs/CartPole-v1", algorithm, "loaded/seed-0");

describe("reproduce", () => {
  it("runs the plan and leaves a record of each run, the table and the figure", async () => {
    const { code, stdout, stderr } = await fake.run([...words, "--out", "whole", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const records = recordsIn(fake, "whole");
    expect(records.map(({ env, label, seed }) => `${env} ${label} ${seed}`)).toEqual([
      "CartPole-v1 mdpo 0", "CartPole-v1 mdpo 1", "CartPole-v1 ppo 0", "CartPole-v1 ppo 1",
      "Pendulum-v1 mdpo 0", "Pendulum-v1 mdpo 1", "Pendulum-v1 ppo 0", "Pendulum-v1 ppo 1",
    ]);
    expect(records[1]).toMatchObject({
      label: "mdpo", env: "CartPole-v1", algorithm: "mdpo", hyperparameters: {}, codeLevel: "loaded", seed: 1,
      plannedSteps: 2000, steps: 2000, device: "wasm", evaluation: { episodes: 100, std: 0.5 },
      command: "npx bregman train CartPole-v1 --algorithm mdpo --seed 1 --steps 2000 --code-level loaded " +
        "--device wasm --evaluate-every 500 --evaluate-episodes 10",
    });
    expect(records[1]!.curve.map(([step]) => step)).toEqual([500, 1000, 1500, 2000]);
    expect(records[1]!.curve.at(-1)![1]).toBe(records[1]!.evaluation.mean);
    const { rows, unfinished, failures } = last(stdout);
    expect({ unfinished, failures }).toEqual({ unfinished: [], failures: [] });
    expect(rows.map(({ env, label, seeds }) => `${env} ${label} ${seeds}`)).toEqual(
      ["CartPole-v1 mdpo 2", "CartPole-v1 ppo 2", "Pendulum-v1 mdpo 2", "Pendulum-v1 ppo 2"]);
    expect(readFileSync(join(fake.folder, "whole/reproduce.md"), "utf8")).toContain("## Pendulum-v1");
    const svg = readFileSync(join(fake.folder, "whole/reproduce.svg"), "utf8");
    expect(svg.match(/<g class="panel">/g)).toHaveLength(2);
    expect(readdirSync(join(fake.folder, "whole")).sort()).toEqual(
      ["plan.json", "records.jsonl", "report.json", "reproduce.md", "reproduce.svg", "runs"]);
  });

  it("runs nothing twice, however many run side by side, and takes more seeds and algorithms in", async () => {
    const small = ["reproduce", "mdpo", "--tasks=CartPole-v1", "--steps=300", "--out=grown"];
    await fake.run([...small, "--algorithms=mdpo", "--seeds=1", "--jobs=1"]);
    const first = readFileSync(join(fake.folder, "grown/records.jsonl"), "utf8");
    const again = await fake.run([...small, "--algorithms=mdpo,ppo", "--seeds=2", "--jobs=4"]);
    expect(lines(again.stdout)[0]).toBe("4 runs in grown, 1 of them done before");
    expect(again.stdout).not.toContain("CartPole-v1/mdpo/loaded/0: return");
    expect(again.stdout).toMatch(/^3 of 3 runs/m);
    expect(lines(readFileSync(join(fake.folder, "grown/records.jsonl"), "utf8"))[0]).toBe(first.trimEnd());
    expect(recordsIn(fake, "grown")).toHaveLength(4);
  });

  it("goes on to the same records after an interrupt", async () => {
    await fake.run([...long, "--out", "undisturbed"]);
    const steps = recordsIn(fake, "undisturbed")[0]!.curve.map(([step]) => step);
    expect(steps).toEqual(Array.from({ length: 20 }, (_, i) => 300 * (i + 1)));
    const running = fake.start([...long, "--out", "stopped"], { FAKE_UPDATE_MS: "50" });
    while (!existsSync(runFolder("stopped", "ppo"))) await pause(10);
    await pause(150);
    running.kill("SIGINT");
    const ended = await running.ended;
    expect(ended.code).toBe(130);
    expect(lines(ended.stderr)).toEqual(["bregman: interrupted; the same command continues where it stopped"]);
    expect(existsSync(join(runFolder("stopped", "mdpo"), "lock"))).toBe(false);
    const report = await fake.run([...long, "--out", "stopped", "--report"]);
    expect(report.stdout).toMatch(
      /^unfinished {2}CartPole-v1\/mdpo\/loaded\/0: step [\d,]+ of 6,000, [\d,]+ steps\/s$/m);
    expect((await fake.run([...long, "--out", "stopped"])).code).toBe(0);
    expect(lasting(recordsIn(fake, "stopped"))).toEqual(lasting(recordsIn(fake, "undisturbed")));
  });

  it("goes on to the same records after a kill, also when it is started again at once", async () => {
    const out = ["--out", "killed"];
    for (let kill = 0; kill < 2; kill++) {
      const running = fake.start([...long, ...out], { FAKE_UPDATE_MS: "10" });
      while (!existsSync(runFolder("killed", "ppo"))) await pause(10);
      await pause(80 + 100 * kill);
      running.kill("SIGKILL");
      await running.ended;
    }
    const ended = await fake.run([...long, ...out]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(lasting(recordsIn(fake, "killed"))).toEqual(lasting(recordsIn(fake, "undisturbed")));
    expect(readdirSync(join(fake.folder, "killed/runs/CartPole-v1/mdpo/loaded"))).toEqual(["seed-0"]);
  });

  it("loses at most one evaluation interval of one run when that run is killed", async () => {
    const running = fake.start([...long, "--out", "child"], { FAKE_UPDATE_MS: "10" });
    const folder = runFolder("child", "mdpo");
    const evaluated = () => (existsSync(join(folder, "evaluations.jsonl"))
      ? readFileSync(join(folder, "evaluations.jsonl"), "utf8") : "");
    while (lines(evaluated()).length < 4) await pause(10);
    process.kill(Number(readFileSync(join(folder, "lock"), "utf8")), "SIGKILL");
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 1, stderr: "bregman: CartPole-v1/mdpo/loaded/0: ended by SIGKILL\n" });
    expect(recordsIn(fake, "child").map(({ label }) => label)).toEqual(["ppo"]);
    const before = evaluated().slice(0, evaluated().lastIndexOf("\n") + 1);
    const { steps } = JSON.parse(readFileSync(join(folder, "checkpoint.safetensors"), "utf8")) as { steps: number };
    const { step } = JSON.parse(lines(before).at(-1)!) as { step: number };
    // 6000 steps, an evaluation each 300.
    expect(step - steps).toBeLessThanOrEqual(300);
    expect((await fake.run([...long, "--out", "child"])).code).toBe(0);
    expect(evaluated().startsWith(before)).toBe(true);
    expect(lasting(recordsIn(fake, "child"))).toEqual(lasting(recordsIn(fake, "undisturbed")));
  });

  it("reports runs that fail, once for each reason, and finishes the others", async () => {
    const ended = await fake.run(["reproduce", "mdpo", "--tasks=CartPole-v1", "--algorithms=broken,mdpo", "--seeds=2",
      "--steps=500", "--evaluate-every=500", "--out=partly", "--json"]);
    expect(ended.code).toBe(1);
    expect(lines(ended.stderr)).toEqual(["bregman: CartPole-v1/broken/loaded/0 and 1 other: NaN in the loss"]);
    expect(last(ended.stdout).rows.map(({ label }) => label)).toEqual(["mdpo"]);
    expect(last(ended.stdout).failures).toHaveLength(2);
  });

  it("lists the plan without running it, and how long it takes once runs have told", async () => {
    const unknown = await fake.run([...words, "--out", "listed", "--list"]);
    expect(unknown.stdout).toContain("8 of 8 runs to do, 16,000 steps; the time is known once the first runs have");
    expect(existsSync(join(fake.folder, "listed"))).toBe(false);
    const known = await fake.run([...words, "--out", "whole", "--seeds", "3", "--list"]);
    expect(known.stdout).toMatch(/^4 of 12 runs to do, 8,000 steps; about [\d:]+ with \d+ side by side$/m);
    expect(known.stdout).toMatch(/^CartPole-v1\/mdpo\/loaded\/0 +2,000 +done +npx bregman train CartPole-v1/m);
  });

  it("makes table, page and figure of records alone", async () => {
    mkdirSync(join(fake.folder, "only"));
    writeFileSync(join(fake.folder, "only/records.jsonl"), readFileSync(join(fake.folder, "whole/records.jsonl")));
    const tasks = ["--tasks", "CartPole-v1", "--algorithms", "mdpo"];
    const { code, stdout } = await fake.run(["reproduce", "mdpo", ...tasks, "--out", "only", "--report"]);
    expect(code).toBe(0);
    expect(lines(stdout)[0]).toMatch(/^task +algorithm +level +seeds +steps +mean +95% ± +median +paper +evidence$/);
    expect(lines(stdout)).toHaveLength(5);
    expect(readdirSync(join(fake.folder, "only")).sort()).toEqual(
      ["records.jsonl", "report.json", "reproduce.md", "reproduce.svg"]);
  });
});

describe("what reproduce refuses", () => {
  it.each<[string[], number, RegExp]>([
    [["reproduce"], 2, /PAPER is missing/],
    [["reproduce", "mdop"], 2, /^bregman: reproduce mdop: did you mean mdpo\? Accepted: mdpo$/],
    [["reproduce", "mdpo", "--tasks", "Cartpole-v1"], 2, /unknown environment "Cartpole-v1"; nearest: CartPole-v1/],
    [["reproduce", "mdpo", "--tasks", ","], 2, /--tasks names nothing/],
    [["reproduce", "mdpo", "--tasks=CartPole-v1", "--algorithms", "mdpo-off-policy-lk"], 2,
      /unknown algorithm "mdpo-off-policy-lk"; nearest: mdpo-off-policy-kl/],
    [["reproduce", "mdpo", "--tasks=CartPole-v1", "--algorithms", "ppo,ppo"], 2, /--algorithms names ppo twice/],
    [["reproduce", "mdpo", "--seeds", "0"], 2, /--seeds must be a whole number of at least 1, given "0"/],
    [["reproduce", "mdpo", "--code-level", "heavy"], 2, /--code-level must be loaded, minimal or both, given "heavy"/],
    [["reproduce", "mdpo", "--verify", "CartPole-v1/mdpo/loaded/0"], 1, /has no records; give --out, or a FILE:LINE/],
  ])("%j ends with %i", async (given, code, message) => {
    const ended = await fake.run(given);
    expect(ended.stderr.trimEnd()).toMatch(message);
    expect(lines(ended.stderr)).toHaveLength(1);
    expect(ended.code).toBe(code);
  });

  it("is another plan in the same folder, finished or not, and says how to mend it", async () => {
    const ended = await fake.run([...words, "--out", "whole", "--steps", "3000"]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("whole has another plan: CartPole-v1/mdpo/loaded/0 is there as");
    expect(ended.stderr).toContain("Give the same options again, or another --out");
    rmSync(join(fake.folder, "whole/runs"), { recursive: true });
    expect((await fake.run([...words, "--out", "whole"])).code).toBe(0);
  });

  it("is a damaged record, by its line", async () => {
    const again = ["reproduce", "mdpo", "--tasks=CartPole-v1", "--algorithms=mdpo", "--seeds=2", "--steps=300",
      "--out=hurt"];
    await fake.run(again);
    const file = join(fake.folder, "hurt/records.jsonl");
    const [first, second] = lines(readFileSync(file, "utf8"));
    for (const [damaged, fault] of [
      [second!.slice(0, 100), "it is no JSON object"],
      [second!.replace('"mean":', '"men":'), "evaluation.mean is no number"],
      [second!.replace('"seed":1', '"seed":"1"'), "seed missing or of another kind"],
    ] as const) {
      writeFileSync(file, `${first}\n${damaged}\n`);
      const ended = await fake.run(again);
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain(`records.jsonl, line 2 is damaged: ${fault}`);
    }
    writeFileSync(file, `${first}\n`);
    const mended = await fake.run(again);
    expect(lines(mended.stdout)[0]).toBe("2 runs in hurt, 2 of them done before");
    expect(lines(readFileSync(file, "utf8"))).toEqual([first, second]);
  });

  it("is a folder in which another plan is running", async () => {
    const running = fake.start([...long, "--out", "taken"], { FAKE_UPDATE_MS: "10" });
    while (!existsSync(join(fake.folder, "taken/lock"))) await pause(10);
    const refused = await fake.run([...long, "--out", "taken"]);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain(`taken is in use: process ${running.pid} writes there`);
    running.kill("SIGINT");
    await running.ended;
  });
});

describe("reproduce with the real library", () => {
  const tiny = ["reproduce", "mdpo", "--tasks=CartPole-v1", "--algorithms=mdpo,sac", "--seeds=1", "--steps=600",
    "--set", "networks={\"hidden\":[8]}", "--set", "warmupSteps=100", "--evaluate-every=300",
    "--evaluate-episodes=2", "--out=tiny"];

  it("verifies a record by its name or its line, and tells a wrong hash from the right one", async () => {
    expect(await real.run(tiny)).toMatchObject({ code: 0, stderr: "" });
    const [mdpo, sac] = recordsIn(real, "tiny");
    expect(sac!.hyperparameters).toEqual(
      { valueNetwork: true, temperature: 0.2, networks: { hidden: [8] }, warmupSteps: 100 });
    const right = await real.run(["reproduce", "mdpo", "--out=tiny", "--verify", "CartPole-v1/mdpo/loaded/0"]);
    expect(right).toMatchObject({ code: 0, stderr: "" });
    expect(right.stdout).toMatch(new RegExp(`recorded +${mdpo!.parametersHash} `));
    expect(right.stdout).toMatch(new RegExp(`now +${mdpo!.parametersHash} .*\nthe same bits\n$`));
    const byLine = await real.run(["reproduce", "mdpo", "--verify", "tiny/records.jsonl:2", "--out=v", "--json"]);
    expect(JSON.parse(byLine.stdout)).toMatchObject(
      { record: "CartPole-v1/sac/loaded/0", recorded: sac!.parametersHash, actual: sac!.parametersHash, equal: true });
    const wrongHash = "0".repeat(64);
    writeFileSync(join(real.folder, "wrong.json"), JSON.stringify({ ...mdpo, parametersHash: wrongHash }));
    const wrong = await real.run(["reproduce", "mdpo", "--verify", "wrong.json", "--out=v"]);
    expect(wrong.code).toBe(1);
    for (const hash of [wrongHash, mdpo!.parametersHash, "DIFFERENT"]) expect(wrong.stdout).toContain(hash);
    expect(readdirSync(join(real.folder, "v"))).toEqual([]);
    const unknown = await real.run(["reproduce", "mdpo", "--out=tiny", "--verify", "CartPole-v1/mpdo/loaded/0"]);
    expect(unknown.stderr).toContain("nearest: CartPole-v1/mdpo/loaded/0");
  });

  it("gives the hash that the record's own command gives", async () => {
    const [mdpo] = recordsIn(real, "tiny");
    const command = mdpo!.command.replace(/^npx bregman /, "").replaceAll("'", "").split(" ");
    const { stdout } = await real.run([...command, "--json", "--quiet"]);
    expect(JSON.parse(stdout)).toMatchObject({ parametersHash: mdpo!.parametersHash, evaluation: mdpo!.evaluation });
  });

  it("keeps the checkpoint of a finished run unless it holds a replay ring", () => {
    const filesOf = (label: string) => readdirSync(join(real.folder, `tiny/runs/CartPole-v1/${label}/loaded/seed-0`));
    expect(filesOf("mdpo")).toContain("checkpoint.safetensors");
    expect(filesOf("sac")).not.toContain("checkpoint.safetensors");
    expect(filesOf("sac")).toEqual(expect.arrayContaining(["policy.safetensors", "record.json", "curve.svg"]));
  });

  it("finds finished runs again in their folders when the records are gone", async () => {
    const before = readFileSync(join(real.folder, "tiny/records.jsonl"), "utf8");
    rmSync(join(real.folder, "tiny/records.jsonl"));
    const again = await real.run(tiny);
    expect(lines(again.stdout)[0]).toBe("2 runs in tiny, 2 of them done before");
    expect(readFileSync(join(real.folder, "tiny/records.jsonl"), "utf8")).toBe(before);
  });
});
