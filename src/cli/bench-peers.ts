/** The other JavaScript libraries on the same items: processes of their own, from a folder that the user prepared. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { BregmanError } from "../error.ts";

/** Another library on the same items. */
export interface Peer {
  readonly name: string;
  /** Peers of one kind are compared with together: the best of them counts. */
  readonly kind: "JavaScript" | "PyTorch" | "CleanRL";
  /** The fields that it can measure. */
  readonly fields: readonly string[];
  /** Measures the fields that are wanted. Throws `io-failure` with the peer's own words. */
  report(fields: readonly string[]): Promise<PeerReport>;
}

/** A peer's report: figures by field, some of them one level down. */
export type PeerReport = Readonly<Record<string, unknown>>;

/** The fields of the JavaScript suite. */
const suiteFields = ["ppo_b64_updates_s", "ppo_b2048_updates_s", "sac_b256_updates_s", "infer_b1", "infer_b64",
  "matmul64_gflops", "matmul256_gflops", "matmul1024_gflops"];

/** How long a peer measures one repeat. */
const budgetMs = 600;

/** The libraries of the suite in `folder`. */
export function javaScriptPeers(folder: string): Peer[] {
  checkPeersFolder(folder);
  const peer = (name: string, library: string): Peer => ({
    name, kind: "JavaScript", fields: suiteFields,
    report: (fields) => runPeer({ name, library }, folder, fields, budgetMs),
  });
  return [peer("tfjs", "tfjs"), peer("jax-js", "jaxjs")];
}

/** Throws `not-found` unless the folder holds the peers' suite and its packages, `invalid-option` outside of Node. */
function checkPeersFolder(folder: string): void {
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
 * reports the better habit's median of five repeats of `budget` ms. Throws `io-failure` with the peer's own words.
 */
export async function runPeer(
  peer: { readonly name: string; readonly library: string }, folder: string, fields: readonly string[], budget: number,
): Promise<PeerReport> {
  const skip = suiteFields.filter((field) => !fields.includes(field));
  const words = ["--input-type=module", "-e", script, peer.library, "wasm", String(budget), ...skip];
  const { output, errors } = await outputOf(process.execPath, words, { cwd: folder });
  try {
    return JSON.parse(output.trimEnd().split("\n").at(-1)!) as PeerReport;
  } catch {
    throw new BregmanError("io-failure", `${peer.name} gave no report: ${(errors || output).trim().slice(-300)}`);
  }
}

/** Runs in the peers' folder, whose own runner measures every item; here only the fields that are asked for. */
const script = `
  const [library, backend, budget, ...skip] = process.argv.slice(1);
  const print = console.log;
  console.log = console.warn = () => {};
  const { suite } = await import("./src/suite.js");
  const peer = await import("./src/" + library + ".js");
  const wasmPaths = process.cwd() + "/node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/";
  const info = await peer.init(backend, { wasmPaths, threads: 1 });
  const report = await suite(peer, info, { budget: Number(budget), skip });
  print(JSON.stringify(report));
  process.exit(0);
`;

/** What a process said until it ended; that it could not be started is an error it said. */
export async function outputOf(
  program: string, words: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv },
): Promise<{ output: string; errors: string }> {
  const child = spawn(program, words, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => { output += text; });
  child.stderr.setEncoding("utf8").on("data", (text: string) => { errors += text; });
  await new Promise((resolve) => child.on("close", resolve).on("error", (error) => resolve(errors += error.message)));
  return { output, errors };
}

/** The figure of a field such as "infer_b1.us"; undefined when the peer failed on it. */
export function figureOf(report: PeerReport, path: string): number | undefined {
  const value = path.split(".").reduce<unknown>((at, key) => (at as PeerReport | undefined)?.[key], report);
  return typeof value === "number" ? value : undefined;
}
