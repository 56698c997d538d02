import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, root } from "../runtimes.mjs";
import { serveRepository, type StaticServer } from "./static-server.ts";

// The playground as a person meets it: a static page on the built dist/, with mouse, with keys, on a phone.

const folder = join(root, "examples/playground");
const built = existsSync(join(root, "dist/index.js"));
/** Where pictures go: PLAYGROUND_SCREENSHOTS names another folder. */
const pictures = process.env.PLAYGROUND_SCREENSHOTS ?? join(root, "test-results/playground");
const largestPicture = 200_000;

describe("vendored files", () => {
  test.each(["uPlot.esm.js", "uPlot.min.css"])("%s is the installed package's, byte for byte", (name) => {
    const own = readFileSync(join(folder, "vendor", name));
    expect(own.equals(readFileSync(join(root, "node_modules/uplot/dist", name)))).toBe(true);
  });

  test("their licence and version are those of the package", () => {
    const { version } = JSON.parse(readFileSync(join(root, "node_modules/uplot/package.json"), "utf8"));
    expect(readFileSync(join(folder, "vendor/README.md"), "utf8")).toContain(`version ${version}`);
    expect(readFileSync(join(folder, "vendor/LICENSE-uPlot"), "utf8"))
      .toBe(readFileSync(join(root, "node_modules/uplot/LICENSE"), "utf8"));
  });
});

