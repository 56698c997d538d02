// The test command: types, then one suite in Node, in a real Chromium and in Deno.
//
//   npm test                          everything
//   npm test -- --only node,deno      some of: types, node, chromium, deno
//   npm test -- test/tensor -t name   further arguments go to vitest
//   node test/run.mjs --bring         only installs what is missing, where it may
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bringWhatIsMissing, findChromium, findDeno, hasVulkan, root, versionOf } from "./runtimes.mjs";

const minutesPerRuntime = 12;
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const tsc = join(root, "node_modules/typescript/bin/tsc");

function parseArguments(args) {
  const only = [];
  const filters = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--only") only.push(...(args[++i] ?? "").split(","));
    else if (args[i].startsWith("--only=")) only.push(...args[i].slice(7).split(","));
    else filters.push(args[i]);
  }
  const unknown = only.filter((name) => !["types", "node", "chromium", "deno"].includes(name));
  if (unknown.length > 0) throw new Error(`--only ${unknown}: not one of types, node, chromium, deno`);
  return { wanted: (name) => only.length === 0 || only.includes(name), filters };
}

/** The runtimes in the order of running: how each is started, or why it cannot be. */
function runtimes() {
  const chromium = findChromium();
  const deno = findDeno();
  return [
    { id: "node", name: "Node", version: process.version,
      command: [process.execPath, vitest, "run", "--project", "node"] },
    chromium
      ? { id: "chromium", name: "Chromium", version: versionOf(chromium)?.match(/\d+[\d.]*/)?.[0] ?? "",
        command: [process.execPath, vitest, "run", "--project", "chromium"] }
      : { id: "chromium", name: "Chromium", missing: "not found; on Debian: apt-get install chromium" },
    deno
      ? { id: "deno", name: "Deno", version: versionOf(deno)?.match(/\d+[\d.]*/)?.[0] ?? "",
        command: [deno, "run", "-A", "--node-modules-dir=manual", vitest, "run", "--project", "node"] }
      : { id: "deno", name: "Deno", missing: "not found; npm ci brings it" },
  ];
}

/** All processes that descend from `pid`, youngest last (Linux; elsewhere only `pid` itself). */
function descendants(pid) {
  const found = [pid];
  if (!existsSync("/proc/self/stat")) return found;
  const parents = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      return [[Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1])]];
    } catch {
      return [];   // it ended meanwhile
    }
  });
  for (const parent of found) for (const [child, of] of parents) if (of === parent) found.push(child);
  return found;
}

function end(pids, signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // it ended meanwhile
    }
  }
}

/** Runs a command with its output visible; resolves to its exit code, or to "timeout" after ending all it started. */
function run([program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      const pids = descendants(child.pid);
      end(pids, "SIGTERM");
      setTimeout(() => end(pids, "SIGKILL"), 3000);
    }, minutesPerRuntime * 60_000);
    child.on("error", (error) => { console.error(error.message); clearTimeout(timer); resolve(-1); });
    child.on("exit", (code) => { clearTimeout(timer); resolve(timedOut ? "timeout" : code); });
  });
}

/** Counts of one runtime's report. A file that could not be loaded, or an error outside every test, is a failure. */
function countTests(reportFile, exitCode) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0, skippedNames: [] };
  const report = JSON.parse(readFileSync(reportFile, "utf8"));
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === "passed").length;
  const broken = report.testResults.filter((file) =>
    file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"));
  const failed = tests.filter((test) => test.status === "failed").length + broken.length;
  const skippedNames = tests.filter((test) => !["passed", "failed"].includes(test.status)).map((test) => test.fullName);
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped: skippedNames.length, skippedNames };
}

async function runSuite(runtime, filters, folder) {
  const report = join(folder, `${runtime.id}.json`);
  const started = performance.now();
  console.log(`\n== ${runtime.name} ${runtime.version}`);
  const code = await run([...runtime.command, ...filters, "--reporter=default", "--reporter=json",
    `--outputFile.json=${report}`, ...(filters.length > 0 ? ["--passWithNoTests"] : [])]);
  if (code === "timeout") console.error(`${runtime.name}: ended after ${minutesPerRuntime} minutes`);
  return { ...runtime, ...countTests(report, code), seconds: (performance.now() - started) / 1000 };
}

async function main(args) {
  bringWhatIsMissing();
  if (args.includes("--bring")) return 0;
  const { wanted, filters } = parseArguments(args);
  const folder = mkdtempSync(join(tmpdir(), "bregman-test-"));
  const results = [];
  const missing = [];
  let typesFailed = 0;
  try {
    if (wanted("types") && filters.length === 0) {
      console.log("== types");
      typesFailed = await run([process.execPath, tsc, "-p", "tsconfig.json"]) === 0 ? 0 : 1;
      console.log(typesFailed ? "types: FAILED" : "types: fine");
    }
    for (const runtime of runtimes().filter(({ id }) => wanted(id))) {
      if (runtime.missing) missing.push(`${runtime.name} (${runtime.missing})`);
      else results.push(await runSuite(runtime, filters, folder));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (process.platform === "linux" && !hasVulkan()) missing.push("WebGPU outside Chromium (no Vulkan driver)");
  return summarize(results, missing, typesFailed);
}

/** Prints what ran, the sums, and on the last line what could not run. Returns the exit code. */
function summarize(results, missing, typesFailed) {
  const counts = ({ passed, failed, skipped }) =>
    `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
  console.log("");
  for (const result of results) {
    console.log(`${`${result.name} ${result.version}`.padEnd(24)} ${counts(result)} in ${result.seconds.toFixed(1)} s`);
    for (const name of result.skippedNames.slice(0, 12)) console.log(`    skipped: ${name}`);
    if (result.skipped > 12) console.log(`    and ${result.skipped - 12} more`);
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const failed = sum("failed") + typesFailed;
  const names = results.map(({ name }) => name);
  console.log(counts({ passed: sum("passed"), failed, skipped: sum("skipped") }));
  console.log(missing.length > 0 ? `could not run: ${missing.join("; ")}`
    : `ran in ${names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0] ?? "no runtime"}`);
  return failed > 0 || (missing.length > 0 && process.env.CI === "true") ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`test: ${error.message}`);
  process.exitCode = 2;
}
