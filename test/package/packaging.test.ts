import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stageForJsr } from "../../build.mjs";
import jsr from "../../jsr.json" with { type: "json" };
import manifest from "../../package.json" with { type: "json" };
import { findDeno } from "../runtimes.mjs";

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), "bregman-pack-")); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!existsSync("dist/index.js"))("the packed package", () => {
  let tarball: Uint8Array<ArrayBuffer>;
  beforeAll(() => {
    const packing = ["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder];
    execFileSync("npm", packing, { stdio: "pipe" });
    tarball = new Uint8Array(readFileSync(join(folder, readdirSync(folder).find((file) => file.endsWith(".tgz"))!)));
  });

  test("has no fault that publint knows", async () => {
    const { messages } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
    expect(messages).toEqual([]);
  });

  test("has types that resolve for every entry (ES modules only)", async () => {
    const result = await checkPackage(createPackageFromTarballData(tarball), {
      excludeEntrypoints: [/\.(wasm|json)$/],
    });
    if (!result.types) throw new Error("no types were found");
    // An old resolution that knows no exports, and `require`, are not served.
    const problems = result.problems.filter((problem) =>
      !("resolutionKind" in problem) || !["node10", "node16-cjs"].includes(problem.resolutionKind));
    expect(problems).toEqual([]);
    const entries = Object.entries(manifest.exports).filter(([, target]) => typeof target !== "string");
    for (const [entry] of entries) {
      for (const kind of ["node16-esm", "bundler"] as const) {
        const { resolution } = result.entrypoints[entry]!.resolutions[kind];
        expect(resolution?.isTypeScript, `${entry} for ${kind}`).toBe(true);
      }
    }
  });
});

test("JSR has the same entries and version", () => {
  const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
    typeof target === "string" ? [] : [[path, target.default]]);
  expect(jsr.exports).toEqual(Object.fromEntries(entries));
  expect(jsr.version).toBe(manifest.version);
  expect(jsr.license).toBe(manifest.license);
});

test.skipIf(!existsSync("dist/index.js") || !findDeno())("JSR would take it, with the types of every entry", () => {
  const staged = join(folder, "jsr");
  stageForJsr(staged);
  const { status, stderr } = spawnSync(findDeno()!, ["publish", "--dry-run", "--allow-dirty"],
    { cwd: staged, encoding: "utf8", timeout: 60_000, env: { ...process.env, NO_COLOR: "1" } });
  // Optional packages are imported by a name that nobody is to look for.
  const faults = stderr.match(/^(error|warning)\b(?!\[unanalyzable-dynamic-import\]).*/gm);
  expect({ status, faults }).toEqual({ status: 0, faults: null });
});
