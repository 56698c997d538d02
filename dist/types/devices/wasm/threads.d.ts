import { Crew } from "./crew.js";
import { type StartHelper } from "./start-helper.js";
/** How many threads share a large program, the caller's included; "auto": as many as pay, found by measuring. */
export type Threads = "auto" | number;
/** Throws `invalid-option` for anything but "auto" or 1 to 64. */
export declare function checkThreads(threads: unknown): void;
/** The threads of a device: its crew, if there is one, and what came of the wish, in words. */
export interface Gathered {
    readonly crew: Crew | undefined;
    readonly description: string;
}
/**
 * Gathers so many threads, if workers can be started. A number of them is there when the promise resolves; with "auto"
 * nobody waits for them: they take part when they come.
 */
export declare function gatherThreads(threads: Threads, start?: StartHelper): Promise<Gathered>;
/** One thread, and why it is not more. */
export declare function alone(reason?: string): Gathered;
