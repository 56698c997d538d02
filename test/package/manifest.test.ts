import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { version } from "../../src/version.ts";

test("has no runtime dependencies, and pins every other", () => {
  expect(manifest).not.toHaveProperty("dependencies");
  expect(manifest).not.toHaveProperty("optionalDependencies");
  expect(manifest.sideEffects).toBe(false);
  for (const [name, version] of Object.entries(manifest.devDependencies)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
  for (const name of Object.keys(manifest.peerDependencies)) {
    expect(manifest.peerDependenciesMeta, name).toHaveProperty([name, "optional"], true);
  }
});

test("the library says the same version", () => expect(version).toBe(manifest.version));

test("the lock file names no registry and holds every platform", () => {
  const text = readFileSync("package-lock.json", "utf8");
  const { packages } = JSON.parse(text) as { packages: Record<string, Record<string, unknown>> };
  for (const [name, entry] of Object.entries(packages)) expect(entry, name).not.toHaveProperty("resolved");
  expect(text).not.toMatch(/registry|\.tgz/);
  for (const { optionalDependencies = {} } of Object.values(packages) as { optionalDependencies?: object }[]) {
    for (const name of Object.keys(optionalDependencies)) expect(packages).toHaveProperty([`node_modules/${name}`]);
  }
});

test.skipIf(!existsSync("README.md"))("the published files are these and no more", () => {
  const packing = ["pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"];
  const [{ files }] = JSON.parse(execFileSync("npm", packing, { encoding: "utf8" })) as [{ files: { path: string }[] }];
  const paths = files.map(({ path }) => path).sort();
  expect(paths.filter((path) => !path.startsWith("dist/types/"))).toEqual([
    "LICENSE", "README.md", "dist/bench.js", "dist/bregman.wasm", "dist/cli.js", "dist/envs.js", "dist/importmap.json",
    "dist/index.js", "dist/methods.js", "dist/mujoco.js", "dist/onnx.js", "dist/policy.js", "dist/policy.wasm",
    "dist/tabular.js", "dist/tabular.wasm", "dist/teams.js", "dist/tensor.js", "dist/webgpu.js", "dist/worker-client.js", "dist/worker.js",
    "package.json",
  ]);
  expect(paths.filter((path) => path.startsWith("dist/types/") && !path.endsWith(".d.ts"))).toEqual([]);
  const targets = [manifest.bin.bregman, ...Object.values(manifest.exports).flatMap((target) =>
    typeof target === "string" ? [target] : Object.values(target))];
  for (const target of targets) expect(paths).toContain(target.replace(/^\.\//, ""));
});

test("installing for production brings nothing and needs no network", () => {
  const folder = mkdtempSync(join(tmpdir(), "bregman-install-"));
  try {
    for (const file of ["package.json", "package-lock.json", ".npmrc"]) copyFileSync(file, join(folder, file));
    execFileSync("npm", ["ci", "--omit=dev", "--offline", "--cache", join(folder, "cache"), "--loglevel=error"],
      { cwd: folder, stdio: "pipe" });
    expect(existsSync(join(folder, "node_modules/webgpu"))).toBe(false);
    expect(existsSync(join(folder, "node_modules/@mujoco"))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
