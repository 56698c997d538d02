import { type Agent } from "../agent/agent.js";
import { ActingPolicy, type ActingViews, type ActOptions } from "./acting-policy.js";
import type { Action } from "./actions.js";
import { ProgramActor } from "./actor.js";
import type { PolicyFacts } from "./policy-facts.js";
export type { Action, ActOptions, PolicyFacts };
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
export declare class Policy extends ActingPolicy {
    #private;
    readonly agent: Agent;
    constructor(module: WebAssembly.Module, facts: PolicyFacts, weights: PolicyWeights, agent?: Agent);
    protected action(views: ActingViews, out: Float32Array | Int32Array | undefined): Action;
    protected finish(action: Float32Array | Int32Array, rows: number, width: number, out: Float32Array | Int32Array): void;
    protected makeActor(): ProgramActor;
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
}
