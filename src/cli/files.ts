/**
 * Files that are whole or not there: written under another name, brought to the disk, then renamed. Whoever reads the
 * file, also after a crash or a power cut, sees the old content or the new one.
 */
import * as nodeFs from "node:fs";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { BregmanError } from "../error.ts";

/** The part of node:fs that writes; tests hand in one that fails at the n-th call. */
export type FileSystem = Pick<typeof nodeFs,
  "openSync" | "writeFileSync" | "fsyncSync" | "closeSync" | "renameSync" | "rmSync" | "mkdirSync">;

const UNFINISHED = ".unfinished";

/** Replaces a file's content by `content`, wholly or not at all. Throws `io-failure`; the old content is then kept. */
export function replaceFile(path: string, content: Uint8Array | string, fs: FileSystem = nodeFs): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}${UNFINISHED}`);
  try {
    writeToDisk(temporary, content, fs);
    fs.renameSync(temporary, path);
  } catch (error) {
    ignoreErrors(() => fs.rmSync(temporary, { force: true }));
    throw ioFailure(`cannot write ${path}`, error);
  }
  syncFolder(dirname(path), fs);
}

/**
 * Makes a folder with files inside that appears at once, with all of them, under a name that must be free (an empty
 * folder of that name is taken over). Throws `io-failure`; nothing has then appeared.
 */
export function createFolder(path: string, files: Readonly<Record<string, Uint8Array>>, fs: FileSystem = nodeFs): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}${UNFINISHED}`);
  try {
    fs.mkdirSync(dirname(path), { recursive: true });
    fs.rmSync(temporary, { recursive: true, force: true });
    fs.mkdirSync(temporary);
    for (const [name, content] of Object.entries(files)) writeToDisk(join(temporary, name), content, fs);
    syncFolder(temporary, fs);
    fs.renameSync(temporary, path);
  } catch (error) {
    ignoreErrors(() => fs.rmSync(temporary, { recursive: true, force: true }));
    throw ioFailure(`cannot create the folder ${path}`, error);
  }
  syncFolder(dirname(path), fs);
}

/** Makes a folder and those above it, where they are missing. Throws `io-failure`. */
export function makeFolder(path: string): void {
  attempt(`cannot create the folder ${path}`, () => nodeFs.mkdirSync(path, { recursive: true }));
}

function writeToDisk(path: string, content: Uint8Array | string, fs: FileSystem): void {
  const file = fs.openSync(path, "w");
  try {
    fs.writeFileSync(file, content);
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** Makes a rename last through a power cut. Not every system can open a folder (Windows cannot): best effort. */
function syncFolder(path: string, fs: FileSystem): void {
  ignoreErrors(() => {
    const folder = fs.openSync(path, "r");
    try {
      fs.fsyncSync(folder);
    } finally {
      fs.closeSync(folder);
    }
  });
}

/** Removes what a killed process left unfinished in a folder. */
export function removeUnfinished(folder: string): void {
  for (const name of nodeFs.readdirSync(folder)) {
    if (name.startsWith(".") && name.endsWith(UNFINISHED)) ignoreErrors(() => nodeFs.rmSync(join(folder, name)));
  }
}

/** Reads a file. Throws `not-found` or `io-failure`, naming it. */
export function readFile(path: string): Uint8Array {
  try {
    return nodeFs.readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") throw new BregmanError("not-found", `${path} does not exist`);
    throw ioFailure(`cannot read ${path}`, error);
  }
}

/** The policy that a path names: the file itself, or that of a run's folder. */
export function policyFile(path: string): string {
  const isFolder = nodeFs.statSync(path, { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? join(path, "policy.safetensors") : path;
}

/** The last `most` bytes of a file, as text. */
export function readEnd(path: string, most: number): string {
  return attempt(`cannot read ${path}`, () => {
    const file = nodeFs.openSync(path, "r");
    try {
      const { size } = nodeFs.fstatSync(file);
      const bytes = Buffer.alloc(Math.min(size, most));
      const read = nodeFs.readSync(file, bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString("utf8", 0, read);
    } finally {
      nodeFs.closeSync(file);
    }
  });
}

/** A file that grows at its end; what is appended is kept back and written in portions. */
export interface AppendedFile {
  append(content: Uint8Array | string): void;
  /** Hands everything to the operating system; with `toDisk` also to the disk. */
  flush(toDisk?: boolean): void;
  close(): void;
}

/** Opens a file for appending, first cut to its first `keep` bytes. */
export function openAppended(path: string, keep: number): AppendedFile {
  const file = attempt(`cannot open ${path}`, () => nodeFs.openSync(path, "a"));
  let waiting: (Uint8Array | string)[] = [];
  attempt(`cannot cut ${path}`, () => nodeFs.ftruncateSync(file, keep));
  function flush(toDisk = false): void {
    const portion = Buffer.concat(waiting.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
    waiting = [];
    attempt(`cannot write ${path}`, () => {
      if (portion.length > 0) nodeFs.writeFileSync(file, portion);
      if (toDisk) nodeFs.fsyncSync(file);
    });
  }
  return {
    append: (content) => void waiting.push(content),
    flush,
    close: () => {
      flush();
      nodeFs.closeSync(file);
    },
  };
}

function attempt<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw ioFailure(what, error);
  }
}

function ignoreErrors(action: () => void): void {
  try {
    action();
  } catch {
    // best effort
  }
}

function ioFailure(what: string, error: unknown): BregmanError {
  return new BregmanError("io-failure", `${what}: ${error instanceof Error ? error.message : String(error)}`);
}
