/** PyTorch on the same items, one thread of the CPU: a process of its own, by bench/webgpu_peers.py of the checkout. */
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { BregmanError } from "../error.ts";
import { outputOf, type Peer, type PeerReport } from "./bench-peers.ts";

/** What the script calls the items, by the fields of the JavaScript suite. */
const items: Readonly<Record<string, string>> = {
  ppo_b64_updates_s: "ppo-update-64", ppo_b2048_updates_s: "ppo-update-2048", sac_b256_updates_s: "sac-update-256",
  infer_b1: "act-1", infer_b64: "act-64",
  matmul64_gflops: "matmul-64", matmul256_gflops: "matmul-256", matmul1024_gflops: "matmul-1024",
};

/** The losses before the first and after the last of the script's checked updates, as the kit's items have them. */
const knownLosses: Readonly<Record<string, readonly number[]>> = {
  "ppo-update-64": [0.10303, -0.06961], "ppo-update-2048": [0.08667, -0.00568], "sac-update-256": [13.2774, 2.27415],
};

/** A line of the script's output. */
interface Line {
  readonly item: string;
  readonly losses?: readonly number[];
  readonly rate?: number;
  readonly waiting?: number;
  readonly gflops?: number;
  readonly us?: number;
  readonly failed?: string;
}

/** One thread, and memory that stays with the process: what the system takes back is paid for at each update anew. */
export function torchEnvironment(): NodeJS.ProcessEnv {
  const kept = String(2 ** 30);
  return {
    OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1",
    MALLOC_MMAP_THRESHOLD_: kept, MALLOC_TRIM_THRESHOLD_: kept, ...process.env,
  };
}

/** Throws `not-found` when the script is not there: it is part of the checkout, not of the package. */
export function torchPeer(python: string, folder = new URL("../bench/", import.meta.url)): Peer {
  const script = fileURLToPath(new URL("webgpu_peers.py", folder));
  if (!existsSync(script)) {
    throw new BregmanError("not-found", `--torch: there is no ${script}; run the bench in a checkout of the kit`);
  }
  const report = (fields: readonly string[]) => runTorch(python, script, fields);
  return { name: "torch", kind: "PyTorch", fields: Object.keys(items), report };
}

async function runTorch(python: string, script: string, fields: readonly string[]): Promise<PeerReport> {
  const names = fields.map((field) => items[field]!);
  const words = [script, "--device", "cpu", "--ways", "torch eager", "--seconds", "0.6", "--items", names.join(",")];
  const { output, errors } = await outputOf(python, words, { env: torchEnvironment() });
  const lines = output.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Line);
  const figures = fields.flatMap((field, i): [string, PeerReport | number][] => {
    const line = lines.find(({ item, rate }) => item === names[i] && rate !== undefined);
    if (!line) return [];
    checkLosses(line);
    return [[field, line.us ? { us: line.us } : line.gflops ?? Math.max(line.rate!, line.waiting ?? 0)]];
  });
  if (figures.length > 0) return Object.fromEntries(figures);
  const said = lines.find(({ failed }) => failed)?.failed ?? (errors || output).trim().slice(-300);
  throw new BregmanError("io-failure", `torch gave no report: ${said}`);
}

/** Throws `numerical-failure` for a peer that computes something else. */
function checkLosses({ item, losses }: Line): void {
  const known = knownLosses[item];
  if (!known || (losses && known.every((loss, i) => Math.abs(loss - losses[i]!) < 1e-3))) return;
  throw new BregmanError("numerical-failure",
    `torch, ${item}: the losses are ${losses?.join(", ") ?? "missing"}, expected ${known.join(", ")}`);
}
