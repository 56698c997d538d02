import { type Agent } from "../agent/agent.js";
import type { ChosenDevice } from "../devices/choose-device.js";
import type { Work } from "../devices/pace.js";
import type { LoadedWasmProgram, WasmBuffer } from "../devices/wasm/wasm-device.js";
import type { VectorEnvironment } from "../envs/vector-environment.js";
import type { Policy } from "../policy/policy.js";
import type { EpisodeRecorder } from "../samplers/episodes.js";
import { Rollout } from "../samplers/rollout.js";
import type { OnPolicyAlgorithm } from "./algorithm.js";
import { Learner, type BatchBuffers } from "./learner.js";
import type { OpenedEnvironment } from "./open-environment.js";
import { type RunPlan } from "./run-plan.js";
import type { DeviceChoice, RunState, TrainingRun } from "./training-run.js";
/** Vectors that every program shares, in the host's memory. */
interface SharedBuffers {
    readonly policyParameters: WasmBuffer;
    /** The policy that acts and that the step is measured against. */
    readonly behaviourParameters: WasmBuffer;
    readonly valueParameters: WasmBuffer;
    readonly observationMean: WasmBuffer;
    readonly observationScale: WasmBuffer;
    readonly policyRandom: WasmBuffer;
}
/** What the run is made of. */
export interface OnPolicyPieces {
    readonly plan: RunPlan;
    readonly algorithm: OnPolicyAlgorithm;
    readonly agent: Agent;
    readonly chosen: ChosenDevice;
    readonly environment: VectorEnvironment;
    readonly rollout: Rollout;
    readonly evaluation: LoadedWasmProgram;
    readonly learner: Learner;
    readonly policy: Policy;
    readonly buffers: SharedBuffers;
    /** The columns of a finished rollout that the update reads. */
    readonly batch: BatchBuffers;
}
/** A run of a method that learns from rollouts: collect one, estimate advantages, take the solver's steps. */
export declare class OnPolicyRun implements TrainingRun {
    #private;
    readonly plan: RunPlan;
    readonly algorithm: OnPolicyAlgorithm;
    readonly chosen: ChosenDevice;
    readonly environment: VectorEnvironment;
    readonly policy: Policy;
    readonly parts: {
        policy: (name: string) => boolean;
        critics: (name: string) => boolean;
    };
    readonly pieces: OnPolicyPieces;
    private constructor();
    /** Makes the environments and networks, and loads every program of an iteration. */
    static create(plan: RunPlan, algorithm: OnPolicyAlgorithm, opened: OpenedEnvironment, choose: DeviceChoice): Promise<OnPolicyRun>;
    get episodes(): EpisodeRecorder;
    get programs(): Learner["programs"];
    iterate(iteration: number): Work<Record<string, number>>;
    publish(iteration: number): void;
    state(): RunState;
    keep(): () => RunState;
    restore(saved: RunState): void;
    dispose(): void;
}
export {};
