import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { load } from "../../src/index.ts";
import { root } from "../runtimes.mjs";

// The pages that drop a trained policy into a game engine, but for the engine: their physics with their policies, and
// where their imports lead.

const read = (path: string): string => readFileSync(join(root, "examples", path), "utf8");
const policyOf = (path: string) => load(readFileSync(join(root, "examples", path)));

test("the cart in the Phaser scene keeps its pole up for two minutes, through a push every four seconds", async () => {
  const { isOver, step, stepSeconds } = await import("../../examples/phaser/cart-pole.js");
  const policy = await policyOf("phaser/cart-pole.safetensors");
  const state = new Float32Array([0, 0, 0.05, 0]);
  for (let i = 1; i <= 120 / stepSeconds; i++) {
    step(state, policy.act(state) === 1 ? 10 : -10);
    if (i % 200 === 0) state[3]! += i % 400 === 0 ? 0.5 : -0.5;
    expect(isOver(state), `step ${i}: ${state.join()}`).toBe(false);
  }
});

test("the rod in the three.js scene is upright three seconds after any start, or a kick, and stays so", async () => {
  const { observe, step, stepSeconds } = await import("../../examples/three/pendulum.js");
  const policy = await policyOf("three/pendulum.safetensors");
  const [observation, torque] = [new Float32Array(3), new Float32Array(1)];
  for (let part = 0; part < 24; part++) {
    const state = { angle: (Math.PI * part) / 12, spin: (part % 5) - 2 };
    for (let i = 0; i < 16 / stepSeconds; i++) {
      if (i * stepSeconds === 8) state.spin += 4;
      observe(state, observation);
      step(state, (policy.act(observation, { out: torque }) as Float32Array)[0]!);
      if ((i * stepSeconds) % 8 > 3) expect(Math.cos(state.angle)).toBeGreaterThan(0.99);
    }
  }
});

describe.each([["phaser", "cart-pole"], ["three", "pendulum"]])("examples/%s", (engine, policy) => {
  const page = read(`${engine}/index.html`);
  const { imports } = JSON.parse(page.match(/<script type="importmap">(.*?)<\/script>/s)![1]!) as {
    imports: Record<string, string>;
  };

  test("imports what its import map names: the engine at the version of its package.json, and bregman/policy",
    async () => {
      const { dependencies } = JSON.parse(read(`${engine}/package.json`)) as { dependencies: Record<string, string> };
      expect(dependencies[engine]).toMatch(/^\d+\.\d+\.\d+$/);
      expect(imports[engine]).toContain(`/${engine}@${dependencies[engine]}/`);
      expect(imports["bregman/policy"]).toBe("../../dist/policy.js");
      const { metafile } = await build({
        entryPoints: [join(root, "examples", engine, "scene.js")], external: Object.keys(imports), bundle: true,
        write: false, metafile: true, format: "esm", target: "es2022",
      });
      const found = Object.values(metafile.inputs).flatMap((input) => input.imports);
      const outside = found.filter(({ external }) => external);
      expect(outside.map(({ path }) => path).sort()).toEqual(Object.keys(imports).sort());
    });

  test("has at most fifty lines of scene, three of them the kit's, and a policy of at most 3 KB", () => {
    const lines = read(`${engine}/scene.js`).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(50);
    expect(lines.filter((line) => line.includes("// kit"))).toHaveLength(3);
    expect(statSync(join(root, "examples", engine, `${policy}.safetensors`)).size).toBeLessThan(3000);
  });
});
