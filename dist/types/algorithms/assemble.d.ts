import { type ChosenDevice } from "../devices/choose-device.js";
import type { LoadedWasmProgram, WasmBuffer } from "../devices/wasm/wasm-device.js";
import type { VectorEnvironment } from "../envs/vector-environment.js";
import { Policy } from "../policy/policy.js";
import { Rollout } from "../samplers/rollout.js";
import { type Agent } from "../agent/agent.js";
import type { Algorithm } from "./algorithm.js";
import type { Checkpoint } from "./checkpoint.js";
import { Learner } from "./learner.js";
import { type RunPlan } from "./run-plan.js";
import type { EnvironmentArgument, TrainerOptions } from "./trainer-options.js";
/** Vectors that every program shares, in the host's memory. */
export interface SharedBuffers {
    readonly policyParameters: WasmBuffer;
    /** The policy that acts and that the step is measured against. */
    readonly behaviourParameters: WasmBuffer;
    readonly valueParameters: WasmBuffer;
    readonly observationMean: WasmBuffer;
    readonly observationScale: WasmBuffer;
    readonly policyRandom: WasmBuffer;
}
/** A trainer's pieces. */
export interface Parts {
    readonly plan: RunPlan;
    readonly algorithm: Algorithm;
    readonly agent: Agent;
    readonly chosen: ChosenDevice;
    readonly environment: VectorEnvironment;
    readonly rollout: Rollout;
    readonly evaluation: LoadedWasmProgram;
    readonly learner: Learner;
    readonly policy: Policy;
    readonly buffers: SharedBuffers;
    readonly advantages: WasmBuffer;
    readonly returns: WasmBuffer;
}
/** Settles the plan, makes the environments and networks, and loads every program of an iteration. */
export declare function assemble(argument: EnvironmentArgument | undefined, options: TrainerOptions, saved: Checkpoint | undefined): Promise<Parts>;
