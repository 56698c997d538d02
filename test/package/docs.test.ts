import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../runtimes.mjs";

// Every block of docs/ that is marked js or ts runs as it stands, on the sources; a statement that ends with
// "// => value" has to have that value.

const guides = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));

/** The programs of a guide, with the numbers of their first lines. */
function programs(guide: string): { line: number; code: string }[] {
  const text = readFileSync(join(root, "docs", guide), "utf8");
  return [...text.matchAll(/^```(?:js|ts)\n([^]*?)^```$/gm)].map((match) => ({
    line: text.slice(0, match.index).split("\n").length + 1, code: match[1]!,
  }));
}

/**
 * The program as a module that checks what it says: a statement that is followed by "// => value" is called for its
 * value. Statements end with ";" and begin where the one before ended, or with the line.
 */
function checked(code: string): string {
  const lines = code.split("\n");
  lines.forEach((line, at) => {
    const [, end, expected] = line.match(/^(.*);\s*\/\/ => (.*)$/) ?? [];
    if (end === undefined) return;
    let from = at;
    lines[at] = end;
    while (!isWhole(lines.slice(from, at + 1).join("\n"))) from--;
    lines[from] = lines[from]!.replace(/^\s*/, (space) => `${space}docsCheck((`);
    lines[at] += `), (${expected}), ${at});`;
  });
  return lines.join("\n");
}

/** Whether brackets close: an expression begins where they do. */
function isWhole(text: string): boolean {
  return [["(", ")"], ["[", "]"], ["{", "}"]].every(([open, close]) =>
    text.split(open!).length === text.split(close!).length);
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bregman-docs-"));
  mkdirSync(join(folder, "blocks"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files: Record<string, string> = {
  "bregman": "index.js", "bregman/policy": "policy.js", "bregman/envs": "envs.js",
};

async function runProgram(name: string, code: string): Promise<number> {
  const { code: module } = await transform(checked(code), { loader: "ts" });
  const resolved = module.replace(/from "(bregman[^"]*)"/g, (_, entry: string) =>
    `from "${pathToFileURL(join(root, "dist", files[entry]!)).href}"`);
  const file = join(folder, "blocks", name);
  writeFileSync(file, resolved);
  let checks = 0;
  Object.assign(globalThis, { docsCheck(value: unknown, expected: unknown, line: number) {
    checks++;
    expect(value, `line ${line + 1} of the program`).toEqual(expected);
  } });
  await import(/* @vite-ignore */ pathToFileURL(file).href);
  return checks;
}

describe.each(guides)("docs/%s", (guide) => {
  test.each(programs(guide))("the program at line $line does what it says", async ({ line, code }) => {
    const said = code.split("// =>").length - 1;
    expect(await runProgram(`${basename(guide, ".md")}-${line}.mjs`, code)).toBe(said);
  });

  test("links lead somewhere", () => {
    const text = readFileSync(join(root, "docs", guide), "utf8");
    for (const [, target] of text.matchAll(/\]\(([\w-]+\.md)\)/g)) expect(guides).toContain(target);
  });
});

test("the guides are five, and each has a program", () => {
  expect(guides.sort()).toEqual([
    "choosing-an-algorithm.md", "own-environment.md", "reading-the-charts.md", "reproducing.md", "shipping-a-policy.md",
  ]);
  for (const guide of guides) expect(programs(guide).length).toBeGreaterThan(0);
});

test("the own-environment example has at most 20 lines of code", () => {
  const lines = readFileSync(join(root, "examples/own-environment.ts"), "utf8").split("\n");
  expect(lines.filter((line) => line.trim() !== "" && !/^(\/\/|console)/.test(line)).length).toBeLessThanOrEqual(20);
});
