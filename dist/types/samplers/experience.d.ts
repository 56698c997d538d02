import type { Agent } from "../agent/agent.js";
import { type RolloutColumns } from "../agent/programs.js";
import type { WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.js";
import type { VectorEnvironment } from "../envs/vector-environment.js";
import { EpisodeRecorder } from "./episodes.js";
import type { Replay } from "./replay.js";
import { RunningMoments } from "./running-moments.js";
export interface ExperienceOptions {
    /** Steps of all copies with uniformly random actions, before the policy acts. */
    readonly warmupSteps: number;
    /** Whether the policy explores, or acts with its most likely action. */
    readonly acting: "sample" | "mode";
    /** For how many steps state-dependent noise is held. */
    readonly holdSteps: number;
}
/** Steps N copies of an environment with the policy of the moment, and keeps what happens in a replay ring. */
export declare class Experience {
    #private;
    readonly episodes: EpisodeRecorder;
    readonly observationMoments: RunningMoments;
    /** Environment steps over all copies. */
    steps: number;
    stepsSinceRenewal: number;
    /** Whether observations go into the running moments. */
    observes: boolean;
    private constructor();
    static create(device: WasmDevice, agent: Agent, environment: VectorEnvironment, replay: Replay, options: ExperienceOptions, columns: RolloutColumns, bindings: Readonly<Record<string, WasmBuffer>>): Promise<Experience>;
    /** The noise that the next correlated actions are conditioned on. */
    get exploration(): WasmBuffer | undefined;
    /** Puts the environments' present observations into the rings: at the start, and where episodes began anew. */
    begin(): void;
    /** One step of every copy. */
    step(): void;
}
