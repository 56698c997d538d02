import { absolute } from "../algorithms/module-reference.ts";
import { builtin } from "../devices/builtin.ts";
import { BregmanError, messageOf } from "../error.ts";
import type { Endpoint } from "./endpoint.ts";

/**
 * Where training runs: true for a worker from `worker.js` beside the module that was imported, the URL of a worker
 * script (of a page that forbids `blob:` workers, say), or a worker or port that somebody serves already.
 */
export type WorkerSource = true | string | URL | Endpoint;

/** A worker, and what ends it. One that the page made itself is left running. */
export interface Started {
  readonly endpoint: Endpoint;
  end(): void;
}

type Terminable = Endpoint & { terminate(): unknown };

/** Throws `invalid-option` for what is none of these, `worker-unavailable` where no worker can be started. */
export function startWorker(source: WorkerSource): Started {
  if (typeof source === "object" && "postMessage" in source) return { endpoint: source, end() {} };
  if (source !== true && typeof source !== "string" && !(source instanceof URL)) {
    throw new BregmanError("invalid-option",
      `worker: expected true, the URL of a worker script, a Worker or a MessagePort, got ${String(source)}`);
  }
  const url = source === true ? undefined : absolute(source);
  try {
    const endpoint = start(url);
    return { endpoint, end: () => void endpoint.terminate() };
  } catch (error) {
    throw unavailable(messageOf(error));
  }
}

/** The error for a worker that did not come, with the ways out. */
export function unavailable(reason: string): BregmanError {
  return new BregmanError("worker-unavailable",
    `no worker could be started: ${reason || "its script could not be loaded, or is not allowed"}. ` +
    "worker: true takes worker.js beside the imported module, by a blob: worker if that is of another origin; " +
    "else pass the URL of a worker.js of the page's own origin");
}

function start(given: URL | undefined): Terminable {
  const url = given ?? new URL(import.meta.url.replace(/[^/]*$/, "worker.js"));
  const address = JSON.stringify(url.href);
  const threads = builtin<NodeThreads>("node:worker_threads");
  if (threads) return new threads.Worker(new URL(`data:text/javascript,${encodeURIComponent(`import ${address}`)}`));
  // A page starts workers from its own origin only; those from elsewhere are imported by a script of its own.
  const isOwn = url.protocol === "blob:" || url.origin === globalThis.origin;
  if (!isOwn) return startFromBlob(`import(${address}).catch((e) => setTimeout(() => { throw e; }))`);
  // Bundlers look for exactly these words.
  return given ? new Worker(url, { type: "module" })
    : new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
}

/** A classic worker: in a sandboxed frame, browsers refuse module workers from `blob:`. */
function startFromBlob(script: string): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return worker;
}

/** What is used of `node:worker_threads`, which Deno has, too. */
interface NodeThreads {
  readonly Worker: new (url: URL) => Terminable;
}
