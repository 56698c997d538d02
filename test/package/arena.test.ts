import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTrainer } from "../../src/index.ts";
import type { Environment } from "../../src/envs/environment.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { findChromium, root } from "../runtimes.mjs";
import { serveRepository, type StaticServer } from "./static-server.ts";

const folder = join(root, "examples/arena");
const module = (name: string) => import(pathToFileURL(join(folder, name)).href);

/** How many of 100 matches against the scripted player the policy wins. */
async function wins(policy: Policy): Promise<number> {
  const { default: makeSumo } = await module("sumo-environment.js") as { default: () => Environment };
  const environment = makeSumo();
  let count = 0;
  for (let match = 0; match < 100; match++) {
    let { observation } = environment.reset(match === 0 ? { seed: 1 } : {});
    for (let over = false; !over;) {
      const result = environment.step(policy.act(observation as number[]));
      observation = result.observation;
      over = result.terminated;
      if (result.reward > 0) count++;
    }
  }
  return count;
}

test("the opponent begins by losing to the scripted player and ends by winning", async () => {
  const { default: makeSumo } = await module("sumo-environment.js");
  const { practice } = await module("practice.js");
  const trainer = await createTrainer(makeSumo, { ...practice, device: "wasm" });
  expect(await wins(trainer.policy)).toBeLessThan(20);
  while (trainer.step < 400_000) await trainer.update();
  expect(await wins(trainer.policy)).toBeGreaterThan(60);
  trainer.dispose();
});

test("matches are fair: the scripted player against itself, discs exchanged, mirrors the match", async () => {
  const { makeMatch, placeDiscs, play } = await module("sumo.js");
  const { scriptedPlayer } = await module("scripted-player.js");
  const results = [0, 1].map((exchanged) => {
    const match = makeMatch();
    placeDiscs(match, 0.3, 0.8);
    if (exchanged) match.discs.reverse();
    while (match.loser < 0) play(match, scriptedPlayer(match, 0), scriptedPlayer(match, 1));
    return exchanged && match.loser < 2 ? 1 - match.loser : match.loser;
  });
  expect(results[0]).toBe(results[1]);
});

const built = existsSync(join(root, "dist/policy.js"));
describe.skipIf(!built || !findChromium())("the page", () => {
  let server: StaticServer, browser: Browser;
  beforeAll(async () => {
    server = await serveRepository();
    browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function open(faults: string[]): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 480, height: 800 } });
    page.on("pageerror", ({ message }) => faults.push(message));
    page.on("response", (response) => { if (!response.ok()) faults.push(`${response.status()} ${response.url()}`); });
    await page.goto(`${server.origin}/examples/arena/index.html`);
    return page;
  }
  const text = (page: Page, id: string) => page.textContent(`#${id}`);
  async function screenshot(page: Page, name: string): Promise<void> {
    const to = process.env.SCREENSHOTS;
    if (!to) return;
    mkdirSync(to, { recursive: true });
    await page.screenshot({ path: join(to, `${name}.png`) });
  }

  test("plays matches and tells how the opponent's practice goes", async () => {
    const faults: string[] = [];
    const page = await open(faults);
    await page.click("#watch");
    await expect.poll(() => text(page, "lesson"), { timeout: 40_000 }).toMatch(/wins \d+ % of its practice matches/);
    await expect.poll(() => text(page, "score"), { timeout: 40_000 }).not.toBe("You 0 : 0 opponent");
    await screenshot(page, "arena-during");
    expect(faults).toEqual([]);
    await page.close();
  });

  test("the trained opponent comes from its file and beats the scripted player", async () => {
    const faults: string[] = [];
    const page = await open(faults);
    await page.click("#champion");
    await page.click("#watch");
    await expect.poll(() => text(page, "lesson"), { timeout: 20_000 }).toMatch(/comes trained/);
    await expect.poll(async () => Number((await text(page, "score"))!.match(/: (\d+)/)![1]), { timeout: 40_000 })
      .toBeGreaterThan(1);
    await screenshot(page, "arena-trained");
    expect(faults).toEqual([]);
    await page.close();
  });
});
