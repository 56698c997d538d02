import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../runtimes.mjs";

const ready = existsSync("src/index.ts");
let folder: string;

/** A consumer's project: the published files under node_modules, a file that uses the facade, strict options. */
beforeAll(() => {
  if (!ready) return;
  folder = mkdtempSync(join(tmpdir(), "bregman-consumer-"));
  const installed = join(folder, "node_modules/bregman");
  mkdirSync(installed, { recursive: true });
  cpSync("dist", join(installed, "dist"), { recursive: true });
  cpSync("package.json", join(installed, "package.json"));
  mkdirSync(join(folder, "node_modules/@types"));
  symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
  writeFileSync(join(folder, "main.ts"), `
    import {
      train, createTrainer, makeEnv, makeVectorEnv, load, list, checkEnv, provideWasm, BregmanError,
    } from "bregman";
    import { load as loadToAct, type Policy } from "bregman/policy";
    import * as envs from "bregman/envs";
    import * as tensor from "bregman/tensor";
    import * as worker from "bregman/worker";
    import * as teams from "bregman/teams";
    import * as tabular from "bregman/tabular";
    import { hyperbolicEntropy, mdpo } from "bregman/methods";
    import * as mujoco from "bregman/mujoco";
    const { policy, summary } = await train("CartPole-v1", {
      algorithm: "mdpo", steps: 1000, onUpdate(update) { update.step.toFixed(); },
    });
    const action = policy.act(new Float32Array(4));
    const hash: string = policy.parametersHash();
    const bytes: Uint8Array = policy.save();
    summary.steps.toFixed();
    const acting: Policy = await loadToAct(bytes, { wasm: new URL("https://games.example/policy.wasm") });
    const out = new Float32Array(1);
    acting.act(new Float32Array(4), { out, deterministic: false });
    const rows: Float32Array | Int32Array = acting.actBatch([[0, 0, 0, 0]], 1);
    const space: envs.Space = { kind: "box", shape: [2], low: -1, high: 1 };
    // @ts-expect-error: what only acts cannot be saved
    acting.save();
    const method = { ...mdpo, id: "own", choices: { ...mdpo.choices, map: hyperbolicEntropy(0.1) } };
    await train("CartPole-v1", { algorithm: method });
    // @ts-expect-error: an option that does not exist must not be any
    await train("CartPole-v1", { stepz: 3 });
    export {
      action, bytes, checkEnv, createTrainer, envs, hash, list, load, makeEnv, makeVectorEnv, mujoco, provideWasm, rows,
      space, tabular, teams, worker, tensor, BregmanError,
    };
  `);
});
afterAll(() => { if (folder) rmSync(folder, { recursive: true, force: true }); });

describe.each([
  { module: "ESNext", moduleResolution: "bundler" },
  { module: "node16", moduleResolution: "node16" },
  { module: "nodenext", moduleResolution: "nodenext" },
])("types resolve for a consumer with $moduleResolution", (resolution) => {
  test.skipIf(!ready).each([
    ["a page", { lib: ["ES2022", "DOM"], types: [], skipLibCheck: false }],
    ["a Node program without the DOM's types", { lib: ["ES2022"], types: ["node"], skipLibCheck: true }],
  ])("%s", (_, where) => {
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({
      compilerOptions: { target: "ES2022", strict: true, noEmit: true, ...resolution, ...where },
      files: ["main.ts"],
    }));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8", cwd: folder });
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
  });
});
