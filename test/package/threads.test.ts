import { execFileSync } from "node:child_process";
import { createReadStream, existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromium, type Browser } from "playwright";
import { findChromium, findDeno } from "../runtimes.mjs";

// Threads as users have them: dist/ in processes of their own and in pages with several headers.

/** Trains on so many threads; prints what came of it. Nothing is disposed. */
const training = (threads: number): string => `
  const trainer = await createTrainer("Pendulum-v1", {
    algorithm: "sac", device: "wasm", threads: ${threads}, steps: 40,
    hyperparameters: { horizon: 20, warmupSteps: 20, batchSize: 128, networks: { hidden: [96, 96] } },
  });
  await trainer.update();
  await trainer.update();
  const result = [trainer.device.description, trainer.stateHash()];`;

describe("a process", () => {
  const deno = findDeno();
  const script = (threads: number): string =>
    `import { createTrainer } from ${JSON.stringify(`file://${process.cwd()}/dist/index.js`)};
     ${training(threads)} console.log(JSON.stringify(result));`;
  const run = (command: string, args: string[], threads: number): string[] => {
    const out = execFileSync(command, args, { input: script(threads), timeout: 50_000, encoding: "utf8" });
    return JSON.parse(out) as string[];
  };
  const runtimes: [string, string | undefined, string[]][] = [
    ["Node", process.execPath, ["--input-type=module", "-"]],
    ["Deno", deno, ["run", "-A", "--ext=js", "-"]],
  ];
  it.each(runtimes)("of %s ends although its trainer was not disposed, and has the bits of one thread", (_, ...how) => {
    const [command, args] = how;
    if (command === undefined) return;
    const [one, two] = [1, 2].map((threads) => run(command, args, threads));
    expect(one![0]).toBe("WebAssembly SIMD, one thread");
    expect(two).toEqual(["WebAssembly SIMD, 2 threads", one![1]]);
  });
});

describe.skipIf(!findChromium())("a page", () => {
  const headers: Record<string, Record<string, string>> = {
    "/plain": {},
    "/isolated": {
      "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp",
    },
    "/strict": {
      "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp",
      "Content-Security-Policy": "script-src 'self' 'unsafe-eval'; worker-src 'none'",
    },
  };
  let server: Server, browser: Browser;

  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      const file = `dist${url}`;
      const isScript = url!.endsWith(".js") && existsSync(file);
      response.writeHead(200, {
        "Content-Type": isScript ? "text/javascript" : "text/html", ...headers[url!],
      });
      if (isScript) createReadStream(file).pipe(response);
      else response.end("<!doctype html>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const trainIn = async (path: string, threads: number): Promise<string[]> => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    const code = `import("/index.js").then(async ({ createTrainer }) => { ${training(threads)}
      trainer.dispose(); return result; })`;
    const result = await page.evaluate(code) as string[];
    await page.close();
    return result;
  };

  it("that is isolated has threads, and the bits of one", async () => {
    const [, hash] = await trainIn("/isolated", 1);
    expect(await trainIn("/isolated", 2)).toEqual(["WebAssembly SIMD, 2 threads", hash]);
    expect(await trainIn("/isolated", 3)).toEqual(["WebAssembly SIMD, 3 threads", hash]);
  });

  it("that is not isolated, or allows no workers, stays on one thread and says why, with the same bits", async () => {
    const [, hash] = await trainIn("/plain", 1);
    const plain = await trainIn("/plain", 2);
    expect(plain).toEqual([expect.stringMatching(/one thread \(.*Cross-Origin-Embedder-Policy: require-corp/), hash]);
    const strict = await trainIn("/strict", 2);
    expect(strict).toEqual([expect.stringMatching(/one thread \(no worker could be started: /), hash]);
  });
});
