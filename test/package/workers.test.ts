import { execFileSync, spawn, type StdioOptions } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, findDeno, root } from "../runtimes.mjs";

// Training in workers as users have it: dist/ in processes of their own, and in pages that got it from another origin,
// that forbid what can be forbidden, or that are in a sandbox. No page here has more than the headers that are shown.

const built = existsSync(join(root, "dist/worker.js"));

/** The hash of a run that learns CartPole, and what its last 100 episodes returned. */
const training = (worker: string): string => `
  const options = { algorithm: "mdpo", seed: 1, steps: 60000, device: "wasm" };
  const { policy, summary } = await train("CartPole-v1", { ...options, worker: ${worker} });
  policy.act([0, 0, 0, 0]);
  const result = [summary.parametersHash, summary.meanReturn >= 475];`;

/** Trains without a worker, once: what every other run has to agree with. */
let expected: [hash: string, learned: boolean];
beforeAll(() => {
  if (built) expected = JSON.parse(inProcess(process.execPath, ["--input-type=module", "-"], moduleScript("false")));
});

function moduleScript(worker: string, address = `file://${root}/dist/index.js`): string {
  return `import { train } from ${JSON.stringify(address)};${training(worker)} console.log(JSON.stringify(result));`;
}

function inProcess(command: string, args: string[], input: string): string {
  const stdio: StdioOptions = ["pipe", "pipe", "ignore"];
  return execFileSync(command, args, { input, timeout: 50_000, encoding: "utf8", stdio });
}

describe.skipIf(!built)("a process", () => {
  const deno = findDeno();
  const runtimes: [name: string, command: string, args: string[]][] = [
    ["Node", process.execPath, ["--input-type=module", "-"]],
  ];
  if (deno) runtimes.push(["Deno", deno, ["run", "--allow-read", "--no-config", "--ext=js", "-"]]);

  it.each(runtimes)("of %s trains in a worker, to the bits of a run without one", (_, command, args) => {
    expect(JSON.parse(inProcess(command, args, moduleScript("true")))).toEqual(expected);
    expect(expected[1]).toBe(true);
  });

  const script = (rest: string): string =>
    `import { createTrainer, train, BregmanError } from "file://${root}/dist/index.js";${rest}`;

  it.each(runtimes)("of %s ends although its trainer was not disposed, but not while it waits", (_, command, args) => {
    const out = inProcess(command, args, script(`
      const trainer = await createTrainer("CartPole-v1", { worker: true, seed: 3, device: "wasm" });
      trainer.update().then(({ iteration }) => console.log("iteration", iteration));`));
    expect(out).toBe("iteration 1\n");
  });

  it.each(runtimes)("of %s hears why a worker did not come, and that one died", (_, command, args) => {
    const out = inProcess(command, args, script(`
      const { Worker } = process.getBuiltinModule("node:worker_threads");
      const nowhere = new URL("file:///nowhere/worker.js");
      const missing = await train("CartPole-v1", { worker: nowhere }).catch((error) => error);
      console.log(missing.code, missing instanceof BregmanError);
      const worker = new Worker(new URL("file://${root}/dist/worker.js"), { execArgv: [] });
      const trainer = await createTrainer("CartPole-v1", { worker, steps: 1e7, device: "wasm" });
      const bytes = await trainer.checkpoint();
      const run = trainer.run((update) => { if (update.iteration === 2) worker.terminate(); });
      const lost = await run.catch((error) => error);
      console.log(lost.code, lost.checkpoint === bytes, lost.policy.act([0, 0, 0, 0]) >= 0);`));
    expect(out).toBe("worker-unavailable true\nworker-lost true true\n");
  });

  it.skipIf(!deno)("of Deno imports the kit over http and trains, on the thread and in a worker", async () => {
    const { origin, close } = await serve((path) => ({ file: `dist${path}` }));
    const cache = mkdtempSync(join(tmpdir(), "bregman-deno-"));
    try {
      for (const worker of ["false", "true"]) {
        const args = ["run", `--allow-import=${new URL(origin).host}`, "--no-config", "--no-prompt", "--ext=js", "-"];
        const child = spawn(deno!, args, { env: { ...process.env, DENO_DIR: cache } });
        child.stdin.end(moduleScript(worker, `${origin}/index.js`));
        let out = "";
        child.stdout.on("data", (data) => (out += data));
        await new Promise((resolve) => child.on("close", resolve));
        expect(JSON.parse(out)).toEqual(expected);
      }
    } finally {
      rmSync(cache, { recursive: true });
      close();
    }
  });
});

