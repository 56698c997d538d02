import type { ChosenDevice } from "../devices/choose-device.js";
import type { LoadedProgram } from "../devices/device.js";
import { type Work } from "../devices/pace.js";
import type { VectorEnvironment } from "../envs/vector-environment.js";
import type { Policy } from "../policy/policy.js";
import type { EpisodeRecorder } from "../samplers/episodes.js";
import type { OffPolicyAlgorithm } from "./algorithm.js";
import type { OpenedEnvironment } from "./open-environment.js";
import { type RunPlan } from "./run-plan.js";
import type { DeviceChoice, RunState, TrainingRun } from "./training-run.js";
/** A run of a method that learns from replay: environment steps, and gradient steps between them. */
export declare class OffPolicyRun implements TrainingRun {
    #private;
    readonly plan: RunPlan;
    readonly algorithm: OffPolicyAlgorithm;
    readonly chosen: ChosenDevice;
    readonly environment: VectorEnvironment;
    readonly policy: Policy;
    readonly parts: {
        policy: (name: string) => boolean;
        critics: (name: string) => boolean;
        targets: (name: string) => boolean;
    };
    private constructor();
    /** Makes the environments, networks and replay rings, and loads every program of an iteration. */
    static create(plan: RunPlan, algorithm: OffPolicyAlgorithm, opened: OpenedEnvironment, choose: DeviceChoice): Promise<OffPolicyRun>;
    get episodes(): EpisodeRecorder;
    get programs(): readonly LoadedProgram[];
    iterate(iteration: number): Work<Record<string, number>>;
    publish(): void;
    state(): RunState;
    /** The rings stay in the host's memory: with the networks of the last iteration they are a state to go on from. */
    keep(): () => RunState;
    restore(saved: RunState): void;
    dispose(): void;
}