describe.skipIf(!built || !findChromium())("the playground", () => {
  let server: StaticServer, browser: Browser;
  let faults: string[] = [];

  beforeAll(async () => {
    server = await serveRepository();
    browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
    mkdirSync(pictures, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function open(hash = "", options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage(options);
    faults = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
    page.on("response", (response) => { if (!response.ok()) faults.push(`${response.status()} ${response.url()}`); });
    await page.goto(`${server.origin}/examples/playground/index.html${hash}`);
    await page.locator("#train").waitFor();
    return page;
  }

  /** A picture of what is seen, as a small file. */
  async function picture(page: Page, name: string): Promise<void> {
    const bytes = await page.screenshot();
    expect(bytes.length).toBeLessThan(largestPicture);
    writeFileSync(join(pictures, `${name}.png`), bytes);
  }

  async function closeClean(page: Page): Promise<void> {
    expect(faults).toEqual([]);
    await page.close();
  }

  const valueOf = (page: Page, id: string): Promise<string> =>
    page.locator(`#${id}`).evaluate((output) => (output as HTMLOutputElement).value);
  const done = (page: Page) => expect.poll(() => valueOf(page, "status"), { timeout: 50_000 }).toMatch(/^Done: /);
  const hashes = (page: Page): Promise<string[]> => page.locator("#runs code").allTextContents();
  /** Pixels of a canvas that are neither transparent nor like its first one. */
  const ink = (page: Page, selector: string): Promise<number> => page.locator(selector).first().evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, i) => i % 4 === 3 && value > 0).length;
  });
  /** The hash that the kit gives here for the same options. */
  const hashHere = async (env: string, options: object): Promise<string> => {
    const { train } = await import(join(root, "dist/index.js"));
    return (await train(env, { device: "wasm", ...options })).summary.parametersHash;
  };

  test("one press on Train shows three methods learning within seconds, with their inner quantities", async () => {
    const page = await open("#env=CartPole-v1&algorithms=mdpo,ppo,trpo&steps=30000");
    expect(await ink(page, "#scene")).toBeGreaterThan(500);
    const empty = await ink(page, "#curve canvas");
    await page.click("#train");
    await expect.poll(() => ink(page, "#curve canvas"), { timeout: 30_000 }).toBeGreaterThan(empty + 50);
    await expect.poll(() => page.locator("#runs tr").first().innerText(), { timeout: 30_000 }).toMatch(/\d{2,}/);
    await picture(page, "during");
    await done(page);
    await picture(page, "after");
    for (const row of await page.locator("#runs tr").all()) {
      expect(Number(await row.locator("td").nth(1).innerText())).toBeGreaterThan(100);
      expect(await row.locator("td").nth(2).innerText()).toMatch(/^[\d,]+$/);
      expect(await row.locator("td").nth(3).innerText()).toMatch(/^wasm/);
    }
    for (const quantity of ["kl", "stepSize", "entropy", "clipFraction"]) {
      expect(await ink(page, `[data-quantity="${quantity}"] canvas`)).toBeGreaterThan(100);
    }
    expect(await page.locator("#reasons").innerText()).toContain("multiply-adds per gradient step");
    expect(await valueOf(page, "score")).toMatch(/^Return \d+ after \d+ steps/);
    await closeClean(page);
  });

  test("a link gives the very run again: here, in another tab, and in Node", async () => {
    const hyperparameters = {
      stepSize: { from: 0.8, to: 0.1 }, gaeLambda: 0.9, networks: { hidden: [16], activation: "relu" },
    };
    const changes = Object.entries(hyperparameters)
      .map(([name, value]) => `&mdpo.${name}=${encodeURIComponent(JSON.stringify(value))}`).join("");
    const link = `#env=CartPole-v1&algorithms=mdpo&steps=4096&seeds=2&seed=5&envs=4${changes}`;
    const page = await open(link);
    await page.click("#train");
    await done(page);
    const options = { algorithm: "mdpo", steps: 4096, envs: 4, hyperparameters };
    const expected = [await hashHere("CartPole-v1", { ...options, seed: 5 }),
      await hashHere("CartPole-v1", { ...options, seed: 6 })];
    expect(await hashes(page)).toEqual(expected);

    const again = await open(new URL(page.url()).hash);
    await again.click("#train");
    await done(again);
    expect(await hashes(again)).toEqual(expected);
    expect(await again.getByText("the same bits as the link's").count()).toBe(2);
    await page.close();
    await closeClean(again);
  });

  test("what the form changes is what is trained: a slider, a schedule, a number", async () => {
    const page = await open("#env=CartPole-v1&algorithms=mdpo&steps=2048");
    await page.click("#tuning > summary");
    await page.click("#hyperparameters summary");
    await page.getByLabel("gaeLambda, as a number").fill("0.5");
    await page.getByLabel("stepSize, to").fill("0.25");
    await page.getByLabel("innerSteps").fill("3");
    await page.getByLabel("innerSteps").press("Tab");
    await expect.poll(() => page.locator("#tuning > summary").innerText()).toContain("3 changed");
    await page.click("#train");
    await done(page);
    const hyperparameters = { gaeLambda: 0.5, stepSize: { from: 1, to: 0.25 }, innerSteps: 3 };
    expect(await hashes(page)).toEqual(
      [await hashHere("CartPole-v1", { algorithm: "mdpo", steps: 2048, hyperparameters })]);
    await closeClean(page);
  });

  test("a link that makes no sense harms nothing, and training says what is wrong", async () => {
    const page = await open("#env=Nowhere-v9&algorithms=mdpo,nothing&steps=2048&mdpo.networks=7&mdpo.stepSize=%7B&x.y=1");
    expect(await page.locator("#env").inputValue()).toBe("CartPole-v1");
    await page.click("#hyperparameters summary");
    await page.getByLabel("gaeLambda, as a number").waitFor();
    await page.click("#train");
    await expect.poll(() => valueOf(page, "status")).toMatch(/networks/);
    await closeClean(page);
  });

  test("with keys alone: Tab to Train, Enter, then Pause and Resume", async () => {
    const page = await open("#env=CartPole-v1&algorithms=mdpo&steps=400000");
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.id ?? "");
    for (let presses = 0; await focused() !== "train" && presses < 20; presses++) await page.keyboard.press("Tab");
    expect(await focused()).toBe("train");
    await page.keyboard.press("Enter");
    await expect.poll(() => valueOf(page, "status")).toBe("Training mdpo, seed 0 on CartPole-v1.");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("pause");
    const steps = async (): Promise<string> => page.locator("#runs td").first().innerText();
    await expect.poll(steps).toMatch(/\d/);
    await page.keyboard.press("Enter");
    expect(await valueOf(page, "status")).toBe("Paused.");
    await page.waitForTimeout(500);   // the iteration that was under way ends
    const paused = await steps();
    await page.waitForTimeout(300);
    expect(await steps()).toBe(paused);
    await page.keyboard.press("Enter");
    await expect.poll(steps).not.toBe(paused);
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("stop");
    await page.keyboard.press("Enter");
    await expect.poll(() => valueOf(page, "status")).toMatch(/^Stopped/);
    await closeClean(page);
  });

  test("every control has a name, and no text field is without a label", async () => {
    const page = await open();
    await page.click("#tuning > summary");
    await page.click("#hyperparameters summary >> nth=0");
    await page.getByLabel("gaeLambda, as a number").waitFor();
    const nameless = await page.locator("input, select, textarea, button").evaluateAll((controls) => controls
      .filter((each) => {
        const { labels, ariaLabel, textContent, tagName } = each as HTMLInputElement;
        return !ariaLabel && !labels?.length && !(tagName === "BUTTON" && textContent);
      })
      .map(({ outerHTML }) => outerHTML));
    expect(nameless).toEqual([]);
    await closeClean(page);
  });

  test("an environment that is typed in is checked, shown and trained; its faults are told", async () => {
    const page = await open();
    await page.selectOption("#env", { label: "An environment of your own" });
    await page.fill("#code", "export default () => ({ reset() {}, step() {} });");
    await page.click("#check");
    await expect.poll(() => page.locator("#check-report").innerText()).toMatch(/observationSpace/);
    await page.fill("#code", "export default ) {");
    await page.click("#check");
    await expect.poll(() => page.locator("#check-report").innerText()).toMatch(/SyntaxError/);
    await page.click("#train");
    await expect.poll(() => valueOf(page, "status")).toMatch(/does not keep the contract/);

    await page.fill("#code", `export default () => {
      let [place, random] = [0, 1];
      return {
        name: "Corridor", observationSpace: { kind: "box", shape: [1], low: -3, high: 3 },
        actionSpace: { kind: "discrete", n: 2 },
        reset({ seed } = {}) {
          if (seed !== undefined) random = seed % 2147483647 + 1;
          random = random * 48271 % 2147483647;
          place = random % 3 - 1;
          return { observation: [place], info: {} };
        },
        step(action) {
          place += action ? 1 : -1;
          const end = Math.abs(place) === 3;
          return { observation: [place], reward: place === 3 ? 1 : 0, terminated: end, truncated: false, info: {} };
        },
      };
    };`);
    await page.click("#check");
    await expect.poll(() => page.locator("#check-report").innerText()).toMatch(/Corridor keeps the contract/);
    await expect.poll(() => ink(page, "#scene")).toBeGreaterThan(100);
    await page.click("#settings > summary");
    await page.fill("#steps", "6000");
    await page.uncheck("#algorithm-trpo");
    await page.click("#train");
    await done(page);
    expect(Number(await page.locator("#runs tr td").nth(1).innerText())).toBeGreaterThan(0.9);
    expect(page.url()).toContain("code=");
    await closeClean(page);
  });

  test("policies and checkpoints leave as files and come back", async () => {
    const page = await open("#env=FrozenLake-v1&algorithms=mdpo&steps=4096");
    await page.click("#train");
    await done(page);
    const download = async (button: string): Promise<string> => {
      const [event] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
      return event.path();
    };
    const [policy, checkpoint, history] = [
      await download("#save-policy"), await download("#save-checkpoint"), await download("#save-history"),
    ];
    expect(readFileSync(history, "utf8")).toMatch(/^algorithm,seed,step,.*\nmdpo,0,256,/);
    const before = await hashes(page);

    const other = await open();
    await other.setInputFiles("#load", policy);
    await expect.poll(() => valueOf(other, "kept")).toMatch(/was loaded/);
    expect(await other.locator("#watch option").first().innerText()).toBe("the loaded policy");
    await expect.poll(() => valueOf(other, "score")).toMatch(/^Return/);
    await other.setInputFiles("#load", checkpoint);
    await done(other);
    expect(await hashes(other)).toEqual(before);
    await other.setInputFiles("#load", history);
    await expect.poll(() => valueOf(other, "kept")).toMatch(/safetensors/);
    await page.close();
    await closeClean(other);
  });

  test("MuJoCo's Hopper trains and is drawn, in the dark", async () => {
    const page = await open("#env=Hopper-v5&algorithms=mdpo&steps=4096", { colorScheme: "dark" });
    await expect.poll(() => ink(page, "#scene"), { timeout: 30_000 }).toBeGreaterThan(500);
    await page.click("#train");
    await done(page);
    await picture(page, "hopper-dark");
    expect(await hashes(page)).toEqual([await hashHere("Hopper-v5", { algorithm: "mdpo", steps: 4096 })]);
    await closeClean(page);
  });

  test.each(["light", "dark"] as const)("a phone shows all without scrolling sideways, %s", async (colorScheme) => {
    const page = await open("#env=FrozenLake-v1&algorithms=mdpo,ppo&steps=3000&seeds=2",
      { colorScheme, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const widest = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await page.locator("#train").evaluate((button) => button.getBoundingClientRect().bottom)).toBeLessThan(740);
    await picture(page, `phone-${colorScheme}-before`);
    const folded = ["#own > summary", "#settings > summary", "#tuning > summary", "#hyperparameters summary >> nth=0"];
    for (const summary of folded) await page.click(summary);
    await page.getByLabel("gaeLambda, as a number").waitFor();
    expect(await widest()).toBe(360);
    await page.click("#train");
    await done(page);
    expect(await widest()).toBe(360);
    await picture(page, `phone-${colorScheme}-after`);
    await closeClean(page);
  });

  test("a hidden tab pauses, and goes on when it is seen again", async () => {
    const page = await open("#env=CartPole-v1&algorithms=mdpo&steps=400000");
    await page.click("#train");
    await expect.poll(() => page.locator("#runs td").first().innerText()).toMatch(/\d/);
    const turn = (hidden: boolean): Promise<void> => page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
    // Everything that the status says is heard: progress may follow at once.
    await page.evaluate(() => {
      const status = document.getElementById("status") as HTMLOutputElement;
      const said: string[] = [];
      Object.assign(globalThis, { said });
      new MutationObserver(() => said.push(status.value)).observe(status, { childList: true, subtree: true });
    });
    const said = () => page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    await turn(true);
    await expect.poll(said).toContain("Paused while the tab is hidden.");
    await turn(false);
    await expect.poll(said).toContain("Training goes on.");
    await closeClean(page);
  });
});

test("the page names nothing outside the repository", () => {
  for (const name of ["index.html", "main.js", "style.css", "custom-environment.js"]) {
    expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/https?:/);
  }
});
