/** Builds the command line beside a small library and runs it as a process, as a user would. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { inlineAssets } from "../../build.mjs";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when stdout has shown the text. */
  shows(text: string): Promise<void>;
  /** Stops reading stdout, as `| head` does. */
  closeStdout(): void;
}

export interface CommandLine {
  /** An empty folder of this test file. */
  readonly folder: string;
  start(words: readonly string[], env?: Record<string, string>): Running;
  run(words: readonly string[], env?: Record<string, string>): Promise<Ended>;
  remove(): void;
}

/** The command line beside a small library, or beside the real one: "src/index.ts". */
export async function buildCommandLine(library = "test/cli/fake-library.ts"): Promise<CommandLine> {
  const folder = mkdtempSync(join(tmpdir(), "bregman-cli-"));
  const options = {
    bundle: true, format: "esm", platform: "node", target: "node20", logLevel: "warning",
  } as const;
  const libraryStaysOutside = {
    name: "library-stays-outside",
    setup({ onResolve }: import("esbuild").PluginBuild) {
      onResolve({ filter: /^\.\.\/(index|tensor)\.ts$/ }, ({ path }) =>
        ({ path: `./${path.slice(3, -3)}.mjs`, external: true }));
    },
  };
  const plugins = [libraryStaysOutside, inlineAssets("dist")];
  const bundle = (entry: string, file: string) =>
    build({ ...options, entryPoints: [entry], outfile: join(folder, file), plugins });
  await bundle("src/cli/main.ts", "cli.mjs");
  await bundle(library, "index.mjs");
  const start = (words: readonly string[], env: Record<string, string> = {}) =>
    startProcess([join(folder, "cli.mjs"), ...words], folder, env);
  return {
    folder,
    start,
    run: (words, env) => start(words, env).ended,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function startProcess(words: readonly string[], cwd: string, env: Record<string, string>): Running {
  const environment = { ...process.env, ...env };
  const child = spawn(process.execPath, words, { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  const listeners = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => { stderr += text; });
  return {
    pid: child.pid!,
    ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr }))),
    kill: (signal) => void child.kill(signal),
    shows: (text) => new Promise((resolve) => {
      const check = () => void (stdout.includes(text) && resolve());
      listeners.add(check);
      check();
    }),
    closeStdout: () => void child.stdout.destroy(),
  };
}
