import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { findDeno } from "../runtimes.mjs";

/** What a bundle imports, by kind, as the parser sees it. */
async function importsOf(file: string): Promise<{ path: string; kind: string }[]> {
  const { metafile } = await build({
    entryPoints: [file], external: ["*"], bundle: true, write: false, metafile: true,
    format: "esm", platform: "neutral",
  });
  return Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path, kind }) => ({ path, kind })));
}

/** Runs a program that must print `fine` and nothing on stderr. */
function expectFine(program: string, args: string[]): void {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8", timeout: 60_000 });
  expect({ stdout: stdout.trim(), stderr, status }).toEqual({ stdout: "fine", stderr: "", status: 0 });
}

const facadeExists = existsSync("src/index.ts");

const beside = ["./mujoco.js", "./onnx.js", "./webgpu.js"].map((path) => ({ path, kind: "dynamic-import" }));
const facade = { path: "./index.js", kind: "import-statement" };

describe.each([
  ["dist/index.js", "src/index.ts", beside], ["dist/tensor.js", "src/tensor.ts", []],
  ["dist/mujoco.js", "src/mujoco.ts", [facade]], ["dist/bench.js", "src/cli/bench-items.ts", [facade]],
  ["dist/webgpu.js", "src/devices/webgpu/index.ts", [facade]],
  ["dist/onnx.js", "src/io/onnx/policy-model.ts", [facade]],
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

test.skipIf(!facadeExists)("the facade is at most 100 KB gzip", () => {
  expect(gzipSync(readFileSync("dist/index.js"), { level: 9 }).length).toBeLessThanOrEqual(100_000);
});

test.skipIf(!facadeExists)("the command line is a program of its own that imports the entries beside it", async () => {
  const text = readFileSync("dist/cli.js", "utf8");
  expect(text.startsWith("#!/usr/bin/env node\n")).toBe(true);
  expect(statSync("dist/cli.js").mode & 0o111).not.toBe(0);
  const paths = new Set((await importsOf("dist/cli.js")).map(({ path }) => path));
  const beside = [...paths].filter((path) => !path.startsWith("node:"));
  expect(beside.sort()).toEqual(["./bench.js", "./index.js", "./tensor.js"]);
});

test.skipIf(!facadeExists)("an unused import costs a consumer's bundle nothing", async () => {
  const { outputFiles } = await build({
    stdin: { contents: `import { train } from "bregman"; import "bregman/tensor";`, resolveDir: process.cwd() },
    tsconfigRaw: {},   // a consumer finds the package through its exports, not through our own paths
    bundle: true, write: false, minify: true, format: "esm", platform: "neutral", logLevel: "error",
  });
  expect(outputFiles[0]!.text).toBe("");
});
