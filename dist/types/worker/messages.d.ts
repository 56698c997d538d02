import type { PolicyFacts, PolicyWeights } from "../policy/policy.js";
import type { RunPlan } from "../algorithms/run-plan.js";
import type { Summary, UpdateRecord } from "../algorithms/trainer-options.js";
/** What a page may ask for. */
export type Method = "create" | "update" | "advance" | "run" | "checkpoint" | "stateHash" | "dispose";
export type Question = 
/** Whether anybody serves there. */
{
    readonly bregman: "hello";
} | {
    readonly bregman: "call";
    readonly id: number;
    readonly method: Method;
    readonly input: unknown;
}
/** Ends a `run` with the iteration that is under way. */
 | {
    readonly bregman: "stop";
};
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
    readonly device: {
        readonly kind: "wasm" | "webgpu";
        readonly description: string;
    };
    readonly summary: Summary;
}
/** An error, as plain data. `code` is undefined for one that is not the kit's own. */
export interface CarriedError {
    readonly code: string | undefined;
    readonly name: string;
    readonly message: string;
    readonly facts: Readonly<Record<string, unknown>>;
}
export type Answer = {
    readonly bregman: "ready";
}
/** An iteration of a `run`. */
 | {
    readonly bregman: "record";
    readonly id: number;
    readonly value: UpdateRecord;
    readonly progress: Progress;
} | {
    readonly bregman: "value";
    readonly id: number;
    readonly value: unknown;
    readonly progress?: Progress;
} | {
    readonly bregman: "error";
    readonly id: number;
    readonly value: CarriedError;
};
/** Whether a message is one of ours. */
export declare function isOurs(message: unknown): message is {
    readonly bregman: unknown;
};
/** A message of a worker, or undefined where something in it is not as it should be. */
export declare function readAnswer(message: object): Answer | undefined;
/** What the value of an answer must be, by the method that was called. */
export declare function isAnswerTo(method: Method, value: unknown): boolean;
