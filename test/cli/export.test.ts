import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildCommandLine, type CommandLine } from "./harness.ts";

let fake: CommandLine;
let hash: string;
beforeAll(async () => {
  fake = await buildCommandLine();
  const { stdout } = await fake.run(["train", "E", "--out", "run", "--json", "--quiet"]);
  hash = (JSON.parse(stdout) as { parametersHash: string }).parametersHash;
});
afterAll(() => fake.remove());

const written = (path: string) => JSON.parse(readFileSync(join(fake.folder, path), "utf8")) as unknown;

it("writes the model beside the policy, of a file or of a run's folder", async () => {
  for (const given of ["run", "run/policy.safetensors"]) {
    const size = JSON.stringify([hash, { sampled: false, actionMask: false }]).length;
    expect(await fake.run(["export", given, "--format", "onnx"])).toEqual(
      { code: 0, stdout: `run/policy.onnx: ${size} bytes\n`, stderr: "" });
    expect(written("run/policy.onnx")).toEqual([hash, { sampled: false, actionMask: false }]);
  }
});

it("writes where --out says, with the inputs that are asked for", async () => {
  const { code } = await fake.run(["export", "run", "--out", "model.onnx", "--sampled", "--action-mask"]);
  expect(code).toBe(0);
  expect(written("model.onnx")).toEqual([hash, { sampled: true, actionMask: true }]);
});

it.each<[string[], number, RegExp]>([
  [["export"], 2, /^bregman: FILE is missing: bregman export FILE$/],
  [["export", "run", "--format", "tflite"], 2, /^bregman: --format must be onnx, given "tflite"$/],
  [["export", "run", "--out", "run/../run/policy.safetensors"], 2, /is the policy itself, which would be lost$/],
  [["export", "nothing.safetensors"], 1, /^bregman: nothing.safetensors does not exist$/],
  [["export", "noise.safetensors"], 1, /^bregman: not a checkpoint$/],
  [["export", "run", "--out", "no/where.onnx"], 1, /^bregman: cannot write no\/where.onnx: /],
])("%j ends with %i and one line, and writes nothing", async (words, code, message) => {
  writeFileSync(join(fake.folder, "noise.safetensors"), "noise");
  const ended = await fake.run(words);
  expect(ended.stderr.trimEnd()).toMatch(message);
  expect(ended).toMatchObject({ code, stdout: "" });
  expect(existsSync(join(fake.folder, "noise.onnx"))).toBe(false);
  expect(existsSync(join(fake.folder, "run/policy.safetensors"))).toBe(true);
});
