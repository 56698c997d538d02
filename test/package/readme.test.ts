import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright";
import { describe, expect, test } from "vitest";
import { trainSpec } from "../../src/cli/train.ts";
import { list } from "../../src/list.ts";
import hashes from "../golden/hashes.json" with { type: "json" };
import { findChromium, findDeno, root } from "../runtimes.mjs";

// The README's programs run as they stand there, on the built dist/; its tables name what exists.

const readme = existsSync(join(root, "README.md")) ? readFileSync(join(root, "README.md"), "utf8") : "";
const ready = readme !== "" && existsSync(join(root, "dist/index.js"));

/** The program of a section: its first block of the language. */
function program(section: string, language: string): string {
  const text = readme.slice(readme.indexOf(section));
  return text.split(`\`\`\`${language}\n`)[1]!.split("```")[0]!;
}

const onDist = (text: string): string => text.replaceAll("./dist/", `${pathToFileURL(root).href}/dist/`);

/** Runs a program from a folder of its own and returns what it prints. */
function printedBy(name: string, text: string, runner: string, args: string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), "bregman-readme-"));
  try {
    writeFileSync(join(folder, name), onDist(text));
    const options = { cwd: folder, encoding: "utf8", timeout: 60_000 } as const;
    const { stdout, stderr, status } = spawnSync(runner, [...args, name], options);
    expect(status, stderr).toBe(0);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!ready)("the README", () => {
  test("has a program for an own environment that is learned", () => {
    const printed = printedBy("catch.mjs", program("## Your own environment", "js"), process.execPath);
    const [, reached] = printed.match(/^mean return (\S+) of at most 1; an action: [012]\n$/) ?? [];
    expect(Number(reached)).toBeGreaterThan(0.8);
  });

  test("has a shortest tensor program", () => {
    const printed = printedBy("tensor.mjs", program("## How it is built", "js"), process.execPath);
    expect(printed).toBe("Float32Array(3) [ 2, 4, 6 ]\n");
  });

  test("has a program of the exact engine, which solves Kuhn poker", () => {
    const printed = printedBy("exact.mjs", program("## The exact engine", "js"), process.execPath);
    expect(Number(printed.trim().split("\n").at(-1))).toBeLessThan(1e-3);
  });

  test.skipIf(!findDeno())("has a program for Deno, which needs its two permissions", () => {
    const permissions = ["read", "write"].map((each) => `--allow-${each}=policy.safetensors`);
    const text = program("## In Deno", "ts").replace("100_000", "5_000");
    const printed = printedBy("main.ts", text, findDeno()!, ["run", "--quiet", "--no-prompt", ...permissions]);
    expect(printed).toMatch(/5120 steps, return -\d+\.\d\n\{\n {2}episodes: 20,\n {2}mean: -/);
  });

  test.skipIf(!findChromium())("has a page that trains", async () => {
    const server = createServer(({ url }, response) => {
      response.setHeader("content-type", url === "/" ? "text/html" : "text/javascript");
      response.end(url === "/" ? program("## In a browser", "html") : readFileSync(join(root, "dist/index.js")));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.getByText(/The first action is [01]\./).waitFor({ timeout: 40_000 });
      expect(await page.textContent("#log")).toMatch(/^100352 steps, return [45]\d\d/);
    } finally {
      await browser.close();
      server.close();
    }
  });

  test("states the hashes that every runtime has to reach", () => {
    for (const [run, hash] of Object.entries(hashes)) expect(readme).toContain(`| ${run} | \`${hash}\` |`);
  });

  test("names every algorithm, environment and option of train, and shows its pictures", () => {
    for (const { id } of list("algorithms")) expect(readme).toContain(`| \`${id}\` |`);
    for (const { name } of list("envs").filter(({ name }) => name !== "Bandit-v0")) expect(readme).toContain(name);
    for (const { name } of trainSpec.options) expect(readme).toContain(`\`--${name}`);
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)|<img src="([^"]+)"/g)].map(([, one, other]) => one ?? other);
    expect(pictures).toHaveLength(5);
    for (const picture of pictures) expect(existsSync(join(root, picture!)), picture).toBe(true);
  });
});
