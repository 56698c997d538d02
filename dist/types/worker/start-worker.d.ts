import { BregmanError } from "../error.js";
import type { Endpoint } from "./endpoint.js";
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
/** Throws `invalid-option` for what is none of these, `worker-unavailable` where no worker can be started. */
export declare function startWorker(source: WorkerSource): Started;
/** The error for a worker that did not come, with the ways out. */
export declare function unavailable(reason: string): BregmanError;
