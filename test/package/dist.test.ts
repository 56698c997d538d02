import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { bundles } from "../../build.mjs";
import manifest from "../../package.json" with { type: "json" };
import { findDeno } from "../runtimes.mjs";

/** What a bundle imports, by kind, as the parser sees it. */
async function importsOf(file: string): Promise<{ path: string; kind: string }[]> {
  const { metafile } = await build({
    entryPoints: [file], external: ["*"], bundle: true, write: false, metafile: true,
    format: "esm", platform: "neutral",
  });
  const all = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path, kind }) => ({ path, kind })));
  return all.filter(({ path }, i) => all.findIndex((each) => each.path === path) === i);
}

/** Runs a program that must print `fine` and nothing on stderr. */
function expectFine(program: string, args: string[]): void {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8", timeout: 60_000 });
  expect({ stdout: stdout.trim(), stderr, status }).toEqual({ stdout: "fine", stderr: "", status: 0 });
}

const facadeExists = existsSync("src/index.ts");

const beside = ["./mujoco.js", "./onnx.js", "./webgpu.js", "./worker-client.js"].map((path) => ({ path, kind: "dynamic-import" }));
const facade = { path: "./index.js", kind: "import-statement" };

describe.each([
  ["dist/index.js", "src/index.ts", beside], ["dist/policy.js", "src/policy.ts", []],
  ["dist/envs.js", "src/envs.ts", beside.slice(0, 1)], ["dist/tensor.js", "src/tensor.ts", []],
  ["dist/tabular.js", "src/tabular.ts", []], ["dist/teams.js", "src/teams.ts", []],
  ["dist/methods.js", "src/methods.ts", []],
  ["dist/mujoco.js", "src/mujoco.ts", [facade]], ["dist/bench.js", "src/cli/bench-items.ts", [facade]],
  ["dist/webgpu.js", "src/devices/webgpu/index.ts", [facade]],
  ["dist/onnx.js", "src/io/onnx/policy-model.ts", [facade]], ["dist/worker.js", "src/worker.ts", [facade]],
  ["dist/worker-client.js", "src/worker/worker-trainer.ts", [facade]],
])("%s", (file, source, imports) => {
  const nothingToBuild = !existsSync(source);

  test.skipIf(nothingToBuild)("imports nothing that a bundler would look for, but what lies beside it", async () => {
    expect(new Set(await importsOf(file))).toEqual(new Set(imports));
  });

  test.skipIf(nothingToBuild)("is printable ASCII and builds no code from text", () => {
    const text = readFileSync(file, "latin1");
    expect(text).toMatch(/^[\t\n\r -~]*$/);
    expect(text).not.toMatch(/\beval\(|new Function\b|sourceMappingURL/);
  });

  const script = `const names = Object.keys(await import(${JSON.stringify(pathToFileURL(file).href)}));
    console.log(names.length > 0 && !names.includes("default") ? "fine" : names.join())`;

  test.skipIf(nothingToBuild)("loads in Node", () => {
    expectFine(process.execPath, ["--input-type=module", "-e", script]);
  });

  test.skipIf(nothingToBuild || !findDeno())("loads in Deno without any permission but reading itself", () => {
    expectFine(findDeno()!, ["eval", "--no-config", "--quiet", script]);
  });
});

const gzipped = (bytes: string | Uint8Array): number => gzipSync(bytes, { level: 9 }).length;

test.each(bundles.filter(({ file }) => existsSync(`dist/${file}`)))("$file is at most $limit bytes gzip",
  ({ file, limit }) => expect(gzipped(readFileSync(`dist/${file}`))).toBeLessThanOrEqual(limit));

test("the promised limits stand", () => {
  const limitOf = (name: string) => bundles.find(({ file }) => file === name)!.limit;
  expect(limitOf("index.js")).toBeLessThanOrEqual(100_000);
  expect(limitOf("policy.js")).toBeLessThanOrEqual(10_000);
});

test("the import map names every entry and has the hash of every file", () => {
  const { imports, integrity } = JSON.parse(readFileSync("dist/importmap.json", "utf8")) as
    { imports: Record<string, string>; integrity: Record<string, string> };
  const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
    typeof target === "string" ? [] : [[`bregman${path.slice(1)}`, target.default.replace("dist/", "")]]);
  expect(imports).toEqual(Object.fromEntries(entries));
  const files = readdirSync("dist").filter((file) => file.endsWith(".js")).sort();
  expect(Object.keys(integrity)).toEqual(files.map((file) => `./${file}`));
  for (const file of files) {
    const hash = createHash("sha384").update(readFileSync(`dist/${file}`)).digest("base64");
    expect(integrity[`./${file}`], file).toBe(`sha384-${hash}`);
  }
});

