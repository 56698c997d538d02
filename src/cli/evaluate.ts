/** `bregman evaluate`: plays a saved policy and reports its return. */
import type { Arguments, CommandSpec } from "./arguments.ts";
import { policyFile, readFile } from "./files.ts";
import type { Library } from "./library.ts";
import { decimal } from "./table.ts";
import type { Terminal } from "./terminal.ts";

export const evaluateSpec: CommandSpec = {
  name: "evaluate",
  positionals: "FILE",
  summary: "Plays a saved policy, deterministically, and reports its return.",
  options: [
    { name: "env", value: "ENV", help: "default: the environment it was trained on" },
    { name: "episodes", value: "N", help: "default 100" },
    { name: "seed", value: "S", help: "default 0; the episodes' seeds are never those of training" },
    { name: "json", help: "print the result as one JSON object on the last line" },
  ],
  notes: "FILE is a policy.safetensors, or the folder of a run, whose policy is then taken.",
};

/** Runs the command; the exit code is 0. */
export async function evaluateCommand(given: Arguments, library: Library, terminal: Terminal): Promise<number> {
  const file = policyFile(given.positionals[0]!);
  const episodes = given.integer("episodes", 1) ?? 100;
  const seed = given.integer("seed", 0) ?? 0;
  const policy = await library.load(readFile(file));
  const { mean, std, returns } = await library.evaluate(policy, given.text("env"), { episodes, seed });
  const sorted = Array.from(returns).sort((a, b) => a - b);
  const [min, max] = [sorted[0]!, sorted.at(-1)!];
  const parametersHash = policy.parametersHash();
  if (given.flag("json")) {
    terminal.write(`${JSON.stringify({ file, episodes, seed, mean, std, min, max, parametersHash })}\n`);
  } else {
    terminal.write(`return ${decimal(mean)} \u00b1 ${decimal(std)} over ${episodes} episodes ` +
      `(lowest ${decimal(min)}, highest ${decimal(max)})\nparameters ${parametersHash}\n`);
  }
  return 0;
}