interface Served {
  readonly file?: string;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server on a free port; what `answer` leaves out is not found. */
async function serve(answer: (path: string) => Served | undefined): Promise<{ origin: string; close(): void }> {
  const server: Server = createServer(({ url }, response) => {
    const { file, text, headers } = answer(url!) ?? {};
    const isThere = text !== undefined || (file !== undefined && existsSync(file));
    const type = url!.endsWith(".js") ? "text/javascript" : "text/html";
    response.writeHead(isThere ? 200 : 404, { "Content-Type": type, ...headers });
    if (text !== undefined || !isThere) response.end(text);
    else createReadStream(file!).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

describe.skipIf(!built || !findChromium())("a page", () => {
  const everyone = { "Access-Control-Allow-Origin": "*" };
  const strict = { "Content-Security-Policy": "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'" };
  let network: { origin: string; close(): void }, site: typeof network, browser: Browser;

  beforeAll(async () => {
    // The network serves dist/ to everyone; the site has pages, and a copy of dist/ under /kit/.
    network = await serve((path) => path.startsWith("/") ? { file: `dist${path}`, headers: everyone } : undefined);
    const report = `globalThis.result = result; parent.postMessage(result, "*");`;
    const walk = "let at = 0; export default { observationSpace: { kind: 'box', shape: [1], low: -9, high: 9 }, " +
      "actionSpace: { kind: 'discrete', n: 2 }, reset() { at = 0; return { observation: [at], info: {} }; }, " +
      "step(action) { at += action === 1 ? 1 : -1; const terminated = Math.abs(at) === 5; " +
      "return { observation: [at], reward: at, terminated, truncated: false, info: {} }; } };";
    const pages: Record<string, Served> = {
      "/cdn.html": { text: `<!doctype html>${importMap()}<script type="module">
        import { train } from "bregman";${training("true")}${report}</script>` },
      "/strict.html": { text: `<!doctype html><script type="module" src="/strict.js"></script>`, headers: strict },
      "/strict.js": { text: `import { train } from "/kit/index.js";
        const worker = new URL("/kit/worker.js", import.meta.url);${training("worker")}${report}` },
      "/none.html": { text: "<!doctype html>", headers: { "Content-Security-Policy": "worker-src 'none'" } },
      "/frames.html": { text: `<!doctype html><script>
        globalThis.results = []; onmessage = ({ data }) => results.push(data);
        </script><iframe sandbox="allow-scripts" src="/cdn.html"></iframe>
        <iframe id="inline" sandbox="allow-scripts"></iframe>
        <script>fetch("/cdn.html").then((page) => page.text()).then((text) => (inline.srcdoc = text));</script>` },
      "/walk.js": { text: walk, headers: everyone },
      "/plain.html": { text: "<!doctype html>" },
    };
    site = await serve((path) => pages[path] ?? (path.startsWith("/kit/")
      ? { file: `dist/${path.slice(5)}`, headers: strict } : undefined));
    browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
  });

  afterAll(async () => {
    await browser?.close();
    network?.close();
    site?.close();
  });

  /** The kit's name for its address at the other origin, each file with the hash that a browser checks. */
  function importMap(): string {
    const files = ["index.js", "webgpu.js", "mujoco.js", "worker.js"];
    const hash = (file: string): string =>
      `sha384-${createHash("sha384").update(readFileSync(`dist/${file}`)).digest("base64")}`;
    const integrity = Object.fromEntries(files.map((file) => [`${network.origin}/${file}`, hash(file)]));
    const imports = { bregman: `${network.origin}/index.js` };
    return `<script type="importmap">${JSON.stringify({ imports, integrity })}</script>`;
  }

  async function open(path: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`${site.origin}${path}`);
    return page;
  }

  async function resultOf(path: string, name = "result", count = 1): Promise<unknown> {
    const page = await open(path);
    const arrived = await page.waitForFunction(([each, least]) => {
      const value = (globalThis as Record<string, unknown>)[each as string] as unknown[] | undefined;
      return value && value.length >= (least as number) ? value : undefined;
    }, [name, count] as const);
    const value = await arrived.jsonValue();
    await page.close();
    return value;
  }

  it("that imports the kit from another origin, with hashes, learns CartPole in a worker", async () => {
    expect(await resultOf("/cdn.html")).toEqual(expected);
  });

  it("that allows its own scripts only does so from the address of a worker script", async () => {
    expect(await resultOf("/strict.html")).toEqual(expected);
  });

  it("in a sandboxed frame, from a server or written out, needs no header but CORS", async () => {
    expect(await resultOf("/frames.html", "results", 2)).toEqual([expected, expected]);
  });

  /** Runs code in a page, with the kit of the site or of the other origin. */
  async function evaluate(path: string, origin: string, code: string): Promise<unknown> {
    const page = await open(path);
    const result = await page.evaluate(`import("${origin}/index.js").then(async (kit) => { ${code} })`);
    await page.close();
    return result;
  }

  it("has an environment of its own trained by either kind of worker, and by one that it made", async () => {
    const code = `
      const environment = { module: "walk.js" }, hashes = [];
      const own = new Worker("/kit/worker.js", { type: "module" });
      for (const worker of [undefined, true, "/kit/worker.js", own, own]) {
        const { summary } = await kit.train(environment, { worker, seed: 2, steps: 512, device: "wasm" });
        hashes.push(summary.parametersHash);
      }
      own.terminate();
      return [hashes.length, new Set(hashes).size, crossOriginIsolated, typeof SharedArrayBuffer];`;
    const results = [
      await evaluate("/plain.html", network.origin, code), await evaluate("/plain.html", `${site.origin}/kit`, code),
    ];
    expect(results).toEqual([[5, 1, false, "undefined"], [5, 1, false, "undefined"]]);
  });

  it("hears why no worker came: forbidden, missing, or not one that trains", async () => {
    const code = (worker: string): string =>
      `return kit.train("CartPole-v1", { worker: ${worker} }).catch(({ code, message }) => [code, message]);`;
    const reasons = [
      await evaluate("/none.html", `${site.origin}/kit`, code("true")),
      await evaluate("/none.html", network.origin, code("true")),
      await evaluate("/plain.html", network.origin, code('"/nowhere.js"')),
      await evaluate("/plain.html", network.origin, code(`"${network.origin}/nowhere.js"`)),
    ];
    for (const reason of reasons) {
      expect(reason).toEqual(["worker-unavailable", expect.stringMatching(/pass the URL of a worker\.js/)]);
    }
  });

  it("hears that its worker failed, and keeps the policy", async () => {
    const code = `
      const script = 'import "${network.origin}/worker.js"; addEventListener("message", ({ data }) => { ' +
        'if (data === "fail") setTimeout(() => { throw new Error("out of luck"); }); });';
      const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      const worker = new Worker(url, { type: "module" });
      const trainer = await kit.createTrainer("CartPole-v1", { worker, steps: 1e9 });
      await trainer.update();
      const run = trainer.run(() => worker.postMessage("fail"));
      const { code, message, policy } = await run.catch((error) => error);
      worker.terminate();
      return [code, message, policy.act([0, 0, 0, 0]) >= 0];`;
    expect(await evaluate("/plain.html", network.origin, code))
      .toEqual(["worker-lost", expect.stringMatching(/out of luck/), true]);
  });
});
