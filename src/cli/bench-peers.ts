/** The other JavaScript libraries on the same items: processes of their own, from a folder that the user prepared. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { BregmanError } from "../error.ts";

export interface Peer {
  readonly name: string;
  /** What the suite calls it and its backend. */
  readonly library: string;
  readonly backend: string;
}

export const PEERS: readonly Peer[] = [
  { name: "tfjs", library: "tfjs", backend: "wasm" },
  { name: "jax-js", library: "jaxjs", backend: "wasm" },
];

/** A peer's report: figures by field, some of them one level down. */
export type PeerReport = Readonly<Record<string, unknown>>;

/** Throws `not-found` unless the folder holds the peers' suite and its packages, `invalid-option` outside of Node. */
export function checkPeersFolder(folder: string): void {
  if (process.versions.deno || process.versions.bun) {
    throw new BregmanError("invalid-option", "--peers: the peers' suite runs in Node; start bregman there, too");
  }
  for (const file of ["src/suite.js", "node_modules"]) {
    if (existsSync(join(folder, file))) continue;
    throw new BregmanError("not-found",
      `--peers ${folder}: there is no ${file}; expected the peers' suite, after npm install --ignore-scripts there`);
  }
}

/**
 * Runs a peer on the fields that are wanted. Its suite reads results back after each update and once per repeat, and
 * reports the better habit's median of five repeats of `budgetMs`. Throws `io-failure` with the peer's own words.
 */
export async function runPeer(
  peer: Peer, folder: string, fields: readonly string[], budgetMs: number,
): Promise<PeerReport> {
  const words = ["--input-type=module", "-e", script, peer.library, peer.backend, String(budgetMs), ...fields];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => { output += text; });
  child.stderr.setEncoding("utf8").on("data", (text: string) => { errors += text; });
  await new Promise((resolve) => child.on("close", resolve));
  try {
    return JSON.parse(output.trimEnd().split("\n").at(-1)!) as PeerReport;
  } catch {
    throw new BregmanError("io-failure", `${peer.name} gave no report: ${(errors || output).trim().slice(-300)}`);
  }
}

/** Runs in the peers' folder, whose own runner measures every item; here only the fields that are asked for. */
const script = `
  const [library, backend, budget, ...fields] = process.argv.slice(1);
  const print = console.log;
  console.log = console.warn = () => {};
  const all = ["ppo_b64_updates_s", "ppo_b2048_updates_s", "sac_b256_updates_s", "infer_b1", "infer_b64",
    "matmul64_gflops", "matmul256_gflops", "matmul1024_gflops"];
  const { suite } = await import("./src/suite.js");
  const peer = await import("./src/" + library + ".js");
  const wasmPaths = process.cwd() + "/node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/";
  const info = await peer.init(backend, { wasmPaths, threads: 1 });
  const skip = all.filter((field) => !fields.includes(field));
  const report = await suite(peer, info, { budget: Number(budget), skip });
  print(JSON.stringify(report));
  process.exit(0);
`;

/** The figure of a field such as "infer_b1.us"; undefined when the peer failed on it. */
export function figureOf(report: PeerReport, path: string): number | undefined {
  const value = path.split(".").reduce<unknown>((at, key) => (at as PeerReport | undefined)?.[key], report);
  return typeof value === "number" ? value : undefined;
}
