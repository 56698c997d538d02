import { readFileSync } from "node:fs";
import { join } from "node:path";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { findChromium, findSwiftShader, root } from "./test/runtimes.mjs";

/** Gives `.wasm` and `.wgsl` imports the meaning that the bundler gives them: a function that gives bytes, and text. */
const assets = {
  name: "assets",
  enforce: "pre" as const,
  load(id: string) {
    const file = id.split("?")[0]!;
    if (file.endsWith(".wgsl")) return `export default ${JSON.stringify(readFileSync(file, "utf8"))}`;
    if (file.endsWith(".wasm")) {
      return `export default () => Uint8Array.from(atob("${readFileSync(file, "base64")}"), (c) => c.charCodeAt(0))`;
    }
    return undefined;
  },
};

/** Examples import the package by its names; tests run them on the sources. */
const names = {
  alias: [
    { find: /^bregman$/, replacement: join(root, "src/index.ts") },
    ...["policy", "envs", "tensor", "tabular", "methods", "teams", "worker", "mujoco"].map((entry) =>
      ({ find: new RegExp(`^bregman/${entry}$`), replacement: join(root, `src/${entry}.ts`) })),
  ],
};

const everywhere = ["test/**/*.test.ts"];
/** Tests that start processes, read dist/ or drive npm: they need Node. */
const nodeOnly = ["test/package/**", "test/cli/**"];
const inDeno = "deno" in process.versions;
/** A pipeline on a software GPU may take a second; a worker for each core (three on two cores are no faster). */
const common = { testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: "100%" };

/** Dawn refuses Debian's llvmpipe; the SwiftShader that comes with Chromium suits it. Deno is faster on llvmpipe. */
const swiftShader = inDeno || process.env.VK_ICD_FILENAMES ? undefined : findSwiftShader();

const node = {
  plugins: [assets],
  resolve: names,
  test: {
    ...common,
    name: "node",
    environment: "node" as const,
    include: everywhere,
    exclude: inDeno ? nodeOnly : [],
    env: swiftShader ? { VK_ICD_FILENAMES: swiftShader } : {},
  },
};

const browser = findChromium();

const chromium = {
  plugins: [assets],
  resolve: names,
  optimizeDeps: {
    include: ["fast-check"],   // found late, it would make the page reload in the middle of a test
    exclude: ["@mujoco/mujoco"],   // it looks for its .wasm beside itself
  },
  test: {
    ...common,
    name: "chromium",
    include: everywhere,
    exclude: nodeOnly,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath: browser, args: ["--no-sandbox", "--enable-unsafe-webgpu"] },
      }),
      instances: [{ browser: "chromium" as const }],
    },
  },
};

export default defineConfig({ test: { projects: browser && !inDeno ? [node, chromium] : [node] } });
