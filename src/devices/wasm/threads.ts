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

/** The threads of a device: its crew, if there is one, and what came of the wish, in words. */
export interface Gathered {
  readonly crew: Crew | undefined;
  readonly description: string;
}

/**
 * Gathers so many threads, if workers can be started. A number of them is there when the promise resolves; with "auto"
 * nobody waits for them: they take part when they come.
 */
export async function gatherThreads(threads: Threads, start?: StartHelper): Promise<Gathered> {
  checkThreads(threads);
  const count = threads === "auto" ? Math.min(mostAutomatic, hardwareThreads()) : threads;
  if (count === 1) return alone();
  const missing = whatIsMissing();
  if (missing) return alone(missing);
  try {
    const crew = await Crew.gather(count - 1, start);
    if (threads === "auto") return arriving(crew, count);
    await crew.assemble();
    return { crew, description: describe(`${count} threads`) };
  } catch (error) {
    return alone(noWorker(messageOf(error)));
  }
}

/** One thread, and why it is not more. */
export function alone(reason?: string): Gathered {
  return { crew: undefined, description: describe(reason === undefined ? "one thread" : `one thread (${reason})`) };
}

function arriving(crew: Crew, count: number): Gathered {
  return {
    crew,
    get description() {
      const { failure } = crew;
      return failure === undefined ? describe(`up to ${count} threads`) : alone(noWorker(failure)).description;
    },
  };
}

function noWorker(reason: string): string {
  return `no worker could be started: ${reason}`;
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
