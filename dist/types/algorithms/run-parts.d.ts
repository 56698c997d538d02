import type { Agent } from "../agent/agent.js";
import type { WasmBuffer } from "../devices/wasm/wasm-device.js";
import type { VectorEnvironment } from "../envs/vector-environment.js";
import { Policy } from "../policy/policy.js";
import type { RunningMoments } from "../samplers/running-moments.js";
import type { OpenedEnvironment } from "./open-environment.js";
import type { RunPlan } from "./run-plan.js";
import type { RunState, TakeArray } from "./training-run.js";
/** Draws of the initialization stream: which network is filled. */
export declare const draws: {
    readonly policy: 0;
    readonly value: 1;
    readonly oldPolicy: 2;
    readonly critics: 3;
    readonly median: 4;
};
/** Entries of an action mask; 0 where the environment gives none. */
export declare function maskSizeOf({ actionMasks, actionSpace }: VectorEnvironment): number;
/** The live policy, before anything is published into it. */
export declare function livePolicy(agent: Agent, { builtin, name }: OpenedEnvironment, plan: RunPlan): Promise<Policy>;
/** Hands parameters and normalizer to the live policy, and the normalizer to the programs. */
export declare function publishPolicy(policy: Policy, parameters: WasmBuffer, moments: RunningMoments, buffers: {
    readonly observationMean: WasmBuffer;
    readonly observationScale: WasmBuffer;
}): void;
/** Reads the arrays of a saved state. */
export declare function taker({ arrays }: RunState): TakeArray;
