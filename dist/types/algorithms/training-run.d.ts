import type { ChosenDevice } from "../devices/choose-device.js";
import type { LoadedProgram } from "../devices/device.js";
import type { Work } from "../devices/pace.js";
import type { VectorEnvironment } from "../envs/vector-environment.js";
import type { TensorValues } from "../io/safetensors.js";
import type { Policy } from "../policy/policy.js";
import type { EpisodeRecorder } from "../samplers/episodes.js";
import type { Algorithm } from "./algorithm.js";
import type { Checkpoint } from "./checkpoint.js";
import type { RunPlan } from "./run-plan.js";
/** What a run's future depends on, beside its plan, between two iterations. */
export type RunState = Pick<Checkpoint, "arrays" | "counters">;
/** Chooses the device of a run by the multiply-adds of its gradient step. */
export type DeviceChoice = (multiplyAddsPerStep: number) => Promise<ChosenDevice>;
/** The working parts of a training run: what the trainer drives, one iteration at a time. */
export interface TrainingRun {
    readonly plan: RunPlan;
    readonly algorithm: Algorithm;
    readonly chosen: ChosenDevice;
    readonly environment: VectorEnvironment;
    readonly policy: Policy;
    readonly episodes: EpisodeRecorder;
    /** The update programs. */
    readonly programs: readonly LoadedProgram[];
    /** Arrays of the state by what they belong to: "policy", "critics", "targets". */
    readonly parts: Readonly<Record<string, (name: string) => boolean>>;
    /**
     * One iteration; returns the means of its metrics. It pauses after pieces of work, to wait for a promise or not, and
     * is told then how many milliseconds the piece took.
     */
    iterate(iteration: number): Work<Record<string, number>>;
    /** The parameters, after `iteration` iterations, act from now on: in the next iteration and in the live policy. */
    publish(iteration: number): void;
    state(): RunState;
    /** With a GPU, which may be lost: gives what can still be saved then. Called after each iteration. */
    keep(): () => RunState;
    /** Puts a state back. Throws `checkpoint-mismatch` when an array is missing or has another size. */
    restore(saved: RunState): void;
    dispose(): void;
}
/** Reads arrays of a checkpoint. Throws `checkpoint-mismatch` for one that is missing or has another size. */
export type TakeArray = (name: string, size?: number) => TensorValues;
