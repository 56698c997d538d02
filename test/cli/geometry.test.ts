import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { geometryCommand, geometrySpec } from "../../src/cli/geometry.ts";
import type { Library } from "../../src/cli/library.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), "bregman-geometry-")); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function draw(...words: string[]): Promise<string> {
  let printed = "";
  const terminal = { write: (text: string) => { printed += text; } } as unknown as Terminal;
  expect(await geometryCommand(parseArguments(geometrySpec, words), {} as Library, terminal)).toBe(0);
  return printed;
}

test("draws a path for each map and step size with a dot for each iterate, the same text each time", async () => {
  const words = ["--out", folder, "--maps", "kl,euclidean", "--step-sizes", "0.1,0.5", "--iterations", "7"];
  expect(await draw(...words)).toBe(`${join(folder, "simplex.svg")}\n${join(folder, "value-gap.svg")}\n`);
  const [simplex, gaps] = ["simplex.svg", "value-gap.svg"].map((name) => readFileSync(join(folder, name), "utf8"));
  const paths = simplex!.match(/<g class="path">.*?<\/g><\/g>/g)!;
  expect(paths.length).toBe(4);
  for (const path of paths) expect(path.match(/<circle/g)!.length).toBe(8);
  for (const name of ["kl, step 0.1", "euclidean, step 0.5"]) {
    expect(simplex).toContain(name);
    expect(gaps).toContain(name);
  }
  await draw(...words);
  expect(readFileSync(join(folder, "simplex.svg"), "utf8")).toBe(simplex);
});

test("names a map that there is not, and numbers that are none", async () => {
  await expect(draw("--out", folder, "--maps", "kk")).rejects.toThrow(/did you mean kl/);
  await expect(draw("--out", folder, "--start", "1,2")).rejects.toThrow(/--start: expected three numbers/);
  await expect(draw("--out", folder, "--start", "0.5,0.2,0.2")).rejects.toThrow(/no distribution/);
});
