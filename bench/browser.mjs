// The bench of a page, headless: what the first and the second visit cost, then one JSON line an item.
//
//   node bench/browser.mjs [ppo-update-64 sac-update-256 act ...] [--isolated]
//
// A fresh Chromium opens examples/browser/bench.html from a server of its own; --isolated sends the headers that
// SharedArrayBuffer and finer clocks want. Without names the page's main items run, about a minute.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { loadavg } from "node:os";
import { extname, join } from "node:path";
import { chromium } from "playwright";
import { findChromium, root } from "../test/runtimes.mjs";

const main = ["ppo-update-64", "ppo-update-2048", "sac-update-256", "cartpole-training", "act", "act-batch-64",
  "matmul-64", "matmul-256", "matmul-1024", "environment-cartpole", "gae", "trpo-step-2048",
  ...["index", "tensor", "mujoco", "wasm"].map((entry) => `entry-sizes-${entry}-gzip`)];
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const isIsolated = process.argv.includes("--isolated");
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const isolation = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

const server = createServer(({ url }, response) => {
  const file = join(root, new URL(url, "http://localhost").pathname);
  if (!existsSync(file)) return response.writeHead(404).end();
  const type = types[extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, ...(isIsolated ? isolation : {}) });
  createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  const address = `http://127.0.0.1:${server.address().port}/examples/browser/bench.html`;
  const visited = async () => {
    await page.waitForFunction(() => document.getElementById("load").value !== "");
    return page.evaluate(() => document.getElementById("load").value);
  };
  await page.goto(address);
  await visited();
  await page.reload();
  const load = Number(loadavg()[0].toFixed(2));
  console.log(JSON.stringify({ visits: await visited(), browser: browser.version(), load }));
  for (const name of named.length > 0 ? named : main) console.log(JSON.stringify(await measured(page, name)));
} finally {
  await browser.close();
  server.close();
}

/** Presses an item's button and takes its line from the page's download, or what the page says instead. */
async function measured(page, name) {
  return page.evaluate(async (wanted) => {
    const row = [...document.querySelectorAll("#items tr")].find(({ cells }) => cells[0].textContent === wanted);
    if (!row) return { bench: wanted, failed: "there is no such item" };
    const button = row.querySelector("button");
    button.click();
    do await new Promise((resolve) => setTimeout(resolve, 50));
    while (button.disabled || row.cells[1].textContent === "");
    const download = document.getElementById("download");
    const text = download.href ? await (await fetch(download.href)).text() : "";
    const lines = text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    return lines.find(({ bench }) => bench === wanted) ?? { bench: wanted, failed: row.cells[1].textContent };
  }, name);
}
