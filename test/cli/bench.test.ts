import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { benchSpec } from "../../src/cli/bench.ts";
import { cleanRlPeer } from "../../src/cli/bench-cleanrl.ts";
import { entrySizeItems, gpuItems, ITEMS, type Libraries } from "../../src/cli/bench-items.ts";
import { figureOf, javaScriptPeers, runPeer } from "../../src/cli/bench-peers.ts";
import { firstUpdateItem } from "../../src/cli/bench-start.ts";
import { torchPeer } from "../../src/cli/bench-torch.ts";
import { ppoUpdate } from "../../src/cli/bench-ppo.ts";
import { sacUpdate } from "../../src/cli/bench-sac.ts";
import { ENTRY_FILES } from "../../src/cli/bench-sizes.ts";
import { ruledTokens, transformerLoss } from "../../src/cli/bench-transformer.ts";
import * as facade from "../../src/index.ts";
import * as tensor from "../../src/tensor.ts";
import type { Tensor } from "../../src/tensor.ts";
import { differences } from "../support/finite-differences.ts";
import { evaluate } from "../support/interpreter.ts";
import { describeOnGpu } from "../support/webgpu.ts";

const folder = mkdtempSync(join(tmpdir(), "bregman-peers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the PPO item", () => {
  it.each([[64], [2048]])("batch %i has the losses that every library prints, in few kernels", async (batch) => {
    const device = await tensor.createWasmDevice();
    const { losses, kernels } = await ppoUpdate(tensor, batch, device);   // throws unless they are the known ones
    device.dispose();
    expect(losses).toHaveLength(2);
    expect(kernels).toBeLessThanOrEqual(31);
  });
});

describe("the SAC item", () => {
  it("has the losses that PyTorch and JAX print", async () => {
    const device = await tensor.createWasmDevice();
    const { losses, megaflop } = await sacUpdate(tensor, device);   // throws unless the losses are the known ones
    device.dispose();
    expect(losses).toHaveLength(2);
    expect(megaflop).toBeGreaterThan(560);
  });
});

describe("the sizes of entries", () => {
  const read = (file: string) => readFile(new URL(`../../dist/${file}`, import.meta.url));
  const items = entrySizeItems(read);

  it("are of the code that package.json exports", () => {
    const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };
    const files = Object.values(exports).map((entry) => typeof entry === "string" ? entry : Object(entry).default);
    expect(files.filter((file: string) => /^\.\/dist\/.*\.(js|wasm)$/.test(file)).toSorted())
      .toEqual(Object.values(ENTRY_FILES).map((file) => `./dist/${file}`).toSorted());
  });

  it.each(items.map((item) => [item.name, item] as const))("%s is that of the file in dist", async (name, item) => {
    const bytes = await read(ENTRY_FILES[name.split("-")[2] as keyof typeof ENTRY_FILES]);
    const kilobytes = await (await item.prepare(undefined as never)).measure();
    if (name.endsWith("raw")) expect(kilobytes).toBe(bytes.length / 1000);
    else expect(kilobytes / (gzipSync(bytes).length / 1000)).toBeCloseTo(1, 1);
    expect(benchSpec.notes).toContain(name);
  });
});

describe("the transformer item", () => {
  const size = { sequences: 2, tokens: 3, width: 4, layers: 1, heads: 2, vocabulary: 5 };
  const { loss, flat, parameterCount } = transformerLoss(tensor, size);
  const values = {
    ...ruledTokens(size), parameters: Float64Array.from({ length: parameterCount }, (_, i) => Math.sin(37 * i + 1)),
  };

  it("has the gradient that finite differences in float64 have", async () => {
    const [gradient] = tensor.grad(loss, [flat]) as [Tensor];
    const expected = differences(loss, values, "parameters");
    const device = await tensor.createWasmDevice();
    const loaded = device.loadNow(tensor.compile({ outputs: { gradient } }));
    for (const [name, each] of Object.entries(values)) loaded.buffer(name).view().set(each);
    loaded.run();
    loaded.buffer("gradient").view().forEach((slope, i) => expect(slope).toBeCloseTo(expected[i]!, 4));
    device.dispose();
  });

  it("does not see what comes later: another last token leaves the losses of the earlier ones", () => {
    const [plain] = evaluate([loss], values) as [Float64Array];
    const tokens = Int32Array.from(values.tokens);
    const next = Int32Array.from(values.next);
    tokens[2] = (tokens[2]! + 1) % size.vocabulary;
    const [changed] = evaluate([loss], { ...values, tokens }) as [Float64Array];
    expect(changed[0]).not.toBeCloseTo(plain[0]!, 6);
    // The mean over 6 places is linear in them: a change of a first place's target moves both alike.
    next[0] = (next[0]! + 1) % size.vocabulary;
    const [plainNext] = evaluate([loss], { ...values, next }) as [Float64Array];
    const [changedNext] = evaluate([loss], { ...values, tokens, next }) as [Float64Array];
    expect(plainNext[0]! - plain[0]!).toBeCloseTo(changedNext[0]! - changed[0]!, 10);
  });
});

