import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planRun } from "../../src/algorithms/run-plan.ts";
import { parseArguments, parseSettings } from "../../src/cli/arguments.ts";
import type { Library } from "../../src/cli/library.ts";
import { createPlanProgress, expectedRate, timeLeft } from "../../src/cli/plan-progress.ts";
import { makePlan } from "../../src/cli/reproduce/plan.ts";
import { otherResults, publishedResult } from "../../src/cli/reproduce/published.ts";
import { inOrder, parseRecord, type RunRecord } from "../../src/cli/reproduce/records.ts";
import { reportMarkdown, reportSvg, reportText } from "../../src/cli/reproduce/render.ts";
import { makeReport } from "../../src/cli/reproduce/report.ts";
import { reproduceSpec } from "../../src/cli/reproduce/reproduce.ts";
import { paperTasks, sameRunsAs } from "../../src/cli/reproduce/variants.ts";
import { commandLine, trainingWords } from "../../src/cli/training-jobs.ts";
import { list } from "../../src/list.ts";

const record = (env: string, label: string, seed: number, mean: number, codeLevel = "loaded"): RunRecord => ({
  env, label, algorithm: label, hyperparameters: {}, codeLevel: codeLevel as "loaded", seed, plannedSteps: 1000,
  command: "c", version: "0", runtime: "r", machine: "m", device: "wasm", steps: 1000, seconds: 1, stepsPerSecond: 1000,
  evaluation: { episodes: 100, mean, std: 0 }, curve: [[500, mean / 2], [1000, mean]], parametersHash: "0123456789",
});
const seeds = (env: string, label: string, means: readonly number[], codeLevel = "loaded") =>
  means.map((mean, seed) => record(env, label, seed, mean, codeLevel));

describe("the rows of a report", () => {
  it.each([
    // Student's t at 0.975: 12.706205 (1 degree of freedom), 4.302653 (2), 2.776445 (4); times s / sqrt(n).
    ["2: s = sqrt(50), s / sqrt(2) = 5", [10, 20], 15, 12.706205 * 5],
    ["3: s = 10, s / sqrt(3) = 5.773503", [10, 20, 30], 20, 4.302653 * 5.773503],
    ["5: s = sqrt(2.5), s / sqrt(5) = sqrt(0.5)", [1, 2, 3, 4, 5], 3, 2.776445 * Math.sqrt(0.5)],
  ])("have mean and interval of %s", (_, means, mean, halfWidth) => {
    const [row] = makeReport(seeds("Hopper-v5", "mdpo", means), []).rows;
    expect(row!.mean).toBe(mean);
    expect(row!.interval![0]).toBeCloseTo(mean - halfWidth, 4);
    expect(row!.interval![1]).toBeCloseTo(mean + halfWidth, 4);
  });

  it("have a dash in place of the interval of one seed, and the median beside the mean", () => {
    const { rows } = makeReport([...seeds("Hopper-v5", "mdpo", [7]), ...seeds("Hopper-v5", "trpo", [1, 2, 9])], []);
    expect(rows.map(({ interval, median }) => [interval === null, median])).toEqual([[true, 7], [false, 2]]);
    const [, mdpo, trpo] = reportText({ rows, unfinished: [] }).split("\n").map((line) => line.split(/ {2,}/));
    // task, algorithm, level, seeds, steps, mean, interval, median, paper, evidence
    expect(mdpo).toEqual(
      ["Hopper-v5", "mdpo", "loaded", "1", "1,000", "7.0", "-", "7.0", "2361 \u00b1 518", "recalled"]);
    // s = sqrt(19), t(2) s / sqrt(3) = 10.828
    expect(trpo!.slice(5, 8)).toEqual(["4.0", "10.8", "2.0"]);
  });

  it("stand in the order of the paper's tables, whatever the order of the records", () => {
    const records = [
      record("Pendulum-v1", "ppo", 0, 1), record("Ant-v5", "sac", 0, 1), record("Ant-v5", "td3", 0, 1),
      record("Ant-v5", "mdpo", 1, 1), record("Hopper-v5", "ppo", 0, 1), record("Ant-v5", "mdpo", 0, 1),
    ];
    const wanted = ["Hopper-v5 ppo 0", "Ant-v5 mdpo 0", "Ant-v5 mdpo 1", "Ant-v5 sac 0", "Ant-v5 td3 0",
      "Pendulum-v1 ppo 0"];
    for (const some of [records, [...records].reverse()]) {
      expect(inOrder(some).map(({ env, label, seed }) => `${env} ${label} ${seed}`)).toEqual(wanted);
    }
    expect(inOrder([record("Ant-v5", "sac", 0, 1), record("Ant-v5", "sac", 0, 2)]).map(({ evaluation }) =>
      evaluation.mean)).toEqual([2]);
  });

  it("show the Tsallis label where its runs would repeat those of KL, and only there", () => {
    expect(paperTasks.filter((env) => sameRunsAs("mdpo-off-policy-tsallis", env) === "mdpo-off-policy-kl"))
      .toEqual(["Hopper-v5", "HalfCheetah-v5"]);
    const records = [
      ...seeds("Hopper-v5", "mdpo-off-policy-kl", [1, 3]), ...seeds("Ant-v5", "mdpo-off-policy-kl", [5]),
    ];
    const { rows } = makeReport(records, []);
    expect(rows.map(({ env, label, sameRunsAs: same, mean }) => [env, label, same, mean])).toEqual([
      ["Hopper-v5", "mdpo-off-policy-kl", null, 2],
      ["Hopper-v5", "mdpo-off-policy-tsallis", "mdpo-off-policy-kl", 2], ["Ant-v5", "mdpo-off-policy-kl", null, 5],
    ]);
    expect(reportText({ rows, unfinished: [] })).toContain("mdpo-off-policy-tsallis (is mdpo-off-policy-kl)");
  });
});

