/** The stable codes of every error that bregman throws on purpose. */
export type BregmanErrorCode = "unknown-environment" | "unknown-algorithm" | "unknown-option" | "invalid-option" | "invalid-shape" | "invalid-dtype" | "invalid-space" | "invalid-action" | "invalid-observation" | "invalid-reward" | "invalid-environment" | "invalid-model" | "simulation-diverged" | "invalid-state" | "checkpoint-corrupt" | "checkpoint-mismatch" | "not-differentiable" | "numerical-failure" | "webgpu-unavailable" | "device-lost" | "wasm-unavailable" | "worker-unavailable" | "worker-lost" | "out-of-memory" | "missing-dependency" | "unsupported" | "not-found" | "io-failure" | "aborted" | "disposed" | "internal";
/**
 * An error with a stable `code`. The message names the field, what was given and what is accepted.
 * Further facts (the policy and checkpoint of an aborted run, the index of a bad value) travel as properties.
 */
export declare class BregmanError extends Error {
    readonly name = "BregmanError";
    readonly code: BregmanErrorCode;
    constructor(code: BregmanErrorCode, message: string, facts?: Record<string, unknown>);
}
/** The message of anything that was thrown. */
export declare function messageOf(thrown: unknown): string;
/** Throws an `internal` error: a broken promise of ours, not of the caller. */
export declare function invariant(condition: unknown, message: string): asserts condition;
/** The accepted names closest to a misspelt one, for error messages. Distance: Levenshtein, case ignored. */
export declare function nearest(name: string, accepted: readonly string[], count?: number): string[];
/** The error of a name that does not exist, `where` it was given. */
export declare function unknownName(code: BregmanErrorCode, where: string, name: unknown, accepted: readonly string[]): BregmanError;
/** Levenshtein's: insertions, deletions and substitutions. */
export declare function editDistance(a: string, b: string): number;
