/** What stands beside every figure that was measured: where, with what, and by which bregman. */
import { arch, availableParallelism, cpus, loadavg, platform } from "node:os";
import process from "node:process";
import { commit, version } from "./version.ts";

export interface Machine {
  readonly machine: string;
  readonly runtime: string;
  readonly version: string;
  readonly commit: string | undefined;
  /** Average number of processes that wanted a core during the minute before. */
  readonly load: number;
}

export function machineFacts(): Machine {
  const { deno, bun, node } = process.versions;
  const runtime = deno ? `Deno ${deno}` : bun ? `Bun ${bun}` : `Node ${node}`;
  return {
    machine: `${cpus()[0]?.model.trim() ?? "unknown"}, ${availableParallelism()} cores, ${platform()} ${arch()}`,
    runtime, version: version(), commit: commit(), load: Number(loadavg()[0]!.toFixed(2)),
  };
}