describe("published results", () => {
  it.each([
    ["Ant-v5", "mdpo", "loaded", 5211, 43, "confirmed", "confirmed"],
    ["Hopper-v5", "mdpo", "loaded", 2361, 518, "recalled", "recalled"],
    ["HalfCheetah-v5", "sac", "loaded", 11928, 342, "confirmed", "recalled"],
    ["HumanoidStandup-v5", "mdpo-off-policy-tsallis", "loaded", 165882, 16604, "confirmed", "confirmed"],
    ["Walker2d-v5", "ppo", "minimal", 424, 92, "confirmed", "confirmed"],
    ["Ant-v5", "mdpo-off-policy-tsallis", "minimal", 2348, 338, "confirmed", "confirmed"],
  ])("of %s %s (%s) keep their figures and their evidence", (env, label, level, mean, halfWidth, first, second) => {
    expect(publishedResult(env, label, level))
      .toEqual({ mean, halfWidth, meanEvidence: first, intervalEvidence: second });
  });

  it("are complete for the loaded versions, and seven cells of the minimal ones", () => {
    const labels = ["mdpo", "trpo", "ppo", "mdpo-off-policy-kl", "mdpo-off-policy-tsallis", "sac"];
    const cells = (level: string) =>
      paperTasks.flatMap((env) => labels.flatMap((label) => publishedResult(env, label, level) ?? []));
    expect(cells("loaded")).toHaveLength(36);
    expect(cells("loaded").filter(({ meanEvidence }) => meanEvidence === "confirmed")).toHaveLength(9);
    expect(cells("minimal")).toHaveLength(7);
    expect(publishedResult("CartPole-v1", "mdpo", "loaded")).toBeUndefined();
    expect(publishedResult("Hopper-v5", "constructor", "loaded")).toBeUndefined();
  });

  it("stand in the page with their marks, and other libraries' in a table of their own", () => {
    const records = [...seeds("HalfCheetah-v5", "sac", [1, 2]), ...seeds("HalfCheetah-v5", "ppo", [1500])];
    const page = reportMarkdown(makeReport(records, []), records);
    expect(page).toContain("| 11928 \u00b1 342 | confirmed, interval recalled |");
    expect(page).toContain("| 2041 \u00b1 1319 | recalled |");
    expect(page).toContain("| HalfCheetah-v5 | ppo | CleanRL | 1443 \u00b1 46 | 1,397 | 1500.0 | 1,000 |");
    expect(otherResults("Hopper-v5", "trpo").map(({ mean, spread }) => mean - spread)).toEqual([1008]);
    expect(otherResults("Hopper-v5", "mdpo")).toEqual([]);
  });
});

