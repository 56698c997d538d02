/**
 * Runs of the command line by the command line: each in a process of its own, as many side by side as asked for. A run
 * is seeded and shares nothing, so its result does not depend on what runs beside it.
 */
import { spawn } from "node:child_process";
import process from "node:process";
import { LED } from "./terminal.ts";

/** How a child process ended: the last line of its stdout, and what it said on stderr. */
export interface ChildResult {
  readonly code: number | null;
  readonly lastLine: string;
  readonly complaint: string;
}

/** The words that start this same command line again. */
function ownCommand(): [string, string[]] {
  const script = process.argv[1]!;
  const isDeno = "deno" in process.versions;
  return [process.execPath, isDeno ? ["run", "-A", script] : [...process.execArgv, script]];
}

/** What `runChildren` tells of its children. */
export interface ChildListener {
  onStart?(index: number): void;
  onEnd(index: number, result: ChildResult): void;
}

/**
 * Runs all `jobs`, `parallel` at a time, started in order. An abort ends the stdin of the running ones, which tells
 * them to stop, waits for them (they write their checkpoints) and starts no more: their places stay undefined. When
 * this process is killed, the system ends that stdin, and no child goes on alone.
 */
export async function runChildren(
  jobs: readonly (readonly string[])[], parallel: number, abort: AbortSignal, { onStart, onEnd }: ChildListener,
): Promise<(ChildResult | undefined)[]> {
  const results: (ChildResult | undefined)[] = jobs.map(() => undefined);
  let next = 0;
  async function work(): Promise<void> {
    while (next < jobs.length && !abort.aborted) {
      const index = next++;
      onStart?.(index);
      const result = await runChild(jobs[index]!, abort);
      results[index] = result;
      onEnd(index, result);
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, jobs.length) }, work));
  return results;
}

function runChild(words: readonly string[], abort: AbortSignal): Promise<ChildResult> {
  const [program, first] = ownCommand();
  return new Promise((resolve) => {
    const env = { ...process.env, [LED]: "1" };
    const child = spawn(program, [...first, ...words], { stdio: ["pipe", "pipe", "pipe"], env });
    const stop = () => void child.stdin.end();
    child.stdin.on("error", () => {});
    let output = "";
    let complaint = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => { output = (output + text).slice(-100_000); });
    child.stderr.setEncoding("utf8").on("data", (text: string) => { complaint = (complaint + text).slice(-10_000); });
    const end = (code: number | null, fault?: string) => {
      abort.removeEventListener("abort", stop);
      resolve({ code, lastLine: output.trimEnd().split("\n").at(-1) ?? "", complaint: (fault ?? complaint).trim() });
    };
    child.on("error", (error) => end(null, error.message));
    child.on("close", (code, signal) => end(code, signal ? `ended by ${signal}` : undefined));
    abort.addEventListener("abort", stop);
  });
}
