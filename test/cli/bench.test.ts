import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { benchSpec } from "../../src/cli/bench.ts";
import { ITEMS, type Libraries } from "../../src/cli/bench-items.ts";
import { checkPeersFolder, figureOf, PEERS, runPeer } from "../../src/cli/bench-peers.ts";
import { ppoUpdate } from "../../src/cli/bench-ppo.ts";
import * as facade from "../../src/index.ts";
import * as tensor from "../../src/tensor.ts";

const folder = mkdtempSync(join(tmpdir(), "bregman-peers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the PPO item", () => {
  it.each([[64], [2048]])("batch %i has the losses that every library prints, in few kernels", async (batch) => {
    const { losses, kernels } = await ppoUpdate(tensor, batch);   // throws unless the losses are the known ones
    expect(losses).toHaveLength(2);
    expect(kernels).toBeLessThanOrEqual(31);
  });
});

describe("items", () => {
  const libraries: Libraries = { facade, tensor, threads: 1 };
  const long = ["cartpole-training"];   // a whole training
  it.each(ITEMS.filter(({ name }) => !long.includes(name)).map((item) => [item.name, item] as const))(
    "%s gives a figure", async (_, item) => {
      const prepared = await item.prepare(libraries);
      const figure = await prepared.measure();
      prepared.dispose();
      expect(figure).toBeGreaterThan(0);
      expect(Number.isFinite(figure)).toBe(true);
      expect(benchSpec.notes).toContain(item.name);
    });
});

describe("peers", () => {
  it("are run on the fields that are wanted, and no others", async () => {
    expect(() => checkPeersFolder(folder)).toThrow(/--peers .* there is no src\/suite\.js/);
    mkdirSync(join(folder, "src"));
    mkdirSync(join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
    writeFileSync(join(folder, "src/tfjs.js"),
      `export const init = async (backend, { threads }) => ({ backend, threads });`);
    writeFileSync(join(folder, "src/suite.js"), `export async function suite(peer, info, { budget, skip }) {
      console.log("chatter");
      return { ...info, budget, infer_b1: { us: 12.5 }, matmul256_gflops: "failed: no", skip };
    }`);
    checkPeersFolder(folder);
    const report = await runPeer(PEERS[0]!, folder, ["infer_b1", "matmul256_gflops"], 7);
    expect(report).toMatchObject({ backend: "wasm", threads: 1, budget: 7 });
    expect(report.skip).toContain("ppo_b64_updates_s");
    expect(report.skip).not.toContain("infer_b1");
    expect(figureOf(report, "infer_b1.us")).toBe(12.5);
    expect(figureOf(report, "matmul256_gflops")).toBeUndefined();
    await expect(runPeer(PEERS[1]!, folder, [], 7)).rejects.toThrow(/jax-js gave no report: .*jaxjs/s);
  });
});