describe("the figure", () => {
  it("has a panel for each task, and a curve with its interval for each label", () => {
    const records = [...seeds("Hopper-v5", "mdpo", [10, 20]), ...seeds("Hopper-v5", "ppo", [5, 9]),
      ...seeds("Ant-v5", "mdpo", [1, 2]), ...seeds("Ant-v5", "mdpo", [3, 4], "minimal")];
    const svg = reportSvg(records, []);
    expect(svg.match(/<g class="panel">/g)).toHaveLength(2);
    expect(svg.match(/stroke-width="2.2"/g)).toHaveLength(4);
    expect(svg.match(/fill-opacity="0.18"/g)).toHaveLength(4);
    const names = ["mdpo", "ppo", "mdpo, minimal", "Hopper-v5", "Ant-v5"];
    for (const name of names) expect(svg).toContain(`>${name}</text>`);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});

describe("the plan", () => {
  /** The library's algorithms, and the paper's tasks beside one of another kind. */
  const library = {
    list: (kind: "algorithms" | "envs") =>
      (kind === "envs" ? [...paperTasks, "Pendulum-v1"].map((name) => ({ name })) : list(kind)),
  } as unknown as Library;
  const planOf = (...given: string[]) => makePlan(parseArguments(reproduceSpec, ["mdpo", ...given]), library, "out");

  it("is the paper's: six tasks, three labels on and three off the policy, five seeds", () => {
    const plan = planOf();
    // Where the Tsallis index is 1 (two tasks) its runs are those of KL.
    expect(plan).toHaveLength(5 * (6 * 6 - 2));
    expect(new Set(plan.map(({ name }) => name)).size).toBe(plan.length);
    const steps = Object.fromEntries(plan.map((run) => [run.label, run.steps]));
    const [onPolicy, offPolicy] = [1e7, 1e6];
    expect(steps).toEqual({
      "mdpo": onPolicy, "trpo": onPolicy, "ppo": onPolicy,
      "mdpo-off-policy-kl": offPolicy, "mdpo-off-policy-tsallis": offPolicy, "sac": offPolicy,
    });
    expect(plan.every(({ codeLevel, device }) => codeLevel === "loaded" && device === "wasm")).toBe(true);
    expect(plan.slice(0, plan.length / 5).every(({ seed }) => seed === 0)).toBe(true);
    const replaying = [...new Set(plan.filter(({ usesReplay }) => usesReplay).map(({ label }) => label))];
    expect(replaying).toEqual(["mdpo-off-policy-kl", "sac", "mdpo-off-policy-tsallis"]);
  });

  it("gives the off-policy methods the paper's constants", () => {
    const given = (name: string) => planOf().find((run) => run.name === `${name}/loaded/0`)!.hyperparameters;
    expect(given("Hopper-v5/mdpo-off-policy-kl")).toEqual({ tsallisIndex: 1 });
    expect(given("Walker2d-v5/mdpo-off-policy-tsallis")).toEqual({ tsallisIndex: 2 });
    expect(given("Humanoid-v5/mdpo-off-policy-tsallis")).toEqual({ tsallisIndex: 1.2 });
    expect(given("HumanoidStandup-v5/mdpo-off-policy-tsallis")).toEqual({ tsallisIndex: 1.4 });
    expect(given("Ant-v5/sac")).toEqual({ valueNetwork: true, temperature: 0.2 });
    expect(given("Ant-v5/mdpo")).toEqual({});
  });

  it("finds 1/t, lambda and the sizes of the paper in the presets of its tasks", () => {
    const settled = (env: string, codeLevel: "loaded" | "minimal") => planRun(
      { algorithm: "mdpo-off-policy", codeLevel, hyperparameters: { tsallisIndex: 1 } },
      { environment: env, builtin: true, copies: true },
    ).plan;
    const steps = paperTasks.map((env) => 1 / (settled(env, "loaded").hyperparameters.stepSize as number));
    expect(steps.map((step) => Number(step.toFixed(9)))).toEqual([0.8, 0.4, 0.3, 0.5, 0.5, 0.3]);
    for (const env of paperTasks) {
      expect(settled(env, "loaded")).toMatchObject({ envs: 1, steps: 1e6, hyperparameters: {
        temperature: 0.2, valueNetwork: true, warmupSteps: 10_000, snapshotEvery: 1000, batchSize: 256, discount: 0.99,
        targetRate: 0.005, learningRate: 3e-4, networks: { hidden: [256, 256], activation: "relu" },
      } });
      expect(settled(env, "minimal").hyperparameters).toMatchObject({ batchSize: 64, networks: { hidden: [64, 64] } });
    }
  });

  it("takes levels, ids, other tasks, and settings that win over the paper's", () => {
    const plan = planOf(
      "--tasks=Pendulum-v1,Ant-v5", "--algorithms=td3,mdpo-off-policy-kl-paper-code", "--code-level=both",
      "--seeds=1", "--steps=5000", "--set", "temperature=0.1");
    expect(plan.map(({ name }) => name)).toEqual([
      "Pendulum-v1/td3/loaded/0", "Pendulum-v1/mdpo-off-policy-kl-paper-code/loaded/0", "Pendulum-v1/td3/minimal/0",
      "Pendulum-v1/mdpo-off-policy-kl-paper-code/minimal/0", "Ant-v5/td3/loaded/0",
      "Ant-v5/mdpo-off-policy-kl-paper-code/loaded/0",
      "Ant-v5/td3/minimal/0", "Ant-v5/mdpo-off-policy-kl-paper-code/minimal/0",
    ]);
    expect(plan[5]).toMatchObject({ algorithm: "mdpo-off-policy", fidelity: "paper-code", evaluateEvery: 250,
      hyperparameters: { tsallisIndex: 1, temperature: 0.1 } });
    expect(plan[0]).toMatchObject({ algorithm: "td3", usesReplay: true, hyperparameters: { temperature: 0.1 } });
  });

  it("writes settings so that they are read back as they were", () => {
    const hyperparameters = { a: 0.1, b: "learned", c: true, d: "true", e: "5", f: [1, 2], g: { hidden: [8] } };
    const words = trainingWords({ env: "E", algorithm: "mdpo", seed: 0, hyperparameters });
    const settings = words.filter((_, i) => words[i - 1] === "--set");
    expect(parseSettings(settings)).toEqual(hyperparameters);
    expect(commandLine({ env: "E", algorithm: "mdpo", seed: 0, hyperparameters: { x: "it's" } }))
      .toBe("npx bregman train E --algorithm mdpo --seed 0 --set 'x=it'\\''s'");
  });
});

describe("the time left", () => {
  it.each([
    ["nothing to do", [], [], 2, 0],
    ["the longest that runs", [5, 9], [], 2, 9],
    ["waiting runs on the lanes that are free first", [5, 9], [3, 3, 4], 2, 13],
    ["one lane after the other", [], [1, 2, 3], 1, 6],
    ["something unknown", [undefined], [1], 2, undefined],
  ] as const)("of %s", (_, running, waiting, lanes, expected) => {
    expect(timeLeft(running, waiting, lanes)).toBe(expected);
  });

  it("goes by the most specific rate that is known", () => {
    const rates = new Map([["E mdpo", [10, 30]], ["mdpo", [7]]]);
    expect(expectedRate({ kinds: ["E mdpo", "mdpo"] }, rates)).toBe(20);
    expect(expectedRate({ kinds: ["F mdpo", "mdpo"] }, rates)).toBe(7);
    expect(expectedRate({ kinds: ["F ppo"] }, rates)).toBeUndefined();
    const jobs = [1, 2, 3].map((i) => ({ name: `run ${i}`, folder: "no such folder", steps: 600, kinds: ["E mdpo"] }));
    const progress = createPlanProgress(jobs, 2, rates, () => 0);
    // 600 steps at 20 a second, twice one after the other.
    expect(progress.describe()).toBe("0 of 3 runs  about 1:00 left");
    progress.start(0);
    expect(progress.describe()).toBe("0 of 3 runs  run 1 0%  about 1:00 left");
    progress.end(0);
    expect(progress.describe()).toBe("1 of 3 runs  about 0:30 left");
    expect(createPlanProgress(jobs, 2, new Map(), () => 0).describe()).toBe("0 of 3 runs  time left not known yet");
  });
});

describe("the progress of a plan", () => {
  it("goes by the last two minutes of a run that became slower, and by whole runs for those to come", () => {
    const folder = mkdtempSync(join(tmpdir(), "bregman-progress-"));
    let time = 0;
    const at = (seconds: number, step: number) => {
      time = 1000 * seconds;
      writeFileSync(join(folder, "metrics.jsonl"), `${JSON.stringify({ step, seconds })}\n`);
      return progress.describe();
    };
    const jobs = [
      { name: "a", folder, steps: 10_000, kinds: ["x"] }, { name: "b", folder: "none", steps: 600, kinds: ["x"] },
    ];
    const progress = createPlanProgress(jobs, 1, new Map(), () => time);
    progress.start(0);
    // 100 steps/s at first: 90 s for the rest, and 6 s for b.
    expect(at(10, 1000)).toBe("0 of 2 runs  a 10%  100 steps/s  about 1:36 left");
    // Then 10 steps/s: from 1000 at 10 s to 2200 at 130 s; 780 s for the rest, 60 s for b.
    expect(at(130, 2200)).toBe("0 of 2 runs  a 22%  10 steps/s  about 14:00 left");
    at(910, 10_000);
    progress.end(0);
    // a took 910 s for 10 000 steps, so b takes 54.6 s.
    expect(progress.describe()).toBe("1 of 2 runs  about 0:55 left");
    rmSync(folder, { recursive: true });
  });
});

describe("a record", () => {
  it("is read back as it was written", () => {
    const one = record("Ant-v5", "mdpo", 3, 12.5);
    expect(parseRecord(JSON.stringify(one), "here")).toEqual(one);
  });

  it.each(["", "[]", "null", "{}", JSON.stringify({ ...record("E", "mdpo", 0, 1), curve: [[1]] }),
    JSON.stringify({ ...record("E", "mdpo", 0, 1), parametersHash: "xyz" })])("is refused when it is %s", (text) => {
    expect(() => parseRecord(text, "there, line 4")).toThrow(/^there, line 4 is damaged: /);
  });
});
