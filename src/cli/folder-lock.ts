/**
 * One process at a time writes into a folder: the file `lock` in it holds that process's number. A lock whose process
 * is gone (killed, or of a machine that was switched off) counts for nothing.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { BregmanError } from "../error.ts";

/** The file's name, and its content for this process: a folder can be made with its lock inside. */
export const LOCK = "lock";
export const ownLock = (): Uint8Array => new TextEncoder().encode(`${process.pid}\n`);

const POLL_MS = 50;

/**
 * Takes the lock of a folder that exists; waits up to `waitMs` for another process to leave.
 * Throws `io-failure` when that process stays, or when the folder cannot be written.
 */
export async function lockFolder(path: string, waitMs = 0): Promise<void> {
  const deadline = performance.now() + waitMs;
  while (!tryLock(path)) {
    if (performance.now() >= deadline) checkUnlocked(path);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Gives back a lock of this process; leaves that of another. Safe twice. */
export function unlockFolder(path: string): void {
  if (holderOf(path) === process.pid) rmSync(join(path, LOCK), { force: true });
}

/** Throws `io-failure` while another process writes into the folder. */
export function checkUnlocked(path: string): void {
  const holder = holderOf(path);
  if (holder === undefined || holder === process.pid || !isAlive(holder)) return;
  throw new BregmanError("io-failure",
    `${path} is in use: process ${holder} writes there. Wait until it ends, or stop it; ` +
    `if it is no bregman, remove ${join(path, LOCK)}`);
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(join(path, LOCK), ownLock(), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw new BregmanError("io-failure", `cannot write ${join(path, LOCK)}: ${(error as Error).message}`);
    }
  }
  const holder = holderOf(path);
  if (holder !== undefined && holder !== process.pid && isAlive(holder)) return false;
  rmSync(join(path, LOCK), { force: true });
  return tryLock(path);
}

function holderOf(path: string): number | undefined {
  try {
    const holder = Number(readFileSync(join(path, LOCK), "utf8"));
    return Number.isSafeInteger(holder) && holder > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Ended, but nobody has asked how (Linux): as may be in a container that nothing cleans up after. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}
