/** `bregman export`: writes a saved policy in a form that other programs run. */
import { resolve } from "node:path";
import { BregmanError } from "../error.ts";
import type { Arguments, CommandSpec } from "./arguments.ts";
import { policyFile, readFile, replaceFile } from "./files.ts";
import type { Library } from "./library.ts";
import type { Terminal } from "./terminal.ts";

export const exportSpec: CommandSpec = {
  name: "export",
  positionals: "FILE",
  summary: "Writes a saved policy as an ONNX model, which runs without bregman.",
  options: [
    { name: "format", value: "FORMAT", help: "onnx, the default and the only one" },
    { name: "out", value: "FILE", help: "default: beside the policy, policy.onnx for policy.safetensors" },
    { name: "sampled", help: "draw actions, from a second input `noise`: numbers uniform in (0, 1)" },
    { name: "action-mask", help: "a further input `actionMask`, 1 = allowed, for discrete actions" },
  ],
  notes: "FILE is a policy.safetensors, or the folder of a run, whose policy is then taken. The model's input is\n" +
    "`observation` [N, size] float32, raw: normalizer and one-hot are inside. Its outputs are `action`, and `logits`\n" +
    "of discrete actions, or `mean` and `logStd` of Gaussian ones.",
};

/** Runs the command; the exit code is 0. */
export async function exportCommand(given: Arguments, library: Library, terminal: Terminal): Promise<number> {
  const format = given.text("format") ?? "onnx";
  if (format !== "onnx") {
    throw new BregmanError("invalid-option", `--format must be onnx, given ${JSON.stringify(format)}`);
  }
  const file = policyFile(given.positionals[0]!);
  const out = given.text("out") ?? `${file.replace(/\.safetensors$/, "")}.onnx`;
  if (resolve(out) === resolve(file)) {
    throw new BregmanError("invalid-option", `--out ${out} is the policy itself, which would be lost`);
  }
  const policy = await library.load(readFile(file));
  const model = await library.exportOnnx(policy, {
    sampled: given.flag("sampled"), actionMask: given.flag("action-mask"),
  });
  replaceFile(out, model);
  terminal.write(`${out}: ${model.length.toLocaleString("en")} bytes\n`);
  return 0;
}
