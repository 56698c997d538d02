/** From the start of a process to its first trained PPO update, through the facade: an item of the bench. */
import { spawn } from "node:child_process";
import process from "node:process";
import { BregmanError } from "../error.ts";
import type { BenchItem } from "./bench-items.ts";

/** What the process does: batch 64, networks of 64-64. */
const script = (facade: string): string => `
  const { createTrainer } = await import(${JSON.stringify(facade)});
  const trainer = await createTrainer("CartPole-v1", { algorithm: "ppo", device: "wasm", envs: 1, steps: 1e6,
    hyperparameters: { horizon: 64, minibatchSize: 64, epochs: 1 } });
  await trainer.update();
  process.exit(0);
`;

/** `facade`: the address of the module that the process loads. */
export function firstUpdateItem(facade: string): BenchItem {
  return {
    name: "first-update", unit: "ms", better: "lower",
    meaning: "from the start of a process to its first trained PPO update of batch 64, the module's loading included",
    async prepare() {
      const empty = await processTime("process.exit(0)");
      await processTime(script(facade));   // from now on the file cache has it
      return {
        measure: () => processTime(script(facade)),
        facts: () => ({ emptyProcessMs: Number(empty.toFixed(1)) }),
        dispose() {},
      };
    },
  };
}

/** Milliseconds that a process of this runtime lives with a script. Throws `io-failure` when it fails. */
async function processTime(code: string): Promise<number> {
  const words = "deno" in process.versions ? ["eval", code] : ["--input-type=module", "-e", code];
  const began = performance.now();
  const child = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => { complaint += text; });
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (exitCode === 0) return performance.now() - began;
  throw new BregmanError("io-failure",
    `first-update: the process ended with ${exitCode}: ${complaint.trim().slice(-300)}`);
}
