// `npm run learning`: trains every task with every method and seed from the built package, and checks what they reach.
//
//   --tasks NAMES        some of the tasks, by name ("own" for the own environments, "webgpu" for the run on a GPU,
//                        "Pendulum-v1 from replay" for the off-policy methods)
//   --algorithms NAMES   some of mdpo, ppo, trpo
//   --seeds N | A..B     that many seeds from 0 (default 10), or those from A to B
//   --quick              2 seeds, without webgpu: writes no results unless --out says where
//   --out DIR            default results/: learning.jsonl (a line a run) and learning.md
//   --library FILE       another build than dist/index.js
//
// webgpu needs the optional package of that name and a Vulkan driver. Without a GPU, Chromium's software driver
// serves, in about five minutes: VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json npm run learning
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { summarize, tableOf, writeResults } from "./learning-report.mjs";
import {
  algorithms as allAlgorithms, costOf, ownSeeds, replayTask, tasks as builtinTasks, webgpuTask,
} from "./learning-tasks.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const defaultSteps = 100_000;

const { values: given } = parseArgs({
  options: {
    tasks: { type: "string" }, algorithms: { type: "string" }, seeds: { type: "string" },
    quick: { type: "boolean", default: false }, out: { type: "string" }, library: { type: "string" },
  },
});

/** "10": that many from 0; "3..5": from the first to the last. */
function seedsOf(text) {
  const range = /^(\d+)\.\.(\d+)$/.exec(text);
  const [first, last] = range ? [Number(range[1]), Number(range[2])] : [0, Number(text) - 1];
  if (!Number.isInteger(last) || last < first) throw new Error(`--seeds: expected a number or A..B, got ${text}`);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** The own environments are TypeScript: bundled into a file that workers can load. */
async function bundleOwnEnvironments(folder) {
  const outfile = join(folder, "own-environments.mjs");
  await build({
    entryPoints: [join(root, "test/support/own-environments.ts")], outfile, bundle: true,
    format: "esm", platform: "neutral", logLevel: "error",
  });
  return pathToFileURL(outfile).href;
}

function everyTask(ownTasks) {
  const own = ownTasks.map(({ name, learned, untrained, optimum }) => ({
    name, own: name, threshold: learned, share: 1, options: {}, published: [],
    note: `no hyperparameters given; untrained ${untrained}, optimum ${optimum}`,
  }));
  return [...builtinTasks, replayTask, ...own, webgpuTask];
}

function chosenTasks(all) {
  if (!given.tasks) return given.quick ? all.filter((task) => task !== webgpuTask) : all;
  const wanted = given.tasks.split(",");
  const namesOf = (task) => [task.name, ...(task.own ? ["own"] : []), ...(task === webgpuTask ? ["webgpu"] : [])];
  const known = [...new Set(all.flatMap(namesOf))];
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`--tasks: ${unknown.join(", ")} unknown; there are ${known.join(", ")}`);
  return all.filter((task) => namesOf(task).some((name) => wanted.includes(name)));
}

function jobsOf(task) {
  const methods = task.algorithms ?? given.algorithms?.split(",") ?? allAlgorithms;
  const seeds = task.seeds ?? seedsOf(given.seeds ?? (given.quick ? "2" : task.own ? String(ownSeeds) : "10"));
  return methods.flatMap((algorithm) => seeds.map((seed) => {
    const options = task.options ?? {};
    const environment = task.environment ?? task.name;
    const steps = options.steps ?? task.presetSteps ?? defaultSteps;
    return {
      task: task.name, environment, own: task.own, algorithm, seed, options,
      cost: costOf({ algorithm, steps, device: options.device }),
      command: task.own || options.device
        ? `npm run learning -- --tasks ${task.own ?? "webgpu"} --algorithms ${algorithm} --seeds ${seed}..${seed}`
        : `npx bregman train ${environment} --algorithm ${algorithm} --seed ${seed} --device wasm`,
    };
  }));
}

/** Runs all jobs on as many workers as there are cores, the longest first; calls back after each. */
async function runAll(jobs, files, onDone) {
  const queue = [...jobs].sort((a, b) => b.cost - a.cost);
  const lane = () => new Promise((done, fail) => {
    const worker = new Worker(new URL("./learning-worker.mjs", import.meta.url), { workerData: files });
    let job;
    const next = () => {
      job = queue.shift();
      if (job) worker.postMessage(job);
      else worker.terminate().then(done);
    };
    worker.on("message", (answer) => {
      onDone(job, answer);
      next();
    });
    worker.on("error", fail);
    next();
  });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, lane));
}

function progressOf(jobs) {
  const began = performance.now();
  const total = jobs.reduce((sum, { cost }) => sum + cost, 0);
  let [done, count] = [0, 0];
  return ({ task, algorithm, seed, cost }, text) => {
    done += cost;
    count++;
    const left = Math.round(((performance.now() - began) / 1000 / done) * (total - done));
    const time = `about ${Math.floor(left / 60)} min ${left % 60} s left`;
    console.log(`${count}/${jobs.length}  ${task} ${algorithm} seed ${seed}: ${text}  (${time})`);
  };
}

const folder = mkdtempSync(join(tmpdir(), "bregman-learning-"));
try {
  const ownEnvironments = await bundleOwnEnvironments(folder);
  const { ownTasks } = await import(ownEnvironments);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const library = pathToFileURL(resolve(given.library ?? join(root, "dist/index.js"))).href;
  const tasks = chosenTasks(everyTask(ownTasks));
  const jobs = tasks.flatMap(jobsOf);
  const began = performance.now();
  const progress = progressOf(jobs);
  const out = given.out || !given.quick ? resolve(given.out ?? join(root, "results")) : undefined;
  const [runs, skipped, failed] = [[], [], []];
  await runAll(jobs, { library, ownEnvironments }, (job, { result, error, code }) => {
    const { task, algorithm, seed, command } = job;
    const isAbsent = code === "webgpu-unavailable" || code === "missing-dependency";
    if (result) runs.push({ command, task, algorithm, seed, version, ...result });
    else (isAbsent ? skipped : failed).push(`${task} ${algorithm} seed ${seed}: ${error}`);
    progress(job, result ? result.evaluation.mean.toFixed(1) : error);
    if (out) writeResults(out, everyTask(ownTasks), runs);
  });
  const summary = summarize(tasks, runs);
  for (const entry of summary) console.log(`\n${tableOf(entry)}`);
  const minutes = (performance.now() - began) / 60000;
  for (const line of skipped) console.log(`\nSKIPPED ${line}`);
  for (const line of failed) console.error(`\nFAILED ${line}`);
  const passed = failed.length === 0 && summary.every(({ rows }) => rows.every((row) => row.pass));
  const verdict = passed ? "All thresholds reached" : "NOT all thresholds reached";
  console.log(`\n${verdict}, ${runs.length} runs in ${minutes.toFixed(1)} minutes`);
  process.exitCode = passed ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
