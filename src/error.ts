/** The stable codes of every error that bregman throws on purpose. */
export type BregmanErrorCode =
  | "unknown-environment"
  | "unknown-algorithm"
  | "unknown-option"
  | "invalid-option"
  | "invalid-shape"
  | "invalid-dtype"
  | "invalid-space"
  | "invalid-action"
  | "invalid-observation"
  | "invalid-reward"
  | "invalid-environment"
  | "invalid-model"
  | "simulation-diverged"
  | "invalid-state"
  | "checkpoint-corrupt"
  | "checkpoint-mismatch"
  | "not-differentiable"
  | "numerical-failure"
  | "webgpu-unavailable"
  | "device-lost"
  | "wasm-unavailable"
  | "worker-unavailable"
  | "worker-lost"
  | "out-of-memory"
  | "missing-dependency"
  | "unsupported"
  | "not-found"
  | "io-failure"
  | "aborted"
  | "disposed"
  | "internal";

/**
 * An error with a stable `code`. The message names the field, what was given and what is accepted.
 * Further facts (the policy and checkpoint of an aborted run, the index of a bad value) travel as properties.
 */
export class BregmanError extends Error {
  override readonly name = "BregmanError";
  readonly code: BregmanErrorCode;

  constructor(code: BregmanErrorCode, message: string, facts: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    Object.assign(this, facts);
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Throws an `internal` error: a broken promise of ours, not of the caller. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) {
    throw new BregmanError("internal", `internal: ${message}. This is a fault in bregman; please report it.`);
  }
}

/** The accepted names closest to a misspelt one, for error messages. Distance: Levenshtein, case ignored. */
export function nearest(name: string, accepted: readonly string[], count = 3): string[] {
  const wanted = name.toLowerCase();
  return [...accepted]
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** The error of a name that does not exist, `where` it was given. */
export function unknownName(
  code: BregmanErrorCode, where: string, name: unknown, accepted: readonly string[],
): BregmanError {
  return new BregmanError(code,
    `${where}: "${String(name)}" is unknown; did you mean ${nearest(String(name), accepted).join(", ")}?`);
}

/** Levenshtein's: insertions, deletions and substitutions. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length]!;
}
