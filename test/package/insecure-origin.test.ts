import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium } from "playwright";
import type { Browser, Page } from "playwright";
import { findChromium } from "../runtimes.mjs";

// A page from a plain-http host name is no secure context: Chromium gives it neither navigator.gpu nor crypto.subtle.
// The name is of a kind that no browser takes for the machine itself (as it does *.localhost).
const host = "games.example";
const ready = findChromium() !== undefined && existsSync("src/index.ts");

/** What this test uses of the facade. */
interface Facade {
  train(env: string, options: object): Promise<{
    policy: { parametersHash(): string };
    summary: { device: string; steps: number };
  }>;
}

/** Whether the server has dist/webgpu.js. */
const gpuHalf = { isThere: false };
let server: Server, browser: Browser, page: Page;

beforeAll(async () => {
  if (!ready) return;
  server = createServer((request, response) => {
    if (request.url === "/index.js" || (request.url === "/webgpu.js" && gpuHalf.isThere)) {
      response.setHeader("content-type", "text/javascript");
      createReadStream(`dist${request.url}`).pipe(response);
    } else {
      response.setHeader("content-type", "text/html");
      response.end(`<!doctype html><script type="module">globalThis.bregman = await import("/index.js")</script>`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--enable-unsafe-webgpu", `--host-resolver-rules=MAP ${host} 127.0.0.1`],
  });
  page = await browser.newPage();
  await page.goto(`http://${host}:${port}/`);
  await page.waitForFunction(() => "bregman" in globalThis);
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Trains in the page; answers with what a page's author would see. */
function trainInPage(device: string): Promise<Record<string, unknown>> {
  return page.evaluate(async (wanted) => {
    const { train } = (globalThis as unknown as { bregman: Facade }).bregman;
    try {
      const { policy, summary } = await train("CartPole-v1", { steps: 2000, seed: 1, device: wanted });
      return { device: summary.device, steps: summary.steps, hash: policy.parametersHash() };
    } catch (error) {
      return { code: (error as { code?: string }).code, message: String(error) };
    }
  }, device);
}

test.skipIf(!ready)("the page is no secure context", async () => {
  const seen = await page.evaluate(() =>
    [location.protocol, isSecureContext, "gpu" in navigator, crypto.subtle === undefined]);
  expect(seen).toEqual(["http:", false, false, true]);
});

test.skipIf(!ready).each(["wasm", "auto"])("trains with device %s, on wasm", async (device) => {
  const result = await trainInPage(device);
  expect(result).toMatchObject({ device: "wasm", hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(result.steps).toBeGreaterThanOrEqual(2000);
});

test.skipIf(!ready)("asking for webgpu names the file that was left out beside the facade", async () => {
  const { code, message } = await trainInPage("webgpu");
  expect(code).toBe("webgpu-unavailable");
  expect(message).toContain("webgpu.js");
});

test.skipIf(!ready)("asking for webgpu says why there is none", async () => {
  gpuHalf.isThere = true;
  await page.reload();
  await page.waitForFunction(() => "bregman" in globalThis);
  const { code, message } = await trainInPage("webgpu");
  expect(code).toBe("webgpu-unavailable");
  expect(message).toMatch(/secure context|https/i);
});
