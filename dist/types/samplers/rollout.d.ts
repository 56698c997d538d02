import type { Agent } from "../agent/agent.js";
import { type RolloutColumns } from "../agent/programs.js";
import { type Work } from "../devices/pace.js";
import type { WasmBuffer, WasmDevice } from "../devices/wasm/wasm-device.js";
import type { VectorEnvironment } from "../envs/vector-environment.js";
import { EpisodeRecorder } from "./episodes.js";
import { RunningMoments } from "./running-moments.js";
export interface RolloutOptions {
    readonly horizon: number;
    readonly discount: number;
    readonly normalizeRewards: boolean;
    /** For how many steps state-dependent noise is held. */
    readonly holdSteps: number;
    readonly truncationTerminates: boolean;
}
/**
 * Collects T steps in N copies with the behaviour policy, into arrays of the module's memory, time-major [T, N, ...].
 * What the policy sees and does is stored as it was; rewards are scaled at the end of the rollout, observations are
 * normalized inside programs.
 */
export declare class Rollout {
    #private;
    readonly buffers: {
        readonly observations: WasmBuffer;
        readonly action: WasmBuffer;
        readonly exploration: WasmBuffer | undefined;
        readonly actionMask: WasmBuffer | undefined;
        readonly rewards: WasmBuffer;
        readonly nextValues: WasmBuffer;
        /** Of a second reward channel, where critics have one. */
        readonly secondRewards: WasmBuffer | undefined;
        readonly nextSecondValues: WasmBuffer | undefined;
    };
    /** u8 [T, N]. */
    readonly terminatedAddress: number;
    readonly truncatedAddress: number;
    readonly episodes: EpisodeRecorder;
    readonly observationMoments: RunningMoments;
    readonly rewardMoments: RunningMoments;
    /** The discounted return so far, per copy: what rewards are scaled by. */
    readonly runningReturns: Float64Array<ArrayBuffer>;
    stepsSinceRenewal: number;
    private constructor();
    static create(device: WasmDevice, agent: Agent, environment: VectorEnvironment, options: RolloutOptions, columns: RolloutColumns, bindings: Readonly<Record<string, WasmBuffer>>): Promise<Rollout>;
    /** The noise that the next correlated actions are conditioned on. */
    get exploration(): WasmBuffer | undefined;
    /** Collects one rollout; pauses now and then. Results do not depend on the pauses. */
    collect(): Work;
    /**
     * V of what each step led to, given V of what it started from: the next row's, the value of the final observation
     * where the episode was cut, and of the environments' present observations after the last row. The same for a second
     * channel's.
     */
    bootstrap(values: Float32Array, secondValues?: Float32Array): void;
    /**
     * Where agents waited: overwrites their rows, in the observations and in the columns of an update, by copies of rows
     * that were lived, spread evenly. Means over the batch are then means over what was lived.
     */
    replaceWaiting(columns: readonly WasmBuffer[]): void;
    /** Takes this rollout's observations into the running normalizer: from the next iteration on. */
    updateNormalizer(): Work;
}
