import { Crew } from "./crew.js";
import { type StartHelper } from "./start-helper.js";
/** How many threads share a large program, the caller's included; "auto": as many as pay, found by measuring. */
export type Threads = "auto" | number;
/** Throws `invalid-option` for anything but "auto" or 1 to 64. */
export declare function checkThreads(threads: unknown): void;
/** The crew for so many threads, if it takes one and workers can be started; and what came of it, in words. */
export declare function gatherThreads(threads: Threads, start?: StartHelper): Promise<{
    readonly crew: Crew | undefined;
    readonly description: string;
}>;
