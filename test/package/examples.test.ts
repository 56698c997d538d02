import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, findDeno, root } from "../runtimes.mjs";
import { serveRepository, type StaticServer } from "./static-server.ts";

// The examples that run as they are, on the built dist/: a script in Deno, pages in a browser.

const built = existsSync(join(root, "dist/index.js"));

/** Gives a folder of its own, and removes it. */
function inFolder(run: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "bregman-examples-"));
  try {
    run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const trained = /steps\/s on wasm\nevaluation: return -\d+\.\d ± \d+\.\d over 20 episodes\n$/;

test.skipIf(!built || !findDeno())("the Deno script trains, saves, loads and evaluates without asking for any permission",
  () => inFolder((folder) => {
    const script = ["run", "--quiet", "--no-prompt", join(root, "examples/deno/train.ts"), "5000"];
    const env = { ...process.env, DENO_AUDIT_PERMISSIONS: join(folder, "asked") };
    expect(execFileSync(findDeno()!, script, { cwd: folder, env, encoding: "utf8", timeout: 60_000 })).toMatch(trained);
    expect(readFileSync(join(folder, "asked"), "utf8")).toBe("");
  }));

test.skipIf(!built)("the Node script trains, saves, loads, evaluates and exports", () => inFolder((folder) => {
  const script = [join(root, "examples/node/train.mjs"), "5000"];
  expect(execFileSync(process.execPath, script, { cwd: folder, encoding: "utf8", timeout: 60_000 })).toMatch(trained);
  for (const name of ["policy.safetensors", "policy.onnx"]) {
    expect(statSync(join(folder, name)).size).toBeGreaterThan(1000);
  }
}));

describe.skipIf(!built || !findChromium())("the pages, from a plain static server", () => {
  let server: StaticServer, browser: Browser;
  const records = mkdtempSync(join(tmpdir(), "bregman-records-"));
  const faults: string[] = [];

  beforeAll(async () => {
    server = await serveRepository({ records });
    browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(records, { recursive: true });
  });

  async function open(name: string): Promise<Page> {
    const page = await browser.newPage();
    page.on("pageerror", ({ message }) => faults.push(message));
    page.on("response", (response) => { if (!response.ok()) faults.push(`${response.status()} ${response.url()}`); });
    await page.goto(`${server.origin}/examples/browser/${name}`);
    return page;
  }

  const reads = (page: Page, id: string, text: RegExp) => expect.poll(
    () => page.evaluate((each) => (document.getElementById(each) as HTMLOutputElement).value, id), { timeout: 40_000 },
  ).toMatch(text);
  const hasInk = (page: Page, id: string) => page.evaluate((each) => {
    const canvas = document.getElementById(each) as HTMLCanvasElement;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value !== 0);
  }, id);

  test("one learns within its animation frames", async () => {
    const page = await open("game-loop.html");
    await reads(page, "progress", /^[1-9][\d,]+ steps learned from, return [1-9]\d+$/);
    expect(await hasInk(page, "pole")).toBe(true);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("one measures the items that its address names, and what the first load cost", async () => {
    const page = await open("bench.html#act,matmul-64");
    await reads(page, "load", /^this visit: modules \d+ ms, WASM and programs \d+ ms, first update \d+ ms$/);
    const figure = (name: string) => page.locator(`tr:has(td:text-is("${name}")) td`).nth(1).textContent();
    for (const name of ["act", "matmul-64"]) {
      await expect.poll(() => figure(name), { timeout: 40_000 }).toMatch(/^[\d.,]+$/);
    }
    expect(await page.locator("#download").isVisible()).toBe(true);
    await page.reload();
    await reads(page, "load", /^first visit: .*; this visit: /);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("one does recorded runs of the paper's plan again and finds the same bits", async () => {
    const plan = ["--tasks", "Hopper-v5", "--algorithms", "mdpo,ppo", "--seeds", "1", "--steps", "4096", "--quiet"];
    execFileSync(process.execPath, [join(root, "dist/cli.js"), "reproduce", "mdpo", ...plan, "--out", records]);
    const page = await open("reproduce.html?records=/records/");
    await page.getByText("2361 ± 518, recalled").waitFor();
    for (let run = 0; run < 2; run++) await page.getByRole("button").first().click();   // a pressed one goes
    await expect.poll(() => page.getByText(/^-?\d+\.\d, the same bits$/).count(), { timeout: 60_000 }).toBe(2);
    expect(faults).toEqual([]);
    await page.close();
  }, 120_000);
});

test("the pages name nothing outside the repository", () => {
  for (const name of ["game-loop.html", "reproduce.html", "bench.html", "style.css"]) {
    expect(readFileSync(join(root, "examples/browser", name), "utf8")).not.toMatch(/https?:/);
  }
});
