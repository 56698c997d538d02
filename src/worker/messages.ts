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
  | { readonly bregman: "value"; readonly id: number; readonly value: unknown; readonly progress?: Progress }
  | { readonly bregman: "error"; readonly id: number; readonly value: CarriedError };

/** Whether a message is one of ours. */
export function isOurs(message: unknown): message is { readonly bregman: unknown } {
  return fits(message, { bregman: "string" });
}

/** A message of a worker, or undefined where something in it is not as it should be. */
export function readAnswer(message: object): Answer | undefined {
  const { bregman, value, progress } = message as Record<string, unknown>;
  const fine = bregman === "ready" || (fits(message, { id: "number" }) && (
    bregman === "record" ? isRecord(value) && isProgress(progress)
      : bregman === "value" ? progress === undefined || isProgress(progress)
      : bregman === "error" && fits(value, { code: "string undefined", name: "string", message: "string" })));
  return fine ? message as Answer : undefined;
}

/** What the value of an answer must be, by the method that was called. */
export function isAnswerTo(method: Method, value: unknown): boolean {
  if (method === "create") return isOpening(value);
  if (method === "update") return isRecord(value);
  if (method === "advance") return value === undefined || isRecord(value);
  if (method === "checkpoint") return value instanceof Uint8Array;
  return typeof value === (method === "stateHash" ? "string" : "undefined");
}

function isRecord(value: unknown): boolean {
  return fits(value, {
    step: "number", iteration: "number", episodes: "number", meanReturn: "number null", meanLength: "number null",
    stepsPerSecond: "number", losses: "object",
  });
}

function isProgress(value: unknown): boolean {
  return fits(value, {
    iteration: "number", seconds: "number", meanReturn: "number null", weights: "object undefined",
  });
}

function isOpening(value: unknown): boolean {
  return fits(value, { facts: "object", plan: "object", device: "object", summary: "object" }) &&
    fits((value as Opening).plan, { steps: "number", envs: "number", hyperparameters: "object" });
}

/** Whether a value is an object with properties of these types; a number has to be finite. */
function fits(value: unknown, shape: Readonly<Record<string, string>>): boolean {
  return typeOf(value) === "object" &&
    Object.entries(shape).every(([name, types]) => types.split(" ").includes(typeOf((value as never)[name])));
}

function typeOf(value: unknown): string {
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) return String(value);
  return typeof value;
}
