import { type Agent, type AgentSpec } from "../agent/agent.js";
import { type SpaceValue } from "../envs/spaces.js";
import { type Action } from "./actions.js";
export type { Action };
export interface ActOptions {
    /** The most likely action (default), or a sample from the policy's own random stream. */
    readonly deterministic?: boolean;
    /** One byte per choice, 1 = allowed, for discrete actions. */
    readonly actionMask?: ArrayLike<number> | undefined;
    /** Receives the action of a box or multi-* space instead of a fresh array. */
    readonly out?: Float32Array | Int32Array;
}
/** What a policy is, apart from its parameters. */
export interface PolicyFacts {
    readonly spec: AgentSpec;
    /** Names of the environment and algorithm it was trained with, where they have one. */
    readonly environment: string | undefined;
    readonly algorithm: string;
    readonly seed: number;
}
/** Act-time parameters: the flat policy vector and the observation normalizer. */
export interface PolicyWeights {
    readonly parameters: Float32Array;
    readonly observationMean: Float32Array;
    readonly observationScale: Float32Array;
}
/**
 * A policy that acts. It owns a small WASM instance of its own, made when it first acts, and stays usable after the
 * trainer it came from is disposed.
 */
export declare class Policy {
    #private;
    readonly facts: PolicyFacts;
    readonly agent: Agent;
    constructor(module: WebAssembly.Module, facts: PolicyFacts, weights: PolicyWeights, agent?: Agent);
    /**
     * The action for one raw observation (normalizers are inside the policy), inside the action space: a number for
     * discrete, a fresh Float32Array for box, an Int32Array for multi-discrete and multi-binary.
     * Throws `invalid-observation` for an observation of another shape or with numbers that are not finite.
     */
    act(observation: SpaceValue, options?: ActOptions): Action;
    /**
     * Actions for `n` observations: an array of n raw observations, or for box spaces one flat array of n rows. Returns
     * one flat array of n rows: Float32Array for box, else Int32Array.
     */
    actBatch(observations: ArrayLike<number> | readonly SpaceValue[], n: number, options?: ActOptions): Float32Array | Int32Array;
    /** `actBatch` on observations as a vector environment holds them (see `VectorEnvironment.observations`). */
    actRaw(observations: Float32Array | Int32Array, n: number, options?: ActOptions): Float32Array | Int32Array;
    /**
     * SHA-256 over the act-time parameters in the order of `save()`, each as little-endian float32; -0 counts as 0.
     * Throws `numerical-failure` when a parameter is NaN.
     */
    parametersHash(): string;
    /** A safetensors file with everything that `load()` needs. */
    save(): Uint8Array<ArrayBuffer>;
    /** Takes over new parameters: a trainer's live policy does so after each iteration. */
    update(weights: PolicyWeights): void;
    get weights(): PolicyWeights;
    /** Lets go of the instance's memory. Safe twice; acting afterwards throws `disposed`. */
    dispose(): void;
}