describe("items", () => {
  const libraries: Libraries = { facade, tensor, threads: 1 };
  const items = [...ITEMS, firstUpdateItem(new URL("../../dist/index.js", import.meta.url).href)];
  const long = ["cartpole-training", "cartpole-return-475"];   // whole trainings
  it.each(items.filter(({ name }) => !long.includes(name)).map((item) => [item.name, item] as const))(
    "%s gives a figure", async (_, item) => {
      const prepared = await item.prepare(libraries);
      const figure = await prepared.measure();
      prepared.dispose();
      expect(figure).toBeGreaterThan(0);
      expect(Number.isFinite(figure)).toBe(true);
      expect(benchSpec.notes).toContain(item.name);
    });
});

describeOnGpu("items on webgpu", () => {
  it.each(["matmul-64", "ppo-update-64"])("%s gives a figure", async (name) => {
    const item = gpuItems.find((each) => each.name === name)!;
    const prepared = await item.prepare({ facade, tensor, threads: 1, device: "webgpu" });
    expect(await prepared.measure()).toBeGreaterThan(0);
    prepared.dispose();
    expect(benchSpec.notes).toContain(`  ${name}\n`);
  }, 120_000);
});

describe("peers", () => {
  it("are run on the fields that are wanted, and no others", async () => {
    expect(() => javaScriptPeers(folder)).toThrow(/--peers .* there is no src\/suite\.js/);
    mkdirSync(join(folder, "src"));
    mkdirSync(join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
    writeFileSync(join(folder, "src/tfjs.js"),
      `export const init = async (backend, { threads }) => ({ backend, threads });`);
    writeFileSync(join(folder, "src/suite.js"), `export async function suite(peer, info, { budget, skip }) {
      console.log("chatter");
      return { ...info, budget, infer_b1: { us: 12.5 }, matmul256_gflops: "failed: no", skip };
    }`);
    expect(javaScriptPeers(folder).map(({ name }) => name)).toEqual(["tfjs", "jax-js"]);
    const report = await runPeer({ name: "tfjs", library: "tfjs" }, folder, ["infer_b1", "matmul256_gflops"], 7);
    expect(report).toMatchObject({ backend: "wasm", threads: 1, budget: 7 });
    expect(report.skip).toContain("ppo_b64_updates_s");
    expect(report.skip).not.toContain("infer_b1");
    expect(figureOf(report, "infer_b1.us")).toBe(12.5);
    expect(figureOf(report, "matmul256_gflops")).toBeUndefined();
    const missing = runPeer({ name: "jax-js", library: "jaxjs" }, folder, [], 7);
    await expect(missing).rejects.toThrow(/jax-js gave no report: .*jaxjs/s);
  });

  it("PyTorch's figures come under the fields of the others; what it has not is left out", async () => {
    const torchFolder = mkdtempSync(join(tmpdir(), "bregman-torch-"));
    const place = pathToFileURL(`${torchFolder}/`);
    expect(() => torchPeer("python3", place)).toThrow(/--torch: there is no .*webgpu_peers\.py/);
    // A script for whatever runs it: here Node in the place of Python.
    writeFileSync(join(torchFolder, "webgpu_peers.py"), `
      const line = (line) => console.log(JSON.stringify(line));
      line({ item: "machine" });
      line({ item: "ppo-update-64", rate: 90, waiting: 100, losses: [0.10303, -0.06961] });
      line({ item: "ppo-update-2048", rate: 90, losses: [0.10303, -0.06961] });
      line({ item: "matmul-256", rate: 7, gflops: 55 });
      line({ item: "act-64", rate: 20_000, us: 50 });
      line({ item: "sac-update-256", failed: process.argv.at(-1) });`);
    const peer = torchPeer(process.execPath, place);
    expect(peer.fields).toContain("infer_b1");
    const fields = ["ppo_b64_updates_s", "matmul256_gflops", "sac_b256_updates_s", "infer_b64"];
    const report = await peer.report(fields);
    expect(report).toEqual({ ppo_b64_updates_s: 100, matmul256_gflops: 55, infer_b64: { us: 50 } });
    expect(figureOf(report, "infer_b64.us")).toBe(50);
    await expect(peer.report(["sac_b256_updates_s"])).rejects.toThrow("torch gave no report: sac-update-256");
    await expect(peer.report(["ppo_b2048_updates_s"]))
      .rejects.toThrow("torch, ppo-update-2048: the losses are 0.10303");
    rmSync(torchFolder, { recursive: true, force: true });
  });

  it("CleanRL's steps per second are those that its script prints last", async () => {
    const checkout = mkdtempSync(join(tmpdir(), "bregman-cleanrl-"));
    expect(() => cleanRlPeer(checkout, "python3")).toThrow(/--cleanrl .* there is no cleanrl\/ppo\.py/);
    mkdirSync(join(checkout, "cleanrl"), { recursive: true });
    const script = join(checkout, "cleanrl/ppo.py");
    // A script for whatever runs it: here Node in the place of Python.
    writeFileSync(script, `console.log("SPS: 7000\\nSPS: " + (process.argv[3] === "CartPole-v1" && 8000));`);
    expect(() => cleanRlPeer(checkout, undefined)).toThrow("--cleanrl needs --torch PYTHON");
    const peer = cleanRlPeer(checkout, process.execPath);
    const item = ITEMS.find(({ name }) => name === "cartpole-training")!;
    expect(peer.fields).toEqual([item.peer]);
    expect(figureOf(await peer.report(peer.fields), item.peer!)).toBe(8000);
    writeFileSync(script, `console.error("No module named gymnasium");`);
    await expect(peer.report(peer.fields)).rejects.toThrow(/CleanRL gave no steps per second: .*gymnasium/s);
    rmSync(checkout, { recursive: true });
  });
});
