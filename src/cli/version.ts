/** Which bregman this is. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);

/** The version in package.json, which lies one folder above the command line. */
export function version(): string {
  try {
    const file = readFileSync(new URL("package.json", root), "utf8");
    return String((JSON.parse(file) as { version?: unknown }).version);
  } catch {
    return "unknown";
  }
}

/** The commit of the checkout, with a + when files were changed; undefined for an installed package. */
export function commit(): string | undefined {
  const git = (...words: string[]) =>
    spawnSync("git", words, { cwd: fileURLToPath(root), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  if (git("ls-files", "--error-unmatch", "package.json").status !== 0) return undefined;
  const head = git("rev-parse", "--short", "HEAD");
  const changed = git("status", "--porcelain", "--untracked-files=no").stdout !== "";
  return head.stdout.trim() + (changed ? "+" : "");
}