test.skipIf(!facadeExists)("the command line is a program of its own that imports the entries beside it", async () => {
  const text = readFileSync("dist/cli.js", "utf8");
  expect(text.startsWith("#!/usr/bin/env node\n")).toBe(true);
  expect(statSync("dist/cli.js").mode & 0o111).not.toBe(0);
  const paths = new Set((await importsOf("dist/cli.js")).map(({ path }) => path));
  const beside = [...paths].filter((path) => !path.startsWith("node:"));
  expect(beside.sort()).toEqual(["./bench.js", "./index.js", "./tabular.js", "./tensor.js"]);
});

/** What a consumer's bundler makes of a file: it finds the package through its exports, not through our own paths. */
async function bundled(contents: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd() }, tsconfigRaw: {},
    external: ["./mujoco.js", "./onnx.js", "./webgpu.js", "./worker-client.js"], bundle: true, write: false, minify: true, format: "esm", platform: "neutral", logLevel: "error",
  });
  return outputFiles[0]!.contents;
}

test.skipIf(!facadeExists)("an unused import costs a consumer's bundle nothing", async () => {
  const names = ["", "/policy", "/envs", "/tensor", "/tabular", "/methods", "/teams", "/worker", "/mujoco"];
  const contents = names.map((name) => `import * as unused${name.slice(1)} from "bregman${name}";`).join("");
  expect(await bundled(contents)).toHaveLength(0);
});

test.skipIf(!facadeExists).each([
  ["bregman", "BregmanError", 300], ["bregman", "checkEnv", 8_000], ["bregman", "list", 16_000],
  ["bregman", "makeEnv", 26_000], ["bregman", "load", 48_000],
  ["bregman/envs", "checkEnv", 8_000], ["bregman/tensor", "mlp", 5_000],
])("of %s, a bundle that imports %s alone holds at most %i bytes gzip", async (entry, name, most) => {
  const bytes = await bundled(`import { ${name} } from "${entry}"; console.log(${name});`);
  expect(gzipped(bytes)).toBeLessThanOrEqual(most);
});

test.skipIf(!facadeExists)("a policy acts from one file, in a folder of its own, to the facade's bit", () => {
  const folder = mkdtempSync(join(tmpdir(), "bregman-policy-"));
  try {
    copyFileSync("dist/policy.js", join(folder, "policy.mjs"));
    const url = (file: string) => JSON.stringify(pathToFileURL(file).href);
    const script = `import { load } from ${url(join(folder, "policy.mjs"))};
      import { train } from ${url("dist/index.js")};
      const { policy } = await train("Pendulum-v1", { steps: 2000, envs: 2, hyperparameters: { horizon: 64 } });
      const small = await load(policy.save());
      const rows = Array.from({ length: 1000 }, (_, i) => [Math.cos(i), Math.sin(i), i % 17 - 8]);
      const same = rows.every((row) => Object.is(small.act(row)[0], policy.act(row)[0]));
      console.log(same ? "fine" : "differs");`;
    expectFine(process.execPath, ["--input-type=module", "-e", script]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.skipIf(!facadeExists)("a method put together from three entries learns to the facade's own bits", () => {
  const url = (file: string) => JSON.stringify(pathToFileURL(file).href);
  const script = `import { createTrainer } from ${url("dist/index.js")};
    import { mdpo } from ${url("dist/methods.js")};
    import * as t from ${url("dist/tensor.js")};
    const surrogate = ({ ratio, advantage, divergence, stepSize }) =>
      t.sub(t.mean(t.mul(ratio, advantage)), t.div(t.mean(divergence), stepSize));
    const own = { ...mdpo, id: "own", objective: { ...mdpo.objective, id: "own", surrogate } };
    const hashes = [];
    for (const algorithm of ["mdpo", { ...mdpo, id: "copy" }, own]) {
      const hyperparameters = { horizon: 32, gaeLambda: 0.9 };
      const options = { algorithm, seed: 2, steps: 512, envs: 4, device: "wasm", hyperparameters };
      const trainer = await createTrainer("CartPole-v1", options);
      await trainer.update();
      await trainer.update();
      hashes.push(trainer.policy.parametersHash());
    }
    console.log(new Set(hashes).size === 1 ? "fine" : hashes.join());`;
  expectFine(process.execPath, ["--input-type=module", "-e", script]);
});

test.skipIf(!facadeExists)("act with out allocates nothing, in the facade and in bregman/policy", () => {
  expectFine(process.execPath, ["--expose-gc", "test/package/act-allocations.mjs"]);
}, 60_000);

test.skipIf(!facadeExists)("200 times create, train, act, save, load and dispose leave no WASM memory behind", () => {
  expectFine(process.execPath, ["--expose-gc", "test/package/leaks.mjs"]);
}, 60_000);
