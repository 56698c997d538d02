import { BregmanError, messageOf } from "../../error.ts";
import { Crew } from "./crew.ts";
import { hardwareThreads, type StartHelper } from "./start-helper.ts";

/** How many threads share a large program, the caller's included; "auto": as many as pay, found by measuring. */
export type Threads = "auto" | number;

/** More of them share a matmul of some hundred rows badly. */
const mostAutomatic = 8;
const most = 64;

/** Throws `invalid-option` for anything but "auto" or 1 to 64. */
export function checkThreads(threads: unknown): void {
  if (threads === undefined || threads === "auto") return;
  if (Number.isInteger(threads) && (threads as number) >= 1 && (threads as number) <= most) return;
  throw new BregmanError("invalid-option",
    `threads: expected "auto" or a whole number from 1 to ${most}, got ${JSON.stringify(threads) ?? String(threads)}`);
}

/** The crew for so many threads, if it takes one and workers can be started; and what came of it, in words. */
export async function gatherThreads(
  threads: Threads, start?: StartHelper,
): Promise<{ readonly crew: Crew | undefined; readonly description: string }> {
  checkThreads(threads);
  const count = threads === "auto" ? Math.min(mostAutomatic, hardwareThreads()) : threads;
  if (count === 1) return { crew: undefined, description: describe("one thread") };
  const missing = whatIsMissing();
  if (missing) return { crew: undefined, description: describe(`one thread (${missing})`) };
  try {
    const crew = await Crew.gather(count - 1, start);
    return { crew, description: describe(threads === "auto" ? `up to ${count} threads` : `${count} threads`) };
  } catch (error) {
    return { crew: undefined, description: describe(`one thread (no worker could be started: ${messageOf(error)})`) };
  }
}

/** Why workers cannot share memory here. */
function whatIsMissing(): string | undefined {
  if (globalThis.crossOriginIsolated === false) {
    return "shared memory needs a page with the headers Cross-Origin-Opener-Policy: same-origin and " +
      "Cross-Origin-Embedder-Policy: require-corp";
  }
  return typeof SharedArrayBuffer === "undefined" ? "there is no shared memory here" : undefined;
}

function describe(threads: string): string {
  return `WebAssembly SIMD, ${threads}`;
}
