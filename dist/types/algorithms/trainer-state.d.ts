import type { Parts } from "./assemble.js";
import type { Checkpoint } from "./checkpoint.js";
export declare function snapshotParts(parts: Parts, iteration: number, seconds: number): Checkpoint;
/** Puts everything back. Throws `checkpoint-mismatch` when an array is missing or has another size. */
export declare function restoreParts(parts: Parts, saved: Checkpoint): void;
