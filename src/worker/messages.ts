import type { PolicyFacts, PolicyWeights } from "../policy/policy.ts";
import type { RunPlan } from "../algorithms/run-plan.ts";
import type { Summary, UpdateRecord } from "../algorithms/trainer-options.ts";

// What passes between a page and the worker that trains for it. Each message says what it is in `bregman`, so that a
// worker can have other traffic, too; each call has a number, which its answers repeat.

/** What a page may ask for. */
export type Method = "create" | "update" | "advance" | "run" | "checkpoint" | "stateHash" | "dispose";

export type Question =
  /** Whether anybody serves there. */
  | { readonly bregman: "hello" }
  | { readonly bregman: "call"; readonly id: number; readonly method: Method; readonly input: unknown }
  /** Ends a `run` with the iteration that is under way. */
  | { readonly bregman: "stop" };

/** Where a run has got to. The weights come once an iteration, and are the receiver's. */
export interface Progress {
  readonly iteration: number;
  readonly seconds: number;
  readonly meanReturn: number | null;
  readonly weights?: PolicyWeights | undefined;
}

/** What does not change while a trainer lives. */
export interface Opening {
  readonly facts: PolicyFacts;
  readonly plan: RunPlan;
  readonly device: { readonly kind: "wasm" | "webgpu"; readonly description: string };
  readonly summary: Summary;
}

/** An error, as plain data. `code` is undefined for one that is not the kit's own. */
export interface CarriedError {
  readonly code: string | undefined;
  readonly name: string;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export type Answer =
  | { readonly bregman: "ready" }
  /** An iteration of a `run`. */
  | { readonly bregman: "record"; readonly id: number; readonly value: UpdateRecord; readonly progress: Progress }
  | { readonly bregman: "value"; readonly id: number; readonly value: unknown; readonly progress?: Progress | undefined }
  | { readonly bregman: "error"; readonly id: number; readonly value: CarriedError };

/** Whether a message is one of ours. */
export function isOurs(message: unknown): message is { readonly bregman: unknown } {
  return isObject(message) && typeof message.bregman === "string";
}

/** A message of a worker, or undefined where something in it is not as it should be. */
export function readAnswer(message: { readonly bregman: unknown }): Answer | undefined {
  const { bregman, id, value, progress } = message as Record<string, unknown>;
  if (bregman === "ready") return { bregman };
  if (!Number.isSafeInteger(id)) return undefined;
  const fine = bregman === "record" ? isRecord(value) && isProgress(progress)
    : bregman === "value" ? progress === undefined || isProgress(progress)
    : bregman === "error" && isCarriedError(value);
  return fine ? message as Answer : undefined;
}

/** What the value of an answer must be, by the method that was called. */
export const isAnswerTo: Readonly<Record<Method, (value: unknown) => boolean>> = {
  create: isOpening,
  update: isRecord,
  advance: (value) => value === undefined || isRecord(value),
  run: isNothing,
  checkpoint: (value) => value instanceof Uint8Array,
  stateHash: (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
  dispose: isNothing,
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isNothing(value: unknown): boolean {
  return value === undefined;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isMean(value: unknown): boolean {
  return value === null || typeof value === "number";
}

function isRecord(value: unknown): boolean {
  return isObject(value) && isCount(value.step) && isCount(value.iteration) && isCount(value.episodes) &&
    isMean(value.meanReturn) && isMean(value.meanLength) && typeof value.stepsPerSecond === "number" &&
    isObject(value.losses) && Object.values(value.losses).every((loss) => typeof loss === "number");
}

function isProgress(value: unknown): boolean {
  return isObject(value) && isCount(value.iteration) && typeof value.seconds === "number" &&
    isMean(value.meanReturn) && (value.weights === undefined || isObject(value.weights));
}

function isOpening(value: unknown): boolean {
  return isObject(value) && isObject(value.facts) && isObject(value.facts.spec) &&
    isObject(value.plan) && isCount(value.plan.steps) && isCount(value.plan.envs) &&
    isObject(value.plan.hyperparameters) && isObject(value.device) && isObject(value.summary);
}

function isCarriedError(value: unknown): boolean {
  return isObject(value) && typeof value.message === "string" && typeof value.name === "string" &&
    (value.code === undefined || typeof value.code === "string") && isObject(value.facts);
}
